using Course.Notebooks;

namespace Course.Grading;

/// <summary>How far a learner is with the exercises of a chapter.</summary>
/// <param name="Path">The chapter's notebook.</param>
/// <param name="Title">Its title.</param>
/// <param name="Done">How many exercises are solved.</param>
/// <param name="Exercises">How many there are.</param>
/// <param name="Points">What the solved ones are worth.</param>
/// <param name="MaximumPoints">What all are worth.</param>
public sealed record ChapterProgress(string Path, string Title, int Done, int Exercises, int Points, int MaximumPoints)
{
    /// <summary>The progress in all chapters, in order.</summary>
    /// <param name="course">The course.</param>
    /// <param name="sheets">Its exercise sheets.</param>
    /// <param name="progress">What the learner has done.</param>
    public static IReadOnlyList<ChapterProgress> Of(CourseFolder course, IReadOnlyList<ExerciseSheet> sheets, LearnerProgress progress) =>
        [.. course.Chapters.Select(path =>
    {
        ExerciseSheet? sheet = sheets.FirstOrDefault(s => System.IO.Path.GetFileName(s.Path) == System.IO.Path.GetFileName(path));
        SheetExercise[] exercises = [.. sheet?.Exercises ?? []];
        SheetExercise[] done = [.. exercises.Where(progress.IsDone)];
        return new ChapterProgress(
            path, NotebookFile.TitleOf(path) ?? System.IO.Path.GetFileNameWithoutExtension(path),
            done.Length, exercises.Length, done.Sum(e => e.Points), exercises.Sum(e => e.Points));
    })];
}
