using System.Text.RegularExpressions;
using Course.Notebooks;

namespace Course.Grading;

/// <summary>The exercises of a chapter, as their author wrote them.</summary>
/// <param name="Path">The file.</param>
/// <param name="Notebook">It.</param>
/// <param name="Exercises">The exercises in it, in order.</param>
public sealed partial record ExerciseSheet(string Path, Notebook Notebook, IReadOnlyList<SheetExercise> Exercises)
{
    /// <summary>What stands in place of code, before the name of a wrong answer that is listed.</summary>
    internal const string BrokenByListed = "Broken by: ";

    /// <summary>Reads a sheet: a notebook of solutions, or of exercises released from one.</summary>
    /// <exception cref="NotebookFormatException">
    /// It is not a notebook, or an exercise in it is incomplete; the message says which and what is missing.
    /// </exception>
    public static ExerciseSheet Read(string path)
    {
        Notebook notebook = NotebookFile.Read(path);
        var exercises = new List<SheetExercise>();
        for (int i = 0; i < notebook.Cells.Count; i++)
        {
            if (notebook.Cells[i] is MarkdownCell statement && Heading().Match(statement.Source) is { Success: true } heading)
                exercises.Add(ReadExercise(path, notebook, i, heading));
        }
        foreach (string id in notebook.CodeCells.Select(AnswerCell.IdOf).OfType<string>().Where(id => exercises.All(e => e.Id != id)))
        {
            throw new NotebookFormatException(
                path, $"exercise {id} has an answer cell and no heading '## Exercise {id} · Title · N points'");
        }
        return new ExerciseSheet(path, notebook, exercises);
    }

    private static SheetExercise ReadExercise(string path, Notebook notebook, int statement, Match heading)
    {
        string id = heading.Groups["id"].Value;
        CodeCell[] answers = [.. notebook.CodeCells.Where(cell => AnswerCell.IdOf(cell) == id)];
        if (answers is not [var answer])
        {
            throw new NotebookFormatException(
                path, $"exercise {id} has {answers.Length} cells that begin with '{AnswerCell.Marker}{id}' instead of one");
        }
        string[] hints = [.. Hint().Matches(notebook.Cells[statement].Source).Select(m => m.Groups["text"].Value.Trim())];
        if (hints.Length != SheetExercise.HintCount || hints.Any(string.IsNullOrEmpty))
        {
            throw new NotebookFormatException(
                path, $"exercise {id} has {hints.Count(h => h.Length > 0)} hints instead of {SheetExercise.HintCount}");
        }
        AnswerVariant[] wrong = [.. Variants(path, notebook, "Wrong", id)];
        return new SheetExercise(
            id,
            heading.Groups["title"].Value.Trim(),
            int.Parse(heading.Groups["points"].Value),
            hints,
            answer,
            [.. Variants(path, notebook, "Alternative", id)],
            wrong)
        {
            Statement = notebook.Cells[statement].Source.Split("<details>")[0],
            Demands = [.. Variants(path, notebook, "Demand", id, wrong)],
            Ignores = [.. Variants(path, notebook, "Ignores", id, wrong)],
            LastHint = [.. Variants(path, notebook, "Hint", id)],
        };
    }

    /// <param name="path">The file.</param>
    /// <param name="notebook">The notebook.</param>
    /// <param name="kind">The first word of the cells' headings.</param>
    /// <param name="id">The exercise.</param>
    /// <param name="wrong">The wrong answers that a cell may name in place of code.</param>
    private static IEnumerable<AnswerVariant> Variants(
        string path, Notebook notebook, string kind, string id, IReadOnlyList<AnswerVariant>? wrong = null)
    {
        foreach (MarkdownCell cell in notebook.Cells.OfType<MarkdownCell>())
        {
            if (AuthorHeading().Match(cell.Source) is not { Success: true } heading
                || heading.Groups["kind"].Value != kind || heading.Groups["id"].Value != id)
            {
                continue;
            }
            string name = heading.Groups["name"].Value.Trim();
            if (Fence().Match(cell.Source) is { Success: true } fence)
                yield return new AnswerVariant(name, fence.Groups["code"].Value);
            else if (wrong is not null && BrokenBy().Match(cell.Source) is { Success: true } broken)
            {
                yield return wrong.FirstOrDefault(w => w.Name == broken.Groups["wrong"].Value) is { } listed
                    ? listed with { Name = name }
                    : throw new NotebookFormatException(
                        path, $"{kind} {id} '{name}' names '{broken.Groups["wrong"].Value}', which is no wrong answer of this exercise");
            }
            else
                throw new NotebookFormatException(path, $"{kind} {id} '{name}' has no code between ```csharp and ```");
        }
    }

    /// <summary>Whether the cells of an exercise still say TODO, as those of a new one do.</summary>
    internal bool HasToDo(string id) => Notebook.Cells.Any(cell => cell.Source.Contains("TODO", StringComparison.Ordinal)
        && (Heading().Match(cell.Source) is { Success: true } h && h.Groups["id"].Value == id
            || AuthorHeading().Match(cell.Source) is { Success: true } a && a.Groups["id"].Value == id
            || AnswerCell.IdOf(cell) == id));

    /// <summary>Whether a cell is for authors and not for learners.</summary>
    internal static bool IsForAuthors(Cell cell) => cell is MarkdownCell && AuthorHeading().IsMatch(cell.Source);

    [GeneratedRegex(@"\A## Exercise (?<id>\d\d\.\d+) · (?<title>.+) · (?<points>\d+) points?[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"<details>\s*<summary>Hint \d</summary>(?<text>.*?)</details>", RegexOptions.Singleline)]
    private static partial Regex Hint();

    [GeneratedRegex(@"\A#### (?<kind>Solution|Alternative|Wrong|Demand|Ignores|Hint) (?<id>\d\d\.\d+)(?:: (?<name>.+))?[ \t]*$",
        RegexOptions.Multiline)]
    private static partial Regex AuthorHeading();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^" + BrokenByListed + @"(?<wrong>\S+)[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex BrokenBy();
}

/// <summary>One exercise of a sheet.</summary>
/// <param name="Id">Its id: <c>02.1</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="Points">What it is worth.</param>
/// <param name="Hints">Its hints, the weakest first.</param>
/// <param name="Answer">The cell of the answer: the author's solution, or the stub.</param>
/// <param name="Alternatives">Other right answers.</param>
/// <param name="Wrong">Typical wrong answers; each is named by the diagnosis that it must be given.</param>
public sealed record SheetExercise(
    string Id, string Title, int Points, IReadOnlyList<string> Hints, CodeCell Answer,
    IReadOnlyList<AnswerVariant> Alternatives, IReadOnlyList<AnswerVariant> Wrong)
{
    /// <summary>How many hints an exercise has.</summary>
    public const int HintCount = 3;

    /// <summary>What it says, without the hints.</summary>
    public string Statement { get; init; } = "";

    /// <summary>Answers that break one demand of the statement and keep all others; each is named by the demand, in words.</summary>
    public IReadOnlyList<AnswerVariant> Demands { get; init; } = [];

    /// <summary>Answers that do not look at one argument; each is named by that argument.</summary>
    public IReadOnlyList<AnswerVariant> Ignores { get; init; } = [];

    /// <summary>What the last hint says, written down literally.</summary>
    public IReadOnlyList<AnswerVariant> LastHint { get; init; } = [];
}

/// <summary>Another answer to an exercise, written down by its author.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Code">What stands in the answer cell instead of the solution.</param>
public sealed record AnswerVariant(string Name, string Code);
