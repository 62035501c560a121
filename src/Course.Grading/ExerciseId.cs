using System.Text.RegularExpressions;

namespace Course.Grading;

/// <summary>Ids of exercises as people write them.</summary>
public static partial class ExerciseId
{
    /// <summary>
    /// The id with two digits for the chapter: <c>4.2</c>, <c>4,2</c> and <c>04.02</c> are <c>04.2</c>. What looks otherwise stays as it
    /// is.
    /// </summary>
    public static string Of(string given) => Written().Match(given.Trim()) is { Success: true } id
        ? $"{int.Parse(id.Groups["chapter"].Value):00}.{int.Parse(id.Groups["number"].Value)}"
        : given.Trim();

    /// <summary>
    /// A chapter's number with two digits, as its files begin: <c>2</c> and <c>02-gibbs-inequality</c> are <c>02</c>. What looks otherwise
    /// stays as it is.
    /// </summary>
    public static string ChapterOf(string given) => Chapter().Match(given.Trim()) is { Success: true } chapter
        ? $"{int.Parse(chapter.Groups["chapter"].Value):00}"
        : given.Trim();

    /// <summary>Says that there is no such exercise, which was probably meant, and which there are.</summary>
    /// <param name="given">The id as it was written.</param>
    /// <param name="known">The ids there are, in order.</param>
    public static string Unknown(string given, IReadOnlyList<string> known)
    {
        string id = Of(given);
        string[][] chapters = [.. known.GroupBy(k => k.Split('.')[0]).Select(chapter => chapter.ToArray())];
        string[]? own = chapters.FirstOrDefault(c => id.StartsWith($"{c[0].Split('.')[0]}.", StringComparison.Ordinal));
        if (own is not null)
            return $"there is no exercise '{given}'. Its chapter has {Range(own)}";
        string others = Nearest.To(id, known) is [_] ? "" : $". There are: {string.Join(", ", chapters.Select(Range))}";
        return $"there is no exercise '{given}'{Nearest.Question(id, known)}{others}";
    }

    private static string Range(string[] ids) => ids.Length == 1 ? ids[0] : $"{ids[0]} to {ids[^1]}";

    [GeneratedRegex(@"\A(?<chapter>[0-9]{1,2})(-.*)?\z")]
    private static partial Regex Chapter();

    [GeneratedRegex(@"\A(?<chapter>[0-9]{1,2})[.,](?<number>[0-9]{1,2})\z")]
    private static partial Regex Written();
}
