using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

public sealed class ExerciseSheetTests : IDisposable
{
    private const string Answer = """
        // exercise 02.1
        static double Divergence(double[] p, double[] q)
        {
            // begin solution (stub: throw new NotImplementedException();)
            double sum = 0;
            if (p.Length > 0 && (q.Length > 0))
                return sum;
            return sum;
            // end solution
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sheet_is_read_from_plain_marks_in_a_notebook()
    {
        ExerciseSheet sheet = Read(
            Statement("02.1"), Code(Answer), Code("Check.Exercise(\"02.1\", Divergence)"),
            Prose("#### Solution 02.1\n\nBecause."),
            Prose("#### Alternative 02.1: by LINQ\n\n```csharp\nalternative\n```"),
            Prose("#### Wrong 02.1: swapped-direction\n\nOften.\n\n```csharp\nwrong\n```"));
        SheetExercise exercise = Assert.Single(sheet.Exercises);
        Assert.Equal(("02.1", "The divergence", 3), (exercise.Id, exercise.Title, exercise.Points));
        Assert.Equal(["weak", "stronger", "strong"], exercise.Hints);
        Assert.Equal([new AnswerVariant("by LINQ", "alternative\n")], exercise.Alternatives);
        Assert.Equal([new AnswerVariant("swapped-direction", "wrong\n")], exercise.Wrong);
    }

    [Fact]
    public void What_is_released_holds_no_solution_no_author_s_cell_and_no_output()
    {
        ExerciseSheet sheet = Read(
            Prose("# Exercises"), Code("#!import setup.csx"), Statement("02.1"), Code(Answer), Code("Check.Exercise(\"02.1\", Divergence)"),
            Prose("#### Solution 02.1\n\nBecause."), Prose("#### Wrong 02.1: x\n\n```csharp\nwrong\n```"));
        Notebook released = Releasing.Release(sheet);
        Assert.Equal(5, released.Cells.Count);
        Assert.All(released.CodeCells, cell => Assert.Equal((null, 0), (cell.ExecutionCount, cell.Outputs.Count)));
        Assert.Equal(
            """
            // exercise 02.1
            static double Divergence(double[] p, double[] q)
            {
                throw new NotImplementedException();  // replace this line by your answer
            }
            """,
            released.CodeCells.ElementAt(1).Source);
        Assert.Equal(sheet.Notebook.Cells.Take(5).Select(c => c.Id), released.Cells.Select(c => c.Id));
    }

    [Fact]
    public void A_solution_that_is_not_marked_cannot_be_released()
    {
        NotebookFormatException refusal = Assert.Throws<NotebookFormatException>(
            () => Releasing.Release(Read(Statement("02.1"), Code("// exercise 02.1\n// begin solution (stub: x)\nsecret"))));
        Assert.Contains("sheet.ipynb: exercise 02.1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solution_outside_an_answer_cell_is_not_released_but_refused()
    {
        Cell helper = Code("int Helper()\n{\n    // begin solution (stub: return 0;)\n    return 42;\n    // end solution\n}");
        NotebookFormatException refusal = Assert.Throws<NotebookFormatException>(
            () => Releasing.Release(Read(Statement("02.1"), Code(Answer), helper)));
        Assert.Contains("a solution stands in a cell that does not begin with", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// Exercise 02.1")]
    [InlineData("\n//exercise 02.1 mine")]
    public void A_learner_s_editing_of_the_mark_does_not_lose_the_cell(string mark) =>
        Assert.Equal("02.1", Assert.Single(Submission.ExercisesIn(Of(Code($"{mark}\nint x;")))));

    [Fact]
    public void What_a_sheet_lacks_is_named()
    {
        Refuses("exercise 02.1 has 0 cells that begin with '// exercise 02.1'", Statement("02.1"));
        Refuses("exercise 02.1 has 2 cells", Statement("02.1"), Code(Answer), Code(Answer));
        Refuses("exercise 02.1 has an answer cell and no heading", Code(Answer));
        Refuses("exercise 02.1 has 0 hints instead of 3", Prose("## Exercise 02.1 · T · 1 point"), Code(Answer));
        Refuses("Wrong 02.1 'x' has no code", Statement("02.1"), Code(Answer), Prose("#### Wrong 02.1: x\n\nno fence"));
    }

    private void Refuses(string reason, params Cell[] cells) =>
        Assert.Contains(reason, Assert.Throws<NotebookFormatException>(() => Read(cells)).Message, StringComparison.Ordinal);

    private ExerciseSheet Read(params Cell[] cells)
    {
        string path = Path.Combine(_folder, "sheet.ipynb");
        NotebookFile.Write(Of(cells), path);
        return ExerciseSheet.Read(path);
    }
}
