using Course.Notebooks;

namespace Course.Grading;

/// <summary>The course's exercise sheets.</summary>
public static class Sheets
{
    /// <summary>The sheets of a course that have exercises: its solutions where they are at hand, else the exercises.</summary>
    public static IReadOnlyList<ExerciseSheet> Of(CourseFolder course)
    {
        IReadOnlyList<string> solutions = CourseFolder.NotebooksIn(course.Solutions);
        IEnumerable<ExerciseSheet> sheets = solutions.Count > 0
            ? solutions.Select(ExerciseSheet.Read)
            : CourseFolder.NotebooksIn(course.Exercises).Select(ReadIfWhole).OfType<ExerciseSheet>();
        return [.. sheets.Where(sheet => sheet.Exercises.Count > 0)];
    }

    /// <summary>The sheet that a notebook answers: the one whose exercises stand in it, else the one of its name.</summary>
    /// <exception cref="NotebookFormatException">It answers none.</exception>
    public static ExerciseSheet For(Notebook notebook, string path, IReadOnlyList<ExerciseSheet> sheets)
    {
        HashSet<string> answered = [.. Submission.ExercisesIn(notebook)];
        return sheets.Where(s => s.Exercises.Any(e => answered.Contains(e.Id))).MaxBy(s => s.Exercises.Count(e => answered.Contains(e.Id)))
            ?? sheets.FirstOrDefault(s => Path.GetFileName(s.Path) == Path.GetFileName(path))
            ?? throw new NotebookFormatException(path, "no exercise of this course is in it: no cell begins with '// exercise NN.N'");
    }

    /// <summary>A learner may have broken a notebook; it is told so when it is graded, and spoils no other.</summary>
    private static ExerciseSheet? ReadIfWhole(string path)
    {
        try
        {
            return ExerciseSheet.Read(path);
        }
        catch (NotebookFormatException)
        {
            return null;
        }
    }
}
