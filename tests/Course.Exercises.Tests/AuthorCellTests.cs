using Course.Grading;
using Course.Notebooks;

namespace Course.Exercises.Tests;

/// <summary>The cells in which authors write answers down, as they are read and left out.</summary>
public sealed class AuthorCellTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Demands_ignored_arguments_and_last_hints_are_read_with_their_answers()
    {
        SheetExercise exercise = Assert.Single(Read(
            "#### Demand 02.1: in nats\n\nBroken by: bits-for-nats",
            "#### Ignores 02.1: q\n\n```csharp\nignored\n```",
            "#### Hint 02.1: literal\n\n```csharp\nhint\n```").Exercises);
        Assert.Equal([new AnswerVariant("in nats", "wrong\n")], exercise.Demands);
        Assert.Equal([new AnswerVariant("q", "ignored\n")], exercise.Ignores);
        Assert.Equal([new AnswerVariant("literal", "hint\n")], exercise.LastHint);
        Assert.EndsWith("What is asked.\n\n", exercise.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void None_of_them_is_released() =>
        Assert.Equal(2, Releasing.Release(Read(
            "#### Demand 02.1: x\n\nBroken by: bits-for-nats",
            "#### Ignores 02.1: q\n\n```csharp\ni\n```",
            "#### Hint 02.1: literal\n\n```csharp\nh\n```")).Cells.Count);

    [Theory]
    [InlineData("#### Demand 02.1: in nats\n\nBroken by: nothing", "'nothing', which is no wrong answer")]
    [InlineData("#### Demand 02.1: in nats\n\nIt is.", "has no code")]
    [InlineData("#### Hint 02.1: literal\n\nBroken by: bits-for-nats", "has no code")]
    public void One_without_an_answer_is_no_sheet(string cell, string problem) =>
        Assert.Contains(problem, Assert.Throws<NotebookFormatException>(() => Read(cell)).Message, StringComparison.Ordinal);

    private ExerciseSheet Read(params string[] authors)
    {
        string path = Path.Combine(_folder, "sheet.ipynb");
        string hints = string.Join(
            "\n", Enumerable.Range(1, SheetExercise.HintCount).Select(i => $"<details><summary>Hint {i}</summary>h</details>"));
        NotebookFile.Write(new Notebook(
            [
                new MarkdownCell("a", $"## Exercise 02.1 · T · 3 points\n\nWhat is asked.\n\n{hints}", []),
                new CodeCell("b", "// exercise 02.1\n// begin solution (stub: int x;)\nint x = 1;\n// end solution", [], null, []),
                new MarkdownCell("c", "#### Wrong 02.1: bits-for-nats\n\n```csharp\nwrong\n```", []),
                .. authors.Select((text, i) => new MarkdownCell($"d{i}", text, [])),
            ],
            []), path);
        return ExerciseSheet.Read(path);
    }
}
