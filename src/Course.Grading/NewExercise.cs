using System.Text.RegularExpressions;
using Course.Notebooks;

namespace Course.Grading;

/// <summary>What an answer is.</summary>
public enum ExerciseKind
{
    /// <summary>A function, checked on inputs.</summary>
    Function,

    /// <summary>A number.</summary>
    Value,

    /// <summary>A letter.</summary>
    Choice,

    /// <summary>Something that must have a property.</summary>
    Property,
}

/// <summary>
/// Scaffolds an exercise: cells in the chapter's notebook of solutions, and a check that is registered. What it writes is a small exercise
/// that builds and is verified, but for the word TODO wherever its author has to speak.
/// </summary>
/// <param name="course">The course.</param>
public sealed partial class NewExercise(CourseFolder course)
{
    /// <summary>Writes it.</summary>
    /// <param name="chapter">The chapter's number, two digits.</param>
    /// <param name="title">The exercise's title; the answer and the check are named after it.</param>
    /// <param name="kind">What the answer is.</param>
    /// <param name="points">What it is worth.</param>
    /// <returns>Its id, and the files that were written.</returns>
    /// <exception cref="ArgumentException">It cannot be made as asked.</exception>
    public (string Id, IReadOnlyList<string> Files) Write(string chapter, string title, ExerciseKind kind, int points)
    {
        string name = string.Concat(Word().Matches(title).Select(w => char.ToUpperInvariant(w.Value[0]) + w.Value[1..]));
        if (name.Length == 0 || char.IsDigit(name[0]))
            throw new ArgumentException($"no name can be made of the title '{title}': it needs a word in plain letters first");
        string solutions = CourseFolder.NotebooksIn(course.Solutions)
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith($"{chapter}-", StringComparison.Ordinal))
            ?? throw new ArgumentException($"there is no solutions/{chapter}-*.ipynb. There are the chapters {Chapters()}; "
                + "for another one write its notebook of solutions first, with a title and the cell #!import setup.csx");
        string registry = Path.Combine(course.Root, "src", "Course.Checks", "Exercises.cs");
        string check = Path.Combine(course.Root, "src", "Course.Checks", $"Chapter{chapter}", $"{name}.cs");
        bool isTaken = Checks.Exercises.All.Any(e => string.Equals(e.Form.Name, AnswerName(name, kind), StringComparison.Ordinal));
        if (isTaken || File.Exists(check))
            throw new ArgumentException($"there is an exercise called {name} already. Choose another title");
        ExerciseSheet sheet = ExerciseSheet.Read(solutions);
        string id = $"{chapter}.{sheet.Exercises.Select(e => int.Parse(e.Id.Split('.')[1])).DefaultIfEmpty(0).Max() + 1}";

        var template = new ExerciseTemplate(id, title, name, AnswerName(name, kind), kind, points);
        string registered = Register(File.ReadAllText(registry), chapter, name);
        NotebookFile.Write(sheet.Notebook with { Cells = [.. sheet.Notebook.Cells, .. template.Cells()] }, solutions);
        AtomicFile.Write(check, template.Check($"Chapter{chapter}"));
        AtomicFile.Write(registry, registered);
        return (id, [solutions, check, registry]);
    }

    private string Chapters() => string.Join(
        ", ", CourseFolder.NotebooksIn(course.Solutions).Select(path => ExerciseId.ChapterOf(Path.GetFileNameWithoutExtension(path))));

    private static string AnswerName(string name, ExerciseKind kind) =>
        kind is ExerciseKind.Value or ExerciseKind.Choice ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    /// <summary>The list of exercises with one more, after those of its chapter and of the chapters before.</summary>
    private static string Register(string source, string chapter, string name)
    {
        Match last = Registered().Matches(source).LastOrDefault(m => string.CompareOrdinal(m.Groups["chapter"].Value, chapter) <= 0)
            ?? throw new ArgumentException("the list of exercises in src/Course.Checks/Exercises.cs is not as it was");
        int end = last.Index + last.Length;
        return $"{source[..end]}        new Chapter{chapter}.{name}(),\n{source[end..]}";
    }

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^        new Chapter(?<chapter>\d\d)\.\w+\(\),\n", RegexOptions.Multiline)]
    private static partial Regex Registered();
}
