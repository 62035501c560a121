using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary>The names that can be given to commands here, for completion and for what was probably meant; none outside a course.</summary>
internal static class Names
{
    /// <summary>The ids of the exercises.</summary>
    public static IReadOnlyList<string> Exercises() => Guard.FindCourse() is { } course ? [.. Sheets.Of(course).SelectMany(s => s.Exercises).Select(e => e.Id)] : [];

    /// <summary>The numbers of the chapters that have exercises.</summary>
    public static IReadOnlyList<string> Chapters() => Guard.FindCourse() is { } course
        ? [.. CourseFolder.NotebooksIn(course.Exercises).Select(path => ExerciseId.ChapterOf(Path.GetFileNameWithoutExtension(path))).Distinct()]
        : [];

    /// <summary>The paths of the course's notebooks, as they are written in the current folder.</summary>
    public static IReadOnlyList<string> Notebooks() => Guard.FindCourse() is { } course
        ? [.. new[] { course.Notebooks, course.Exercises, course.Solutions }.SelectMany(CourseFolder.NotebooksIn).Select(CourseFolder.Shown)]
        : [];

    /// <summary>A question that names the notebooks whose path, or name alone, is nearest to what was given.</summary>
    public static string NotebookQuestion(string given)
    {
        ILookup<string, string> byName = Notebooks().ToLookup(path => Path.GetFileName(path)!);
        IReadOnlyList<string> paths = Nearest.To(given, Notebooks());
        IEnumerable<string> near = paths.Count > 0 ? paths : Nearest.To(Path.GetFileName(given), byName.Select(n => n.Key)).SelectMany(name => byName[name]);
        return near.ToList() is { Count: > 0 and <= 4 } few ? $". Did you mean {string.Join(" or ", few.Select(path => $"'{path}'"))}?" : "";
    }
}
