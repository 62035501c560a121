using Course.Checks;
using Course.Notebooks;

namespace Course.Grading.Tests;

public sealed class LearnerProgressTests : IDisposable
{
    private static readonly SheetExercise Exercise = new("02.1", "T", 3, ["a", "b", "c"], (CodeCell)Notebooks.Code(""), [], []);

    private readonly CourseFolder _course = new(Directory.CreateTempSubdirectory("course-test-").FullName);

    public void Dispose() => Directory.Delete(_course.Root, recursive: true);

    [Fact]
    public void Nothing_is_done_at_first()
    {
        LearnerProgress progress = LearnerProgress.Load(_course);
        Assert.Equal(
            (Outcome.NotAttempted, false, 0), (progress.OutcomeOf(Exercise), progress.IsDone(Exercise), progress.HintsOf(Exercise)));
    }

    [Fact]
    public void What_was_saved_is_loaded_and_a_later_grade_keeps_the_hints()
    {
        LearnerProgress.Load(_course).WithHint(Exercise).WithHint(Exercise).Save();
        LearnerProgress.Load(_course).With([new Verdict("02.1", Outcome.Correct, "")]).Save();
        LearnerProgress progress = LearnerProgress.Load(_course);
        Assert.Equal((true, 2), (progress.IsDone(Exercise), progress.HintsOf(Exercise)));
    }

    [Fact]
    public void There_are_no_more_hints_than_the_exercise_has() =>
        Assert.Equal(3, Enumerable.Range(0, 9).Aggregate(LearnerProgress.Load(_course), (p, _) => p.WithHint(Exercise)).HintsOf(Exercise));

    [Fact]
    public void A_broken_file_is_named_with_the_remedy()
    {
        Directory.CreateDirectory(Path.Combine(_course.Root, ".course"));
        File.WriteAllText(Path.Combine(_course.Root, ".course", "progress.json"), "{ broken");
        Assert.Contains(
            "Delete it", Assert.Throws<InvalidOperationException>(() => LearnerProgress.Load(_course)).Message, StringComparison.Ordinal);
    }
}
