using System.Collections.Concurrent;
using System.Runtime.InteropServices;

[assembly: AssemblyFixture(typeof(RelativeEntropy.Tests.AccuracyPage))]

namespace RelativeEntropy.Tests;

/// <summary>
/// docs/accuracy.md. A run of all tests writes it where the environment variable ACCURACY_PAGE names the file; any other run compares each
/// assessment with its row.
/// </summary>
public sealed class AccuracyPage : IDisposable
{
    private const string ListOfMissed = "## Where the goal is not met";
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Classes whose functions are sums over outcomes.</summary>
    private static readonly string[] Discrete =
        ["Divergence", "Entropy", "Inequalities", "Information", "MarkovChain", "Measures", "Proportions", "Terms"];

    private static readonly string? Destination = Environment.GetEnvironmentVariable("ACCURACY_PAGE");
    private static readonly ConcurrentBag<Assessment> Taken = [];
    private static readonly Lazy<string> Page = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "accuracy.md")).ReplaceLineEndings("\n"));

    private static bool IsBeingWritten => Destination is not null;

    /// <summary>The rows of the committed page.</summary>
    public static AccuracyRow[] Rows =>
        [.. Page.Value.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => new AccuracyRow(line.Trim('|').Split('|', StringSplitOptions.TrimEntries)))];

    /// <summary>What the committed page lists as not meeting the goal: function and table.</summary>
    public static string[] Missed =>
        [.. Page.Value[Page.Value.IndexOf(ListOfMissed, StringComparison.Ordinal)..].Split('\n').Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..line.IndexOf(':', StringComparison.Ordinal)])];

    /// <summary>What the committed page says is not in a table.</summary>
    public static bool Names(string function) => Page.Value.Contains($"`{function}`", StringComparison.Ordinal);

    /// <summary>Records an assessment, or compares it with the committed page.</summary>
    public static void Take(Assessment assessment)
    {
        AccuracyRow row = RowOf(assessment);
        if (IsBeingWritten)
            Taken.Add(assessment);
        else
            Assert.True(Rows.Any(row.SaysTheSame), $"docs/accuracy.md has no row that begins {string.Join(" | ", row.Cells[..5])}: write the page anew, as its head says.");
    }

    public void Dispose()
    {
        if (Destination is null)
            return;
        string[] unseen = [.. ReferenceTable.Names.Except(Taken.Select(a => a.Table))];
        if (unseen.Length > 0)
            throw new InvalidOperationException($"ACCURACY_PAGE needs a run of all tests in which every bound holds; not seen: {string.Join(", ", unseen)}.");
        File.WriteAllText(Destination, Text([.. Taken.OrderBy(a => a.Function, StringComparer.Ordinal).ThenBy(a => a.Table, StringComparer.Ordinal)]).ReplaceLineEndings("\n"));
    }

    private static string Text(Assessment[] all)
    {
        AccuracyRow[] rows = [.. all.Select(RowOf)];
        var classes = rows.GroupBy(row => row.Class).ToLookup(group => Library.IsInternal(group.Key));
        string[] others = [.. Library.PublicFunctions.Except(all.Select(a => a.Function))];
        return $"""
            # Accuracy

            Every function of the library against its true values: what it may err, and how much it was seen to err. This page is
            written by the tests; do not edit it. After a change, write it anew from the root of the repository:

                ACCURACY_PAGE=$PWD/docs/accuracy.md dotnet test --project tests/RelativeEntropy.Tests --filter-not-class '*AccuracyPageTests'

            A test fails where a row's cases or bound are not those in force. Measured on {Platform()}; the elementary functions are
            the library's own and have the same bits elsewhere, only the order of a sum changes with the width of the vectors. The bounds hold everywhere.

            ## How to read it

            - **The truth** is computed with mpmath to at least 50 digits from the exact doubles that the function is given, by the scripts in
              [tests/reference](../tests/reference/README.md). Each row is one function on one table of such cases.
            - **Cases** counts the inputs of the table, **hard** those of them at which a straightforward formula fails: nearly equal arguments (they differ by a
              relative 1e-6, 1e-10 or by one unit in the last place), extreme ones (1e-300, 1e300), and the edges of what is allowed.
            - **Bound** is what the test asks. A *relative* error is the error divided by the true value. An *ulp*, a unit in the last place, is the distance from the
              true value to the next double: half an ulp is the best that a double can do, and an ulp is between 1.1e-16 and 2.2e-16 of the value.
            - *Of the scale* means that the error is divided by a scale which the table gives. It is the size of the true value, or larger where
              the problem itself magnifies an error in its input: where the answer is a small difference of large terms (an
              element of a gradient that crosses zero), or near a pole. For matrices eps is 2^-52, and the scale contains the condition number k of the
              covariances: a relative error of k eps in the value is what the rounding of the input alone makes of it.
            - **Worst** is the largest error seen, in the unit of the bound. **Relative** and **ulp** are the largest errors of the true values themselves,
              whatever the scale, true zeros left out. **In** names the case of the worst error, counted from 0, and whether it is a hard one.

            Functions on floats compute in float64 what the same doubles give, bit for bit; only what is stored as float is rounded. A
            test of each class says so.

            ## The goal

            | what | goal |
            |---|---|
            | sums over outcomes: {string.Join(", ", Discrete.Select(name => $"`{name}`"))} | 4 ulp |
            | functions of matrices | c eps k with c stated: the bounds in eps k below |
            | everything else, nearly equal arguments included | 1e-13 relative |

            {ListOfMissed}

            {Listed([.. all.Where(a => Misses(RowOf(a)))])}

            {string.Join("\n", classes[false].Select(group => Section($"## {group.Key}", [.. group])))}
            ## Building blocks

            Internal functions that the others rest on.

            {string.Join("\n", classes[true].Select(group => Section($"### {group.Key}", [.. group])))}
            ## Functions without a table

            {string.Join('\n', others.Select(function => $"- `{function}`: {Otherwise(function)}"))}

            """;
    }

    private static string Section(string title, AccuracyRow[] rows) =>
        $"""
        {title}

        | function | table | cases | hard | bound | worst | relative | ulp | in |
        |---|---|---:|---:|---|---:|---:|---:|---|
        {string.Join('\n', rows.Select(row => $"| {string.Join(" | ", row.Cells)} |"))}

        """;

    private static string Listed(Assessment[] missed) => missed.Length == 0
        ? "It is met everywhere."
        : string.Join('\n', missed.Select(a => $"- {RowOf(a).Key}: {(a.Unit.IsOfScale
            ? $"{a.WorstRelative:g2} relative, {a.WorstUlp:g2} ulp of a true value much smaller than its scale; of the scale {InUnit(a):g2}, within the bound of {BoundOf(a)}."
            : $"{a.WorstUlp:g2} ulp, a power, a logarithm or a search beyond the sum itself; {a.WorstRelative:g2} relative, within the bound of {BoundOf(a)}.")}"));

    /// <summary>Whether a row shows an error beyond the goal of its class.</summary>
    public static bool Misses(AccuracyRow row) =>
        !row.Bound.EndsWith("eps k", StringComparison.Ordinal) && (Discrete.Contains(row.Class) ? row.Ulp > 4 : row.Relative > 1e-13);

    private static string Otherwise(string function) =>
        function.EndsWith("Rows", StringComparison.Ordinal) ? "each row has the bits of the function of one row; laws say so."
        : function.EndsWith("Matrix", StringComparison.Ordinal) ? "each element has the bits of the function of two rows; laws say so."
        : function.EndsWith("WorkLength", StringComparison.Ordinal) ? "a count of elements."
        : function.Contains(".Random", StringComparison.Ordinal) || function == "Drift.Bootstrap"
            ? "drawn at random; tests say of what kind, and that the seed decides it."
        : throw new InvalidOperationException($"{function} has no table: write it one, in the script of its group in tests/reference.");

    private static AccuracyRow RowOf(Assessment a) => new(
        [$"`{a.Function}`", $"`{a.Table}`", $"{a.Cases}", $"{a.HardCases}", BoundOf(a), $"{InUnit(a):g2}", $"{a.WorstRelative:g2}", $"{a.WorstUlp:g2}",
            a.Where is (int index, bool hard) ? $"{(hard ? "hard" : "plain")}, {index}" : "none"]);

    private static string BoundOf(Assessment a) => IsInEpsilons(a) ? $"{a.Bound / Epsilon} eps k" : $"{a.Bound:g3} {a.Unit.Name}";

    private static double InUnit(Assessment a) => IsInEpsilons(a) ? a.Worst / Epsilon : a.Worst;

    /// <summary>Bounds of functions of matrices are whole multiples of eps.</summary>
    private static bool IsInEpsilons(Assessment a) => a.Unit == ErrorUnit.OfScale && a.Bound / Epsilon is <= 4096 and double n && n == Math.Round(n);

    private static string Platform() =>
        $"{(OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsMacOS() ? "macOS" : OperatingSystem.IsWindows() ? "Windows" : "another system")} "
        + $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} with .NET {Environment.Version}";
}

/// <summary>A row of the page: function, table, cases, hard cases, bound, and what was measured.</summary>
public sealed record AccuracyRow(string[] Cells)
{
    public string Function => Cells[0].Trim('`');
    public string Class => Function.Split('.')[0];
    public string Table => Cells[1].Trim('`');
    public int Cases => int.Parse(Cells[2]);
    public int HardCases => int.Parse(Cells[3]);
    public string Bound => Cells[4];
    public double Relative => double.Parse(Cells[6]);
    public double Ulp => double.Parse(Cells[7]);

    /// <summary>What tells it from all others.</summary>
    public string Key => $"{Cells[0]}, {Cells[1]}";

    /// <summary>The same in all that does not depend on the platform.</summary>
    public bool SaysTheSame(AccuracyRow other) => Cells.Take(5).SequenceEqual(other.Cells.Take(5));
}
