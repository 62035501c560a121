using System.Text.RegularExpressions;

namespace Course.Grading;

/// <summary>Ids of exercises as people write them.</summary>
public static partial class ExerciseId
{
    /// <summary>The id with two digits for the chapter: <c>4.2</c> and <c>04.02</c> are <c>04.2</c>. What looks otherwise stays as it is.</summary>
    public static string Of(string given) => Written().Match(given.Trim()) is { Success: true } id
        ? $"{int.Parse(id.Groups["chapter"].Value):00}.{int.Parse(id.Groups["number"].Value)}"
        : given.Trim();

    [GeneratedRegex(@"\A(?<chapter>[0-9]{1,2})\.(?<number>[0-9]{1,2})\z")]
    private static partial Regex Written();
}
