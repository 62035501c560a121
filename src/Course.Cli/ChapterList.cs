using Course.Grading;

namespace Course.Cli;

/// <summary>
/// Chapters as a person lists them: <c>2</c>, <c>02,03</c>, <c>2 3</c>. An option that takes several also takes what follows it,
/// so what is no number there, after the first, is an argument of the command.
/// </summary>
/// <param name="Chapters">The chapters' numbers, two digits each.</param>
/// <param name="Others">What is no chapter.</param>
internal sealed record ChapterList(IReadOnlyList<string> Chapters, IReadOnlyList<string> Others)
{
    /// <summary>Reads the values of the option.</summary>
    public static ChapterList Of(IReadOnlyList<string> values) => new(
        [
            .. values.Where((value, i) => i == 0 || IsList(value))
                .SelectMany(value => value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).DefaultIfEmpty(""))
                .Select(ExerciseId.ChapterOf),
        ],
        [.. values.Skip(1).Where(value => !IsList(value))]);

    private static bool IsList(string value) => value.All(c => char.IsAsciiDigit(c) || c is ',' or ' ');
}
