using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>What critics prove: laws between the bounds, their limits, known truths and edges.</summary>
public class VariationalBoundsTests
{
    private const double Inf = double.PositiveInfinity;

    private static ITestOutputHelper? Output => TestContext.Current.TestOutputHelper;

    [Fact]
    public void Donsker_Varadhan_is_never_below_Nguyen_Wainwright_Jordan()
    {
        Draws draws = new(31);
        for (int i = 0; i < 200; i++)
        {
            double[] p = draws.Normals(1 + i % 7, draws.Normal(), 3), q = draws.Normals(1 + i % 5, draws.Normal(), 3);
            double tight = VariationalBounds.DonskerVaradhan(p, q).Value, loose = VariationalBounds.NguyenWainwrightJordan(p, q).Value;
            Assert.True(tight >= loose - 1e-14 * (1 + Math.Abs(tight)));
            Assert.Equal(FDivergence.LowerBound(Generator.KullbackLeibler, p, q), loose, 1e-12 * (1 + Math.Abs(loose)));

            // They meet where the mean of e^(T - 1) at q is one.
            double shift = 1 - Logits.LogSumExp(q) + Math.Log(q.Length);
            Assert.Equal(tight, VariationalBounds.NguyenWainwrightJordan([.. p.Select(t => t + shift)],
                [.. q.Select(t => t + shift)]).Value, 1e-13 * (1 + Math.Abs(tight)));
        }
    }

    [Fact]
    public void Donsker_Varadhan_does_not_see_a_constant()
    {
        double[] p = [0.5, 1.5, -0.25], q = [2, 0.125];
        Estimate bound = VariationalBounds.DonskerVaradhan(p, q);
        foreach (double constant in new[] { 64.0, -1024, 1 << 20 })
            Assert.Equal(bound, VariationalBounds.DonskerVaradhan([.. p.Select(t => t + constant)], [.. q.Select(t => t + constant)]),
                (a, b) => Math.Abs(a.Value - b.Value) < 1e-9);
    }

    /// <summary>With all outcomes in their proportions for samples, the best critic gives the divergence and every other gives
    /// less.</summary>
    [Fact]
    public void The_best_critic_gives_the_divergence()
    {
        double[] p = [0.5, 0.25, 0.25], q = [0.25, 0.25, 0.5];
        double[] atP = [0, 0, 1, 2], atQ = [0, 1, 2, 2];
        double[] best = [.. p.Zip(q, (a, b) => Math.Log(a / b))];
        double truth = Divergence.KullbackLeibler(p, q);
        Assert.Equal(truth, VariationalBounds.DonskerVaradhan(At(atP, best), At(atQ, best)).Value, 1e-15);
        double[] shifted = [.. best.Select(t => t + 1)];
        Assert.Equal(truth, VariationalBounds.NguyenWainwrightJordan(At(atP, shifted), At(atQ, shifted)).Value, 1e-15);
        Draws draws = new(32);
        for (int i = 0; i < 100; i++)
        {
            double[] other = draws.Normals(3);
            Assert.InRange(VariationalBounds.DonskerVaradhan(At(atP, other), At(atQ, other)).Value, double.NegativeInfinity, truth + 1e-15);
        }

        static double[] At(double[] outcomes, double[] critic) => [.. outcomes.Select(i => critic[(int)i])];
    }

    /// <summary>N(1/2, 1) and N(0, 1) with the best critic: the first estimate is unbiased, the second above the truth by about Var(e^T)/(2
    /// m), both with honest errors.</summary>
    [Fact]
    public void Repeated_estimates_of_normals_hit_the_divergence()
    {
        const int n = 400;
        const double truth = 0.125;
        static double Critic(double x) => 0.5 * x - truth;
        Repetitions loose = Repetitions.Of(300, r => Bound(r, (p, q) => VariationalBounds.NguyenWainwrightJordan(p, q), 1));
        Repetitions tight = Repetitions.Of(300, r => Bound(r, (p, q) => VariationalBounds.DonskerVaradhan(p, q), 0));
        Output?.WriteLine($"NWJ {loose}; DV {tight}; truth {truth}");
        Assert.InRange(loose.Deviations(truth), -4, 4);
        double bias = (Math.Exp(0.25) - 1) / (2 * n);
        Assert.InRange(tight.Deviations(truth + bias), -4, 4);
        Assert.InRange(loose.StatedError / loose.Spread, 0.85, 1.15);
        Assert.InRange(tight.StatedError / tight.Spread, 0.85, 1.15);

        static Estimate Bound(int r, Func<double[], double[], Estimate> bound, double shift)
        {
            Draws draws = new((ulong)r);
            return bound([.. draws.Normals(n, 0.5).Select(x => Critic(x) + shift)], [.. draws.Normals(n).Select(x => Critic(x) + shift)]);
        }
    }

    [Fact]
    public void InfoNCE_is_never_above_the_logarithm_of_N()
    {
        Draws draws = new(33);
        foreach (int n in new[] { 1, 2, 3, 7, 64, 100 })
        {
            foreach (double scale in new[] { 0, 1e-10, 1, 30, 1e3, 1e300 })
            {
                double[] scores = [.. draws.Normals(n * n).Select(s => scale * s)];
                Assert.True(VariationalBounds.InfoNce(scores).Value <= Math.Log(n));
                for (int i = 0; i < n; i++)
                    scores[i * n + i] = scale;
                Assert.True(VariationalBounds.InfoNce(scores).Value <= Math.Log(n));
            }

            // A perfect critic attains it.
            double[] perfect = new double[n * n];
            for (int i = 0; i < n; i++)
                perfect[i * n + i] = 1e3;
            Assert.Equal(Math.Log(n), VariationalBounds.InfoNce(perfect).Value);
        }
    }

    /// <summary>Correlated normals with the best critic: near the information where that is small, log N at most where it is
    /// large.</summary>
    [Fact]
    public void InfoNCE_saturates()
    {
        const int n = 64;
        foreach (double correlation in new[] { 0.5, 0.9, 0.999, 0.99999 })
        {
            double truth = -0.5 * Math.Log(1 - correlation * correlation);
            Repetitions all = Repetitions.Of(60, r => Contrast(r, correlation));
            Output?.WriteLine($"correlation {correlation}: {all}, information {truth:F3}, log N {Math.Log(n):F3}");
            Assert.True(all.Mean < truth + 4 * all.Spread / Math.Sqrt(all.Count));
            Assert.True(all.Mean < Math.Log(n));
            Assert.True(truth > 1 || all.Mean > truth - 0.1);
            Assert.InRange(all.StatedError / all.Spread, 0.8, 1.5);
        }

        static Estimate Contrast(int r, double correlation)
        {
            Draws draws = new((ulong)(r + 1));
            double rest = 1 - correlation * correlation;
            double[] x = draws.Normals(n), y = [.. draws.Normals(n).Zip(x, (a, b) => correlation * b + Math.Sqrt(rest) * a)];
            return VariationalBounds.InfoNce(
                [.. x.SelectMany(a => y.Select(b => -0.5 * (b - correlation * a) * (b - correlation * a) / rest + 0.5 * b * b))]);
        }
    }

    [Fact]
    public void Adding_to_all_scores_of_a_row_changes_nothing()
    {
        double[] scores = [1, 0.5, -2, 0.25, 3, 1, 0, 1.5, 2], shifted = [65, 64.5, 62, 0.25, 3, 1, -1024, -1022.5, -1022];
        Assert.Equal(VariationalBounds.InfoNce(scores).Value, VariationalBounds.InfoNce(shifted).Value, 1e-13);
    }

    [Fact]
    public void Floats_count_as_the_doubles_they_equal_and_bits_as_nats_over_log_2()
    {
        float[] p = [0.1f, 0.7f, -2f, 3f], q = [1.3f, -0.2f, 0.9f, 0.25f];
        double[] wideP = [.. p.Select(x => (double)x)], wideQ = [.. q.Select(x => (double)x)];
        Assert.Equal(VariationalBounds.DonskerVaradhan(wideP, wideQ), VariationalBounds.DonskerVaradhan(p, q));
        Assert.Equal(VariationalBounds.NguyenWainwrightJordan(wideP, wideQ), VariationalBounds.NguyenWainwrightJordan(p, q));
        Assert.Equal(VariationalBounds.InfoNce(wideP), VariationalBounds.InfoNce(p));
        Assert.Equal(VariationalBounds.DonskerVaradhan(wideP, wideQ).Value / Math.Log(2),
            VariationalBounds.DonskerVaradhan(wideP, wideQ, LogBase.Bits).Value, 1e-15);
        Assert.Equal(1, VariationalBounds.InfoNce([1e3, 0, 0, 1e3], LogBase.Bits).Value);
    }

    [Fact]
    public void Infinite_critics_have_their_meaning()
    {
        Estimate nothing = new(-Inf, Inf), everything = new(Inf, Inf);
        double[] some = [0.5, 1];
        Assert.Equal(nothing, VariationalBounds.DonskerVaradhan([0, -Inf], some));
        Assert.Equal(nothing, VariationalBounds.DonskerVaradhan([0, Inf], [0, Inf]));
        Assert.Equal(nothing, VariationalBounds.NguyenWainwrightJordan(some, [0, Inf]));
        Assert.Equal(nothing, VariationalBounds.NguyenWainwrightJordan(some, [0, 1e3]));
        Assert.Equal(everything, VariationalBounds.DonskerVaradhan(some, [-Inf, -Inf]));
        Assert.Equal(everything, VariationalBounds.NguyenWainwrightJordan([0, Inf], some));
        Assert.Equal(0.75, VariationalBounds.NguyenWainwrightJordan(some, [-Inf, -Inf]).Value);
        Assert.Equal(0.75 - 1 + Math.Log(2), VariationalBounds.DonskerVaradhan(some, [1, -Inf]).Value, 1e-15);
        Assert.Equal(nothing, VariationalBounds.InfoNce([-Inf, 0, 0, 0]));
        Assert.Equal(Math.Log(2), VariationalBounds.InfoNce([0, -Inf, -Inf, 0]).Value);
        Assert.Equal(new(double.NaN, double.NaN), VariationalBounds.InfoNce([0, double.NaN, 1, 0]));
        Assert.Equal(new(double.NaN, double.NaN), VariationalBounds.DonskerVaradhan([-Inf, double.NaN], some));
        Assert.Equal(double.NaN, VariationalBounds.DonskerVaradhan([1.0], some).StandardError);
    }

    [Fact]
    public void Bad_critics_are_refused()
    {
        Refuses("criticAtP", "criticAtP is empty", () => VariationalBounds.DonskerVaradhan([], [1]).Value);
        Refuses("criticAtQ", "criticAtQ is empty", () => VariationalBounds.NguyenWainwrightJordan([1], []).Value);
        Refuses("scores", "scores has 6 elements, which is not the square of a number of pairs.", () =>
            VariationalBounds.InfoNce([1, 2, 3, 4, 5, 6]).Value);
        Refuses("scores", "In row 1, scores[0] = Infinity", () => VariationalBounds.InfoNce([0, 0, Inf, 0]).Value);
        Refuses("scores", "In row 0, scores[0] = -Infinity and so are all 2", () => VariationalBounds.InfoNce([-Inf, -Inf, 0, 0]).Value);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] p = [1, 2, 3, 4], q = [1, 0, 3, 2];
        Assert.Equal(0, Allocation.Of(() => VariationalBounds.DonskerVaradhan(p, q)));
        Assert.Equal(0, Allocation.Of(() => VariationalBounds.NguyenWainwrightJordan(p, q)));
        Assert.Equal(0, Allocation.Of(() => VariationalBounds.InfoNce(p)));
    }
}
