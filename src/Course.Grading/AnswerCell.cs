using System.Text.RegularExpressions;
using Course.Notebooks;

namespace Course.Grading;

/// <summary>The cells that exercises are made of, known by plain comments that survive every editor.</summary>
internal static partial class AnswerCell
{
    /// <summary>What an answer cell begins with, before the exercise's id.</summary>
    public const string Marker = "// exercise ";

    /// <summary>The exercise that a cell answers, or null.</summary>
    public static string? IdOf(Cell cell) =>
        cell is CodeCell && FirstLine().Match(cell.Source) is { Success: true } line ? line.Groups["id"].Value : null;

    /// <summary>Whether a cell is the line that checks an answer.</summary>
    public static bool IsCheck(Cell cell) =>
        cell is CodeCell && cell.Source.TrimStart().StartsWith("Check.Exercise(", StringComparison.Ordinal);

    /// <summary>Whether a cell speaks to the notebook's host: <c>#!import</c>, <c>#!check</c>.</summary>
    public static bool IsDirective(Cell cell) => cell is CodeCell && cell.Source.TrimStart().StartsWith("#!", StringComparison.Ordinal);

    /// <summary>Whether a cell holds a solution.</summary>
    public static bool HasSolution(CodeCell cell) => Begin().IsMatch(cell.Source);

    /// <summary>The code with each solution replaced by its stub.</summary>
    /// <exception cref="FormatException">There is no solution in it, or one without an end.</exception>
    public static string Stub(string code)
    {
        int solutions = Region().Count(code);
        if (solutions == 0 || solutions != Begin().Count(code))
        {
            throw new FormatException(
                "'// begin solution (stub: ...)' and '// end solution' must stand in pairs, each on a line of its own");
        }
        return Region().Replace(code, m => $"{m.Groups["indent"].Value}{m.Groups["stub"].Value}  // replace this line by your answer\n");
    }

    /// <summary>
    /// Whether an answer is what learners are given: then no process is needed to see that nothing was attempted. Only a solution's cell
    /// says what was given.
    /// </summary>
    public static bool IsStub(string answer, CodeCell solution) =>
        HasSolution(solution) && Lines(answer).SequenceEqual(Lines(Stub(solution.Source)), StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string code) => code.Trim().Split('\n').Select(line => line.TrimEnd());

    /// <summary>The code without the markers around solutions.</summary>
    public static string Solution(string code) => Region().Replace(code, m => m.Groups["solution"].Value);

    [GeneratedRegex(@"\A\s*//\s*exercise\s+(?<id>\d\d\.\d+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FirstLine();

    [GeneratedRegex(@"^[ \t]*// begin solution", RegexOptions.Multiline)]
    private static partial Regex Begin();

    [GeneratedRegex(
        @"^(?<indent>[ \t]*)// begin solution \(stub: (?<stub>[^\n]+)\)[ \t]*\n(?<solution>.*?)^[ \t]*// end solution[ \t]*(?:\n|\z)",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
