namespace Course.Checks.Tests;

/// <summary>What a learner is shown of an answer that is wrong in a way that nobody has listed.</summary>
public sealed class CounterexampleTests
{
    private static double Sum(double[] p, double[] q, Func<int, double> weight) =>
        p.Select((v, i) => v > 0 ? weight(i) * v * Math.Log(v / q[i]) : 0).Sum();

    private static Verdict Check(Func<double[], double[], double> answer, int seed) =>
        Exercises.Find("02.1").Check(new LiveAnswer(answer, Exercises.Find("02.1").Form), seed);

    [Fact]
    public void It_is_the_smallest_on_which_the_answer_is_wrong()
    {
        // Wrong from the third outcome on: no input with two outcomes shows it, and three of at most four decimals do.
        for (int seed = 0; seed < 50; seed++)
        {
            Verdict verdict = Check((p, q) => Sum(p, q, i => i < 2 ? 1 : 1.5), seed);
            Assert.Equal(Outcome.Wrong, verdict.Outcome);
            Assert.Matches(
                @"^For p = \[[\d.]{1,6}, [\d.]{1,6}, [\d.]{1,6}\] and q = \[[\d.]{1,6}, [\d.]{1,6}, [\d.]{1,6}\] "
                + @"your answer is [-\d.E]+, which is (near, but not right|too large|too small)\.$",
                verdict.Message);
        }
    }

    [Fact]
    public void It_is_one_on_which_the_answer_is_wrong_indeed()
    {
        Verdict verdict = Check((p, q) => p.Length < 4 ? Sum(p, q, _ => 1) : double.NaN, seed: 3);
        Assert.Matches(@"^For p = \[[^,]+, [^,]+, [^,]+, [^,]+\] and q", verdict.Message);
    }

    [Fact]
    public void An_answer_that_breaks_on_a_simpler_input_is_shown_the_one_before()
    {
        int inputs = 0, calls = 0;
        Check((p, q) => { inputs++; return Sum(p, q, _ => 1); }, seed: 1);
        Verdict verdict = Check((p, q) => ++calls > inputs ? throw new InvalidOperationException() : Sum(p, q, _ => 1.5), seed: 1);
        Assert.Equal(Outcome.Wrong, verdict.Outcome);
    }
}
