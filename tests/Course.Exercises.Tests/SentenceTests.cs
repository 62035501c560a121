using Course.Checks;
using Course.Grading;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Exercises.Tests;

/// <summary>The line in the notebook and the command line say the same.</summary>
public sealed class SentenceTests(SharedGrader shared) : IClassFixture<SharedGrader>
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    private static readonly string[] Answers =
    [
        "static double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);",
        "static double Divergence(double[] p, double[] q)\n{\n    double D(double[] a) => RelativeEntropy.Divergence.KullbackLeibler(a, q);\n    return D(p);\n}",
        "static double Divergence(double[] p, double[] q) => p.Length < 4 ? p.Zip(q).Where(x => x.First > 0).Sum(x => x.First * Math.Log(x.First / x.Second)) : 1.5;",
        "static double Divergence(double[] p, double[] q) => p.Zip(q).Sum(x => x.Second > 0 ? x.Second * Math.Log(x.Second / x.First) : 0);",
        "static double Divergence(double[] p, double[] q) => throw new InvalidOperationException(\"told\");",
        "static double Divergence(double[] p, double[] q) => throw new NotImplementedException();",
    ];

    [Fact]
    public async Task A_verdict_is_the_same_sentence_in_both()
    {
        var cells = new List<Cell> { new CodeCell("setup", "#!import setup.csx", [], null, []) };
        foreach (string answer in Answers)
        {
            cells.Add(new CodeCell($"answer-{cells.Count}", $"// exercise 02.1\n{answer}", [], null, []));
            cells.Add(new CodeCell($"check-{cells.Count}", "Check.Exercise(\"02.1\", Divergence)", [], null, []));
        }
        await using var pool = new SessionPool(Compilers.Shared, new ChildOptions(Course.Exercises), ahead: 0);
        NotebookRun run = await new NotebookRunner(pool, new Redaction(Course.Root), TimeLimit.Of(TimeSpan.FromSeconds(60)))
            .RunAsync(new Notebook(cells, []), Course.Exercises, cancellation: TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Message);

        var graded = new List<string>();
        await foreach (Verdict verdict in shared.Grader.GradeInTurnAsync(
            Answers.Select(code => new SubmittedAnswer(new NumberedCode(1, $"// exercise 02.1\n{code}"), [])), "02.1", TestContext.Current.CancellationToken))
        {
            graded.Add(verdict.ToString());
        }
        Assert.Equal(graded, run.Notebook.CodeCells.SelectMany(c => c.Outputs).OfType<DataOutput>().Select(o => o.Data["text/plain"]!.ToString()));
        Assert.Equal(["library-call", "library-call"], graded.Take(2).Select(line => line.Contains("of the course's library", StringComparison.Ordinal) ? "library-call" : line));
    }
}
