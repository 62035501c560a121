using Course.Checks;
using Course.Grading.Classroom;

namespace Course.Grading.Results;

/// <summary>The grades of a class, and by what they came.</summary>
/// <param name="Receipt">By what the class was graded.</param>
/// <param name="Sheets">What was graded, in the course's order.</param>
/// <param name="Students">The students, in order of their ids.</param>
public sealed record ClassResult(Receipt Receipt, IReadOnlyList<ExerciseSheet> Sheets, IReadOnlyList<StudentResult> Students)
{
    /// <summary>The exercises of the sheets, in order.</summary>
    public IEnumerable<SheetExercise> Exercises => Sheets.SelectMany(sheet => sheet.Exercises);
}

/// <summary>The grade of a student.</summary>
/// <param name="Student">The student's id.</param>
/// <param name="Seed">What the student's hidden inputs were drawn from.</param>
/// <param name="Notebooks">The notebooks that were handed in.</param>
/// <param name="Exercises">Every exercise of the assignment.</param>
/// <param name="Problems">What was handed in and could not be graded, or graded without doubt.</param>
public sealed record StudentResult(
    string Student, long Seed, IReadOnlyList<NotebookReceipt> Notebooks, IReadOnlyList<ExerciseResult> Exercises,
    IReadOnlyList<string> Problems)
{
    /// <summary>The points reached, adjustments included; null as long as an exercise has none.</summary>
    public decimal? Points => Exercises.Total();

    /// <summary>The points that could be reached.</summary>
    public int MaximumPoints => Exercises.Sum(e => e.MaximumPoints);

    /// <summary>Whether someone has to look: something could not be read or graded, and no adjustment says that it is settled.</summary>
    public bool NeedsALook => LooksNeeded.Any();

    /// <summary>What someone has to look at, in words.</summary>
    public IEnumerable<string> LooksNeeded => [.. Problems, .. Unsettled];

    /// <summary>The exercises that someone has to look at, since no adjustment settles them, and why.</summary>
    public IEnumerable<string> Unsettled =>
    [
        .. Exercises.Where(e => e.NeedsALook).GroupBy(e => (e.Verdict.OutcomeText, e.Verdict.Message), e => e.Id)
            .Select(g => $"{string.Join(", ", g)} {g.Key.OutcomeText}: {g.Key.Message}"),
    ];
}

/// <summary>The result of one exercise.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="MaximumPoints">What it is worth.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Adjustment">The instructor's points in place of the computed ones, or null.</param>
public sealed record ExerciseResult(string Id, string Title, int MaximumPoints, Verdict Verdict, Adjustment? Adjustment)
{
    /// <summary>The points that grading computed; null where it could not.</summary>
    public int? ComputedPoints => Verdict.Outcome.Rule().Points(MaximumPoints);

    /// <summary>The points that count; null where there are none yet.</summary>
    public decimal? Points => Adjustment?.Points ?? ComputedPoints;

    /// <summary>Whether someone has to look at it.</summary>
    internal bool NeedsALook => Adjustment is null && Verdict.Outcome.Rule().NeedsALook;
}

/// <summary>Sums of points.</summary>
public static class Totals
{
    /// <summary>The points of some exercises; null as long as one of them has none.</summary>
    public static decimal? Total(this IEnumerable<ExerciseResult> exercises) =>
        exercises.Aggregate<ExerciseResult, decimal?>(0, (sum, e) => sum + e.Points);

    /// <summary>Points as results show them; a dash where there are none yet.</summary>
    public static string Shown(this decimal? points) => points is { } some ? $"{some:0.##}" : "–";
}

/// <summary>A notebook that counted.</summary>
/// <param name="File">Its name, relative to the folder of submissions.</param>
/// <param name="Sha256">The hash of the file, or null where it could not be read.</param>
/// <param name="Answers">The chapter whose exercises it answers, or null.</param>
/// <param name="Grade">What identifies its grade, or null where it was not graded.</param>
public sealed record NotebookReceipt(string File, string? Sha256, string? Answers, string? Grade);
