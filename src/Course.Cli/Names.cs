using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary>The names that can be given to commands here, for completion and for what was probably meant; none outside a course.</summary>
internal static class Names
{
    /// <summary>The ids of the exercises.</summary>
    public static IReadOnlyList<string> Exercises() =>
        Guard.FindCourse() is { } course ? [.. Sheets.Of(course).SelectMany(s => s.Exercises).Select(e => e.Id)] : [];

    /// <summary>The numbers of the chapters that have exercises.</summary>
    public static IReadOnlyList<string> Chapters() => Guard.FindCourse() is { } course
        ? [
            .. CourseFolder.NotebooksIn(course.Exercises)
                .Select(path => ExerciseId.ChapterOf(Path.GetFileNameWithoutExtension(path))).Distinct(),
        ]
        : [];

    /// <summary>The paths of the course's notebooks, as they are written in the current folder.</summary>
    public static IReadOnlyList<string> Notebooks() => Guard.FindCourse() is { } course
        ? [.. Folders(course).SelectMany(CourseFolder.NotebooksIn).Select(CourseFolder.Shown)]
        : [];

    private static IEnumerable<string> Folders(CourseFolder course) => [course.Notebooks, course.Exercises, course.Solutions];

    /// <summary>A question that names the notebooks, or folders of them, whose path, name or number is nearest to what was given.</summary>
    public static string NotebookQuestion(string given)
    {
        if (Guard.FindCourse() is not { } course)
            return "";
        string name = Path.GetFileName(given), chapter = ExerciseId.ChapterOf(Path.GetFileNameWithoutExtension(given));
        IReadOnlyList<string> notebooks = Notebooks();
        string[] known = [.. notebooks, .. Folders(course).Where(Directory.Exists).Select(CourseFolder.Shown)];
        IReadOnlyList<string> names = Nearest.To(name, known.Select(path => Path.GetFileName(path)!));
        string[][] tries =
        [
            [.. Nearest.To(given, known)],
            [.. known.Where(path => names.Contains(Path.GetFileName(path)))],
            [.. notebooks.Where(path => Path.GetFileName(path).StartsWith($"{chapter}-", StringComparison.Ordinal))],
        ];
        string[] near = tries.FirstOrDefault(found => found.Length > 0) ?? [];
        string[] beside = [.. near.Where(path => name != given && Path.GetDirectoryName(path) == Path.GetDirectoryName(given))];
        return Nearest.Ask(beside.Length > 0 ? beside : near);
    }
}
