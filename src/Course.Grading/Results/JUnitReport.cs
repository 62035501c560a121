using System.Xml.Linq;
using Course.Checks;

namespace Course.Grading.Results;

/// <summary>
/// <c>grades.xml</c>: the grades as a report in JUnit's form, which build servers show: a suite for each student, a case for each exercise.
/// </summary>
public sealed class JUnitReport : IResultFormat
{
    /// <inheritdoc/>
    public IEnumerable<ResultFile> Write(ClassResult result)
    {
        var root = new XElement("testsuites", new XAttribute("name", "grades"), result.Students.Select(Suite));
        return [new("grades.xml", $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString().ReplaceLineEndings("\n")}\n")];
    }

    private static XElement Suite(StudentResult student) => new(
        "testsuite",
        new XAttribute("name", PlainText.Of(student.Student)),
        new XAttribute("tests", student.Exercises.Count),
        new XAttribute("failures", Count(student, OutcomeKind.Wrong)),
        new XAttribute("errors", Count(student, OutcomeKind.Undecided)),
        new XAttribute("skipped", Count(student, OutcomeKind.Open)),
        student.Exercises.Select(e => Case(student, e)),
        student.Problems.Count == 0 ? null : new XElement("system-err", PlainText.Of(string.Join('\n', student.Problems))));

    private static XElement Case(StudentResult student, ExerciseResult exercise) => new(
        "testcase",
        new XAttribute("classname", PlainText.Of(student.Student)),
        new XAttribute("name", PlainText.Of($"{exercise.Id} {exercise.Title}")),
        exercise.Verdict.Outcome.Rule().Kind switch
        {
            OutcomeKind.Right => null,
            OutcomeKind.Open => Said("skipped", exercise),
            OutcomeKind.Undecided => Said("error", exercise),
            _ => Said("failure", exercise),
        },
        exercise.Adjustment is { } adjustment
            ? new XElement("system-out", PlainText.Of($"{adjustment.Points:0.##} points by adjustment: {adjustment.Reason}"))
            : null);

    private static XElement Said(string what, ExerciseResult exercise) => new(
        what,
        exercise.Verdict.Mistake is { } mistake ? new XAttribute("type", PlainText.Of(mistake)) : null,
        new XAttribute("message", PlainText.Of(exercise.Verdict.Message)));

    private static int Count(StudentResult student, OutcomeKind kind) =>
        student.Exercises.Count(e => e.Verdict.Outcome.Rule().Kind == kind);
}
