using Course.Grading.Classroom;

namespace Course.Grading.Results;

/// <summary>
/// <c>grades.csv</c>: a gradebook, a row for each student, a column for each exercise. What was not graded is empty, and so is the
/// total then.
/// </summary>
public sealed class CsvGradebook : IResultFormat
{
    /// <inheritdoc/>
    public IEnumerable<ResultFile> Write(ClassResult result) =>
    [
        new("grades.csv", string.Concat(result.Students.Select(Row).Prepend(
            [
                "student", "points", "maximum", .. result.Exercises.Select(e => e.Id), "needs a look",
            ]).Select(fields => string.Join(',', fields.Select(Csv.Field)) + "\r\n"))),
    ];

    private static string[] Row(StudentResult student) =>
    [
        student.Student,
        $"{student.Points:0.##}",
        $"{student.MaximumPoints}",
        .. student.Exercises.Select(e => $"{e.Points:0.##}"),
        string.Join("; ", student.LooksNeeded),
    ];
}
