using Course.Checks;

namespace Course.Grading;

/// <summary>The grade of a submission.</summary>
/// <param name="Exercises">Its exercises.</param>
public sealed record Grade(IReadOnlyList<GradedExercise> Exercises)
{
    /// <summary>The points reached; null where an exercise could not be graded.</summary>
    public int? Points => Exercises.Aggregate<GradedExercise, int?>(0, (sum, e) => sum + e.Points);

    /// <summary>The points that could be reached.</summary>
    public int MaximumPoints => Exercises.Sum(e => e.MaximumPoints);
}

/// <summary>The grade of one exercise: all its points for a correct answer, none for any other, and no grade where there is none.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="MaximumPoints">What it is worth.</param>
/// <param name="Verdict">What came of it.</param>
public sealed record GradedExercise(string Id, string Title, int MaximumPoints, Verdict Verdict)
{
    /// <summary>The points reached; null where it could not be graded.</summary>
    public int? Points => Verdict.Outcome.Rule().Points(MaximumPoints);
}
