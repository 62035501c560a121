using Course.Checks;

namespace Course.Grading.Tests;

/// <summary>What calls the library, by its text.</summary>
public sealed class LibraryCallTests
{
    [Theory]
    [InlineData("static double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);", "Divergence.KullbackLeibler")]
    [InlineData("double D(double[] p) { return\n  Entropy /* here */ . Shannon(p); }", "Entropy.Shannon")]
    [InlineData("using static RelativeEntropy.Entropy;\ndouble D(double[] p) => Shannon(p);", "Entropy.Shannon")]
    [InlineData("using E = RelativeEntropy.Entropy;\ndouble D(double[] p) => E.Shannon(p);", "Entropy.Shannon")]
    [InlineData("double D(double[] p) => $\"{Entropy.Shannon(p)}\".Length;", "Entropy.Shannon")]
    [InlineData("Func<double[], double> d = Entropy.Shannon;", "Entropy.Shannon")]
    [InlineData("double D(char c) => c == '\"' ? Entropy.Shannon([1]) : 0;", "Entropy.Shannon")]
    public void A_call_is_found_however_it_is_written(string code, string call) => Assert.Contains(call, Calls(code));

    [Theory]
    [InlineData("// not Entropy.Shannon(p)\nstatic double Divergence(double[] p, double[] q) => Divergence(q, p);")]
    [InlineData("/* Entropy.Shannon */ string s = \"Entropy.Shannon(p)\", t = @\"\"\"Entropy.Shannon\"\"\", u = $\"{{Entropy.Shannon}}\";")]
    [InlineData("string s = \"\"\"\nEntropy.Shannon(\"x\")\n\"\"\";")]
    [InlineData("double Entropy(double[] p) => p.Sum(); double D(double[] p) => Entropy(p);")]
    [InlineData("double D(double[] p) => Math.Log(p[0]) + MathNet.Numerics.Distance.Euclidean(p, p);")]
    public void What_is_no_call_is_not_taken_for_one(string code) => Assert.Empty(Calls(code));

    [Fact]
    public void A_helper_above_counts_when_the_answer_uses_it_and_a_scratch_cell_does_not()
    {
        const string Helper = "static double Core(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);", Between = "static double Middle(double[] p, double[] q) => Core(p, q);";
        Assert.NotEmpty(Calls("static double Answer(double[] p, double[] q) => Middle(p, q);", Helper, Between));
        Assert.Empty(Calls("static double Answer(double[] p, double[] q) => p.Length;", Helper, Between, "Console.WriteLine(Divergence.KullbackLeibler([1], [1]));"));
    }

    [Fact]
    public void Only_a_right_answer_where_it_is_forbidden_is_told_so()
    {
        var answer = new SubmittedAnswer(new NumberedCode(1, "static double Divergence(double[] p, double[] q) => RelativeEntropy.Divergence.KullbackLeibler(p, q);"), []);
        Verdict correct = new("02.1", Outcome.Correct, "Correct."), wrong = new("02.1", Outcome.Wrong, "no", "sign");
        Verdict told = LibraryCall.Judge(correct, answer, Exercises.Find("02.1"));
        Assert.Equal((Outcome.Wrong, Exercise.LibraryCall), (told.Outcome, told.Mistake));
        Assert.Contains("calls Divergence.KullbackLeibler of the course's library", told.Message, StringComparison.Ordinal);
        Assert.Equal(wrong, LibraryCall.Judge(wrong, answer, Exercises.Find("02.1")));
        Assert.Equal(correct, LibraryCall.Judge(correct, answer, Exercises.Find("02.5")));
    }

    private static IEnumerable<string> Calls(string answer, params string[] above) =>
        LibraryCall.In(new SubmittedAnswer(new NumberedCode(9, answer), [.. above.Select((code, i) => new NumberedCode(i + 1, code))])).Select(call => $"{call.Type}.{call.Member}");
}
