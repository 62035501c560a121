using System.Reflection;
using System.Text.RegularExpressions;
using Course.Grading;
using Course.Notebooks;

namespace Course.Exercises.Tests;

/// <summary>What a statement says is what its check holds an answer to.</summary>
public sealed partial class StatementTests
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    private static readonly SheetExercise[] All =
        [.. CourseFolder.NotebooksIn(Course.Solutions).SelectMany(path => ExerciseSheet.Read(path).Exercises)];

    private static readonly (string Type, string Member)[] Library =
    [
        .. from type in typeof(RelativeEntropy.Divergence).Assembly.GetExportedTypes()
           from member in type.GetMembers(BindingFlags.Public | BindingFlags.Static)
           select (type.Name, member.Name),
    ];

    public static TheoryData<string> Ids => [.. All.Select(e => e.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_precision_in_the_statement_is_the_one_of_the_check(string id)
    {
        string statement = Statement(id);
        Assert.Equal(
            Checks.Exercises.Find(id).Stated?.Words is { } words ? [words] : [],
            Precise().Matches(statement).Select(m => m.Value));
        Assert.DoesNotMatch(Imprecise(), Precise().Replace(statement, ""));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_the_statement_says_of_the_library_is_what_the_check_forbids(string id)
    {
        string[] sentences =
            [.. Sentence().Matches(Statement(id)).Select(m => m.Value)
                .Where(s => s.Contains("library", StringComparison.OrdinalIgnoreCase))];
        Predicate<(string Type, string Member)> forbidden = sentences switch
        {
            [] => _ => false,
            [var one] when one.Contains("not the library", StringComparison.Ordinal) => _ => true,
            [var one] when Excepted().Match(one) is { Success: true } except => m =>
                m.Type == except.Groups["type"].Value && m.Member.StartsWith(except.Groups["member"].Value, StringComparison.Ordinal),
            [var one] when one.Contains("library may be used, but not its gradients", StringComparison.Ordinal) =>
                m => m.Member.Contains("Gradient", StringComparison.Ordinal),
            [var one] when one.Contains("library may be used", StringComparison.Ordinal) => _ => false,
            _ => throw new InvalidOperationException($"{id} says of the library what no check is known for: {string.Join(' ', sentences)}"),
        };
        Assert.DoesNotContain(Library, m => forbidden(m) != Checks.Exercises.Find(id).Forbids(m.Type, m.Member));
        Assert.Equal(Library.Any(m => forbidden(m)), All.Single(e => e.Id == id).Demands.Any(d => d.Name == Verification.NotTheLibrary));
    }

    private static string Statement(string id) => All.Single(e => e.Id == id).Statement;

    [GeneratedRegex(@"right to (?:\w+ significant digits or \w+ decimal places|\w+ (?:decimal places|significant digits)|(?:a relative )?\$10\^\{-\d+\}\$)")]
    private static partial Regex Precise();

    [GeneratedRegex(@"\bright to\b|decimal place|significant|correct digit|\w+ digits\b(?<!than \S+ digits)|accura|precis")]
    private static partial Regex Imprecise();

    [GeneratedRegex(@"[^\n]*?(?:[.?](?=\s)|\n|\z)")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"library may be used, but not `(?<type>\w+)\.(?<member>\w+)`")]
    private static partial Regex Excepted();
}
