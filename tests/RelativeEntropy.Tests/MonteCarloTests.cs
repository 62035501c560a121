using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>k1, k2 and k3: what they estimate, how far off they say they are, and which gradient each one has as a loss.</summary>
public class MonteCarloTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private delegate Estimate Plain(ReadOnlySpan<double> logRatios, LogBase logBase = default);

    private delegate Estimate Weighted(ReadOnlySpan<double> logRatios, ReadOnlySpan<double> logWeights, LogBase logBase = default);

    private delegate Estimate Slopes(ReadOnlySpan<double> logRatios, Span<double> gradient, LogBase logBase = default);

    private delegate Estimate WeightedSlopes(
        ReadOnlySpan<double> logRatios, ReadOnlySpan<double> logWeights, Span<double> gradient, LogBase logBase = default);

    private delegate Estimate Gradients(
        ReadOnlySpan<int> samples, ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, int columns,
        Span<double> pGradient, Span<double> qGradient, ReadOnlySpan<bool> kept = default, double temperature = 1,
            LogBase logBase = default);

    private sealed record Estimator(
        string Name, Plain Of, Weighted Importance, Weighted SelfNormalised, Slopes Gradient, WeightedSlopes ImportanceGradient,
            Gradients FromLogits);

    private static readonly Estimator[] All =
    [
        new("k1", MonteCarlo.K1, MonteCarlo.K1Importance, MonteCarlo.K1SelfNormalised, MonteCarlo.K1Gradient,
            MonteCarlo.K1ImportanceGradient,
            MonteCarlo.K1FromLogitsGradient),
        new("k2", MonteCarlo.K2, MonteCarlo.K2Importance, MonteCarlo.K2SelfNormalised, MonteCarlo.K2Gradient,
            MonteCarlo.K2ImportanceGradient,
            MonteCarlo.K2FromLogitsGradient),
        new("k3", MonteCarlo.K3, MonteCarlo.K3Importance, MonteCarlo.K3SelfNormalised, MonteCarlo.K3Gradient,
            MonteCarlo.K3ImportanceGradient,
            MonteCarlo.K3FromLogitsGradient),
    ];

    // A policy, its reference, and a stale policy that drew the samples; the middle one is far from the others.
    private static readonly double[] P = [0.4, -1.1, 0.9, 0.2], Q = [-0.3, 0.8, 0.5, -1.0], B = [1.2, 0.1, -0.6, 0.3];

    public static TheoryData<int> Estimators => [0, 1, 2];

    [Fact]
    public void Samples_of_the_policy_held_fixed_give_the_losses_the_gradients_zero_the_reverse_divergence_and_the_forward_one()
    {
        int n = P.Length;
        double[] zero = new double[n], reverse = new double[n], forward = new double[n];
        Logits.KullbackLeiblerGradient(P, Q, reverse, default);
        Logits.KullbackLeiblerGradient(Q, P, default, forward);
        foreach ((Estimator k, double[] truth) in All.Zip([zero, reverse, forward]))
            AssertNear(truth, ExpectedGradient(k), k.Name);
        Assert.True(Distance(reverse, forward) > 0.1 && Distance(reverse, zero) > 0.1 && Distance(forward, zero) > 0.1,
            "the three are told apart");
    }

    [Fact]
    public void By_the_reference_k1_and_k3_have_the_gradient_of_the_divergence()
    {
        double[] truth = new double[P.Length];
        Logits.KullbackLeiblerGradient(P, Q, default, truth);
        AssertNear(truth, ExpectedGradient(All[0], ofP: false), "k1");
        AssertNear(truth, ExpectedGradient(All[2], ofP: false), "k3");
        Assert.True(Distance(truth, ExpectedGradient(All[1], ofP: false)) > 0.01);
    }

    /// <summary>The value of k times d log p, the score function: what a reward's gradient is.</summary>
    [Fact]
    public void In_the_reward_k1_gives_the_gradient_of_the_reverse_divergence_and_k3_that_less_the_forward_one()
    {
        double[] reverse = new double[P.Length], forward = new double[P.Length];
        Logits.KullbackLeiblerGradient(P, Q, reverse, default);
        Logits.KullbackLeiblerGradient(Q, P, default, forward);
        AssertNear(reverse, ExpectedReward(All[0]), "k1");
        AssertNear([.. reverse.Zip(forward, (x, y) => x - y)], ExpectedReward(All[2]), "k3");
        Assert.True(Distance(reverse, ExpectedReward(All[1])) > 0.01);
    }

    [Theory]
    [InlineData(0, false), InlineData(0, true), InlineData(2, false), InlineData(2, true)]
    public void Through_the_weight_too_k1_and_k3_give_the_gradient_of_the_reverse_divergence_on_and_off_policy(int estimator, bool isStale)
    {
        double[] truth = new double[P.Length], actual = new double[P.Length], b = Softmax(isStale ? B : P), slope = new double[1];
        Logits.KullbackLeiblerGradient(P, Q, truth, default);
        for (int s = 0; s < P.Length; s++)
        {
            All[estimator].ImportanceGradient([LogRatio(s)], [LogWeight(s, isStale ? B : P)], slope);
            AddScore(actual, s, b[s] * slope[0]);
        }

        AssertNear(truth, actual, All[estimator].Name);
    }

    /// <summary>That the samples of one batch are many changes nothing: each has the expectation of one.</summary>
    [Theory]
    [MemberData(nameof(Estimators))]
    public void Slopes_of_a_batch_give_the_expectation_of_one_sample(int estimator)
    {
        double[] p = Softmax(P), alone = ExpectedGradient(All[estimator]), actual = new double[P.Length], slopes = new double[2];
        for (int s = 0; s < P.Length; s++)
        {
            for (int t = 0; t < P.Length; t++)
            {
                All[estimator].Gradient([LogRatio(s), LogRatio(t)], slopes);
                AddScore(actual, s, p[s] * p[t] * slopes[0]);
                AddScore(actual, t, p[s] * p[t] * slopes[1]);
            }
        }

        AssertNear(alone, actual, All[estimator].Name);
    }

    [Fact]
    public void The_expectation_of_k1_and_of_k3_is_the_divergence_and_that_of_k2_half_the_second_moment()
    {
        double[] p = Softmax(P), b = Softmax(B), l = LogRatios(P.Length);
        double divergence = Logits.KullbackLeibler(P, Q), moment = p.Zip(l, (x, y) => x * y * y / 2).Sum();
        foreach ((Estimator k, double truth) in All.Zip([divergence, moment, divergence]))
        {
            Assert.Equal(truth, Enumerable.Range(0, 4).Sum(s => p[s] * k.Of([l[s]]).Value), 1e-15);
            Assert.Equal(truth, Enumerable.Range(0, 4).Sum(s => b[s] * k.Importance([l[s]], [LogWeight(s, B)]).Value), 1e-15);
        }

        Assert.True(Math.Abs(moment - divergence) > 0.01);
    }

    [Fact]
    public void The_expectation_of_k3_lacks_the_mass_of_q_where_p_has_none()
    {
        double l = Math.Log(1 / 0.75);
        Assert.Equal(l - 0.25, MonteCarlo.K3([l]).Value, 1e-16);
        Assert.Equal(l, MonteCarlo.K1([l]).Value, 1e-16);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void The_square_of_the_standard_error_has_the_variance_of_the_mean_for_its_expectation(int estimator)
    {
        double[] p = Softmax(P), l = LogRatios(P.Length);
        Plain k = All[estimator].Of;
        double mean = Enumerable.Range(0, 4).Sum(s => p[s] * k([l[s]]).Value);
        double variance = Enumerable.Range(0, 4).Sum(s => p[s] * Math.Pow(k([l[s]]).Value - mean, 2));
        double square = 0;
        for (int s = 0; s < 64; s++)
        {
            (int i, int j, int h) = (s % 4, s / 4 % 4, s / 16);
            square += p[i] * p[j] * p[h] * Math.Pow(k([l[i], l[j], l[h]]).StandardError, 2);
        }

        Assert.Equal(variance / 3, square, 1e-14);
    }

    /// <summary>Exponentials of rates 1 and r: log-ratios (r - 1) x - log r at samples x of the first.</summary>
    [Fact]
    public void Estimates_hit_a_known_truth_within_their_errors_and_k2_is_as_biased_as_it_should_be()
    {
        Random random = new(20200307);
        const int N = 100_000;
        double[] x = [.. Enumerable.Range(0, N).Select(_ => -Math.Log(1 - random.NextDouble()))];
        foreach (double rate in new[] { 0.8, 0.95, 1.05, 1.25, 1.7 })
        {
            double[] l = [.. x.Select(y => (rate - 1) * y - Math.Log(rate))];
            double truth = rate - 1 - Math.Log(rate), ofK2 = (truth * truth + (rate - 1) * (rate - 1)) / 2;
            foreach ((Estimator k, double expected) in All.Zip([truth, ofK2, truth]))
            {
                Estimate estimate = k.Of(l);
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"rate {rate}: {k.Name} {estimate.Value:F6} +- {estimate.StandardError:F6}, "
                    + $"divergence {truth:F6}, bias {expected - truth:F6}");
                Assert.True(Math.Abs(estimate.Value - expected) <= 5 * estimate.StandardError, $"{k.Name} at {rate}");
                Assert.InRange(estimate.StandardError, 1e-6, 0.02);
            }
        }
    }

    /// <summary>Two normals of correlation r against two without: the divergence is their mutual information.</summary>
    [Fact]
    public void Estimates_hit_the_information_of_correlated_normals_within_their_errors()
    {
        Random random = new(20200309);
        const int N = 100_000;
        foreach (double r in new[] { 0.1, 0.4, -0.6 })
        {
            double[] l = [.. Enumerable.Range(0, N).Select(_ =>
            {
                double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), angle = 2 * Math.PI * random.NextDouble();
                double x = radius * Math.Cos(angle), y = (r * x) + (Math.Sqrt(1 - (r * r)) * radius * Math.Sin(angle));
                return (-0.5 * Math.Log(1 - (r * r))) + (((2 * r * x * y) - (r * r * ((x * x) + (y * y)))) / (2 * (1 - (r * r))));
            })];
            double truth = -0.5 * Math.Log(1 - (r * r));
            foreach (Estimator k in new[] { All[0], All[2] })
            {
                Estimate estimate = k.Of(l);
                TestContext.Current.TestOutputHelper?.WriteLine($"r = {r}: {k.Name} {estimate.Value:F6} +- {estimate.StandardError:F6} for {truth:F6}");
                Assert.True(Math.Abs(estimate.Value - truth) <= 5 * estimate.StandardError, $"{k.Name} at {r}: {estimate} for {truth}");
            }
        }
    }

    /// <summary>One token from each of many policies: the mean of their divergences.</summary>
    [Fact]
    public void Estimates_hit_the_mean_divergence_of_categoricals_within_their_errors()
    {
        Random random = new(20200310);
        const int Rows = 50_000, Columns = 5;
        double[] a = [.. Enumerable.Range(0, Rows * Columns).Select(_ => 3 * random.NextDouble())];
        double[] b = [.. a.Select(x => x + random.NextDouble())], p = new double[Rows * Columns];
        Logits.SoftmaxRows(a, Columns, p);
        int[] samples = [.. Enumerable.Range(0, Rows).Select(row =>
        {
            double u = random.NextDouble();
            int s = 0;
            while (s < Columns - 1 && u >= p[(row * Columns) + s])
                u -= p[(row * Columns) + s++];
            return s;
        })];
        double truth = Logits.MeanKullbackLeibler(a, b, Columns);
        foreach (Estimator k in new[] { All[0], All[2] })
        {
            Estimate estimate = k.FromLogits(samples, a, b, Columns, default, default);
            TestContext.Current.TestOutputHelper?.WriteLine($"{k.Name} {estimate.Value:F6} +- {estimate.StandardError:F6} for {truth:F6}");
            Assert.True(Math.Abs(estimate.Value - truth) <= 5 * estimate.StandardError, $"{k.Name}: {estimate} for {truth}");
        }
    }

    /// <summary>Samples of rate 1 where the policy has moved on to another rate, and the reference is at 1.5.</summary>
    [Fact]
    public void Weights_make_stale_samples_estimate_the_policy_that_has_moved_on()
    {
        Random random = new(20200308);
        const int N = 100_000;
        double[] x = [.. Enumerable.Range(0, N).Select(_ => -Math.Log(1 - random.NextDouble()))];
        foreach (double rate in new[] { 0.9, 1.0, 1.2, 1.4 })
        {
            double[] weights = [.. x.Select(y => Math.Log(rate) - (rate - 1) * y)];
            double[] l = [.. x.Select(y => Math.Log(rate / 1.5) + (1.5 - rate) * y)];
            double truth = Math.Log(rate / 1.5) + 1.5 / rate - 1, size = MonteCarlo.EffectiveSampleSize(weights);
            TestContext.Current.TestOutputHelper?.WriteLine($"rate {rate}: divergence {truth:F6}, effective sample size {size:F0} of {N}");
            Assert.InRange(size, 0.5 * N, N * (1 + 1e-12));
            foreach (Estimator k in new[] { All[0], All[2] })
            {
                foreach (Estimate estimate in new[] { k.Importance(l, weights), k.SelfNormalised(l, weights) })
                {
                    TestContext.Current.TestOutputHelper?.WriteLine($"  {k.Name} {estimate.Value:F6} +- {estimate.StandardError:F6}");
                    Assert.True(Math.Abs(estimate.Value - truth) <= 5 * estimate.StandardError, $"{k.Name} at {rate}: {estimate}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Equal_weights_are_none(int estimator) => Laws.Hold(Samples, l =>
    {
        Estimator k = All[estimator];
        double[] none = new double[l.Length], shifted = [.. l.Select(_ => -3.25)];
        Estimate plain = k.Of(l), weighted = k.Importance(l, none), normalised = k.SelfNormalised(l, shifted);
        return plain == weighted && plain == normalised && MonteCarlo.EffectiveSampleSize(shifted) == l.Length;
    });

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Weights_count_as_repetitions(int estimator)
    {
        Estimator k = All[estimator];
        double value = k.SelfNormalised([0.5, -0.25], [Math.Log(3), 0]).Value;
        Assert.Equal(k.Of([0.5, 0.5, 0.5, -0.25]).Value, value, 1e-16);
        Assert.Equal(1.6, MonteCarlo.EffectiveSampleSize([Math.Log(3), 0]), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Weights_of_zero_mask_samples_whatever_they_hold(int estimator)
    {
        Estimator k = All[estimator];
        double minus = double.NegativeInfinity;
        Estimate kept = k.Of([0.5, -0.25, 1.5]), masked = k.SelfNormalised([0.5, NaN, -0.25, minus, 1.5, Inf], [0, minus, 0, minus, 0,
            minus]);
        Assert.Equal(kept.Value, masked.Value, 1e-15);
        Assert.Equal(kept.StandardError, masked.StandardError, 1e-15);
    }

    [Fact]
    public void K2_and_k3_are_never_negative_and_zero_only_at_equals() => Laws.Hold(Samples, l =>
        MonteCarlo.K2(l).Value >= 0 && MonteCarlo.K3(l).Value >= 0 && MonteCarlo.K3(l).StandardError >= 0
        && (MonteCarlo.K3(l).Value == 0) == l.All(x => x == 0));

    [Fact]
    public void Near_equals_k3_keeps_its_digits()
    {
        Assert.Equal(0.5e-20, MonteCarlo.K3([1e-10, -1e-10]).Value, 1e-33);
        Assert.Equal(0.5e-20, MonteCarlo.K3([-1.0, -2.0], [-1.0 - 1e-10, -2.0 + 1e-10]).Value, 1e-26);
    }

    /// <summary>The slopes by finite differences; of the importance-weighted estimate, log p moves the weight and the log-ratio
    /// together.</summary>
    [Theory]
    [MemberData(nameof(Estimators))]
    public void Slopes_are_derivatives(int estimator)
    {
        Estimator k = All[estimator];
        double[] l = [0.7, -0.4, 1.3], w = [0.2, -0.9, 0.1], slopes = new double[3];
        const double H = 1e-6;
        k.Gradient(l, slopes);
        for (int i = 0; i < 3; i++)
            Assert.Equal((k.Of(Moved(l, i, H)).Value - k.Of(Moved(l, i, -H)).Value) / (2 * H), slopes[i], 1e-9);
        k.ImportanceGradient(l, w, slopes);
        for (int i = 0; i < 3; i++)
        {
            double up = k.Importance(Moved(l, i, H), Moved(w, i, H)).Value, down = k.Importance(Moved(l, i, -H), Moved(w, i, -H)).Value;
            Assert.Equal((up - down) / (2 * H), slopes[i], 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Gradients_from_logits_are_derivatives(int estimator)
    {
        Estimator k = All[estimator];
        double[] a = [.. P, .. B], b = [.. Q, .. P], byP = new double[8], byQ = new double[8];
        k.FromLogits([2, 1], a, b, 4, byP, byQ, default, 1.5, LogBase.Bits);
        const double H = 1e-6;
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal((Value(Moved(a, i, H), b) - Value(Moved(a, i, -H), b)) / (2 * H), byP[i], 1e-9);
            Assert.Equal((Value(a, Moved(b, i, H)) - Value(a, Moved(b, i, -H))) / (2 * H), byQ[i], 1e-9);
        }

        double Value(double[] first, double[] second) =>
            k.FromLogits([2, 1], first, second, 4, default, default, default, 1.5, LogBase.Bits).Value;
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Rows_of_logits_give_what_their_log_ratios_give(int estimator)
    {
        Estimator k = All[estimator];
        double[] a = [.. P, .. B, .. Q], b = [.. Q, .. P, .. P], log0 = new double[12], log1 = new double[12];
        Logits.LogSoftmaxRows(a, 4, log0, 2);
        Logits.LogSoftmaxRows(b, 4, log1, 2);
        Estimate expected = k.Of([log0[2] - log1[2], log0[8] - log1[8]], LogBase.Bits);
        Estimate actual = k.FromLogits([2, -100, 0], a, b, 4, default, default, [true, false, true], 2, LogBase.Bits);
        Assert.Equal(expected.Value, actual.Value, 1e-14);
        Assert.Equal(expected.StandardError, actual.StandardError, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Rows_that_are_not_kept_are_not_looked_at(int estimator)
    {
        Estimator k = All[estimator];
        double[] byP = [.. Enumerable.Repeat(7.0, 8)], byQ = [.. Enumerable.Repeat(7.0, 8)], alone = new double[4];
        Estimate kept = k.FromLogits([2, -100], [.. P, NaN, Inf, NaN, Inf], [.. Q, NaN, NaN, Inf, NaN], 4, byP, byQ, [true, false]);
        Estimate single = k.FromLogits([2], P, Q, 4, alone, default);
        Assert.Equal(single.Value, kept.Value);
        Assert.Equal(alone, byP[..4]);
        Assert.Equal([0, 0, 0, 0], byP[4..]);
        Assert.Equal([0, 0, 0, 0], byQ[4..]);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Where_no_row_counts_there_is_no_mean_and_nothing_moves(int estimator)
    {
        double[] byP = [1, 1, 1, 1];
        Estimate nothing = new(NaN, NaN);
        Assert.Equal(nothing, All[estimator].FromLogits([0], P, Q, 4, byP, default, [false]));
        Assert.Equal([0, 0, 0, 0], byP);
        Assert.Equal(nothing, All[estimator].FromLogits([], [], [], 4, default, default));
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void A_sample_that_the_reference_excludes_is_infinitely_far_and_has_no_gradient(int estimator)
    {
        Estimator k = All[estimator];
        double[] slopes = new double[2];
        Estimate infinite = new(Inf, Inf);
        Assert.Equal(infinite, k.Of([0.5, Inf]));
        Assert.Equal(infinite, k.Gradient([0.5, Inf], slopes));
        Assert.Equal([NaN, NaN], slopes);
        Assert.Equal(infinite, k.Importance([0.5, Inf], [0, -2000]));
        Assert.Equal(infinite, k.SelfNormalised([0.5, Inf], [0, -2000]));
        Assert.Equal(infinite, k.FromLogits([1, 0], [0, 1, 0, 1], [0, double.NegativeInfinity, 0, 0], 2, default, default));
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void A_sample_of_weight_zero_counts_as_one_and_contributes_nothing(int estimator)
    {
        Estimator k = All[estimator];
        double half = k.Of([0.5]).Value;
        double[] slopes = new double[2];
        Assert.Equal(half / 2, k.Importance([0.5, double.NegativeInfinity], [0, double.NegativeInfinity]).Value, 1e-16);
        Assert.Equal(half, k.SelfNormalised([0.5, Inf], [0, double.NegativeInfinity]).Value, 1e-16);
        k.ImportanceGradient([0.5, Inf], [0, double.NegativeInfinity], slopes);
        Assert.Equal(0, slopes[1]);
        Assert.Equal(0, k.Importance([0.5], [double.NegativeInfinity]).Value);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void One_sample_does_not_tell_the_error(int estimator)
    {
        Estimator k = All[estimator];
        Assert.Equal(NaN, k.Of([0.5]).StandardError);
        Assert.Equal(NaN, k.SelfNormalised([0.5, 1], [0, -2000]).StandardError);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void NaN_makes_all_unknown(int estimator)
    {
        Estimator k = All[estimator];
        Estimate unknown = new(NaN, NaN);
        double[] slopes = new double[2];
        Assert.Equal(unknown, k.Of([NaN, Inf]));
        Assert.Equal(unknown, k.Importance([0, 1], [NaN, 0]));
        Assert.Equal(unknown, k.SelfNormalised([0, 1], [NaN, 0]));
        Assert.Equal(unknown, k.FromLogits([0], [NaN, 1], [0, 1], 2, slopes, default));
        Assert.Equal([NaN, NaN], slopes);
    }

    [Theory]
    [MemberData(nameof(Estimators))]
    public void The_unit_divides_value_error_and_slopes(int estimator)
    {
        Estimator k = All[estimator];
        double[] nats = new double[2], bits = new double[2];
        Estimate inNats = k.Gradient([0.5, 2], nats), inBits = k.Gradient([0.5, 2], bits, LogBase.Bits);
        Assert.Equal(inNats.Value / Math.Log(2), inBits.Value, 1e-15);
        Assert.Equal(inNats.StandardError / Math.Log(2), inBits.StandardError, 1e-15);
        Assert.Equal(nats[1] / Math.Log(2), bits[1], 1e-15);
    }

    [Fact]
    public void Floats_count_as_the_doubles_they_equal()
    {
        float[] l = [0.3f, -1.7f, 2.2f], w = [0.1f, 0.2f, -0.4f], narrow = new float[3], a = [0.4f, -1.1f, 0.9f, 0.2f];
        double[] wideL = [.. l.Select(x => (double)x)], wideW = [.. w.Select(x => (double)x)], wide = new double[3];
        Assert.Equal(MonteCarlo.K1(wideL), MonteCarlo.K1(l));
        Assert.Equal(MonteCarlo.K2(wideL, wideW), MonteCarlo.K2(l, w));
        Assert.Equal(MonteCarlo.K3Importance(wideL, wideW), MonteCarlo.K3Importance(l, w));
        Assert.Equal(MonteCarlo.K3SelfNormalised(wideL, wideW), MonteCarlo.K3SelfNormalised(l, w));
        Assert.Equal(MonteCarlo.EffectiveSampleSize(wideW), MonteCarlo.EffectiveSampleSize(w));
        Assert.Equal(MonteCarlo.K3Gradient(wideL, wide), MonteCarlo.K3Gradient(l, narrow));
        Assert.Equal(wide.Select(x => (float)x), narrow);
        Assert.Equal(MonteCarlo.K2FromLogits([1], [.. a.Select(x =>
            (double)x)], Q, 4).Value, MonteCarlo.K2FromLogits([1], a, [-0.3f, 0.8f, 0.5f, -1.0f], 4).Value, 1e-7);
    }

    [Fact]
    public void Large_log_ratios_and_weights_stay_in_the_range()
    {
        Assert.Equal(new Estimate(0, double.MaxValue), MonteCarlo.K1([double.MaxValue, -double.MaxValue]));
        Assert.Equal(1e308, MonteCarlo.K1([1e308, 1e308, 1e308]).Value, 1e293);
        Assert.Equal(Inf, MonteCarlo.K2([1e200, 1]).Value);
        Assert.Equal(double.MaxValue, MonteCarlo.K1([double.MaxValue], [-double.MaxValue]).Value);
        Estimate both = MonteCarlo.K1Importance([1, -1], [1e6, 1e6]);
        Assert.Equal(new Estimate(0, Inf), both);
        Assert.Equal(Inf, MonteCarlo.K1Importance([1, -0.5], [1e6, 1e6]).Value);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] l = [.. Enumerable.Range(0, 999).Select(i =>
            0.001 * i)], w = new double[999], slopes = new double[999], a = new double[40], byP = new double[40];
        int[] samples = [1, 2, 3, 4];
        Assert.Equal(0, Allocation.Of(() =>
        {
            MonteCarlo.K1(l);
            MonteCarlo.K3(l, w);
            MonteCarlo.K2SelfNormalised(l, w);
            MonteCarlo.K3ImportanceGradient(l, w, slopes);
            MonteCarlo.EffectiveSampleSize(w);
            MonteCarlo.K3FromLogitsGradient(samples, a, a, 10, byP, default);
        }));
    }

    [Fact]
    public void Errors_name_the_argument_the_index_and_the_remedy()
    {
        double minus = double.NegativeInfinity;
        Refuses("logRatios", "logRatios is empty", () => MonteCarlo.K1([]).Value);
        Refuses("logRatios", "logRatios[1] = -Infinity; it must be finite or +infinity: what was drawn from p", () =>
            MonteCarlo.K3([0, minus]).Value);
        Refuses("logRatios", "or the weight 0", () => MonteCarlo.K3Importance([0, minus], [0, 0]).Value);
        Refuses("logP", "logP[0] = -Infinity; it must be finite", () => MonteCarlo.K2([minus], [0]).Value);
        Refuses("logQ", "logQ[0] = Infinity", () => MonteCarlo.K2([0], [Inf]).Value);
        Refuses("logQ", "logP has 1 elements and logQ has 2", () => MonteCarlo.K2([0], [1, 2]).Value);
        Refuses("logWeights", "logWeights[1] = Infinity", () => MonteCarlo.K1SelfNormalised([0, 0], [0, Inf]).Value);
        Refuses("logWeights", "at least one must be finite", () => MonteCarlo.K1SelfNormalised([0, 0], [minus, minus]).Value);
        Refuses("logWeights", "at least one must be finite", () => MonteCarlo.EffectiveSampleSize([minus]));
        Refuses("gradient", "gradient has 1 elements; it needs 2, or none", () => MonteCarlo.K1Gradient([0, 1], new double[1]).Value);
        Refuses("samples",
            "samples[1] = 4; it must be an index of the 4 logits of its row, from 0 to 3. A row to ignore is left out by kept.",
            () => MonteCarlo.K1FromLogits([0, 4], [.. P, .. P], [.. Q, .. Q], 4).Value);
        Refuses("samples", "samples has 1 elements; it needs 2", () => MonteCarlo.K1FromLogits([0], [.. P, .. P], [.. Q, .. Q], 4).Value);
        Refuses("kept", "kept has 1 elements; it needs 2", () =>
            MonteCarlo.K1FromLogits([0, 0], [.. P, .. P], [.. Q, .. Q], 4, [true]).Value);
        Refuses("pLogits", "In row 1, pLogits[0] = -Infinity, and 0 is the sample; p must not exclude it.", () =>
            MonteCarlo.K1FromLogits([0, 0], [0, 0, minus, 0], [0, 0, 0, 0], 2).Value);
        Refuses("qLogits", "In row 1, qLogits[0] = Infinity", () => MonteCarlo.K1FromLogits([0, 0], [0, 0, 0, 0], [0, 0, Inf, 0], 2).Value);
    }

    private static Gen<double[]> Samples => Gen.Choose(2, 12).SelectMany(n => Gen.ArrayOf(Gen.Choose(-4096, 4096).Select(x =>
        x / 1024.0), n));

    private static double[] Softmax(double[] logits)
    {
        double[] p = new double[logits.Length];
        Logits.Softmax(logits, p);
        return p;
    }

    private static double LogRatio(int s) => Logits.CrossEntropy(s, Q) - Logits.CrossEntropy(s, P);

    private static double[] LogRatios(int n) => [.. Enumerable.Range(0, n).Select(LogRatio)];

    private static double LogWeight(int s, double[] drawn) => Logits.CrossEntropy(s, drawn) - Logits.CrossEntropy(s, P);

    /// <summary>Adds a factor times d log p_s, by the logits of p.</summary>
    private static void AddScore(double[] sum, int s, double factor)
    {
        double[] loss = new double[P.Length];
        Logits.CrossEntropyGradient(s, P, loss);
        for (int i = 0; i < sum.Length; i++)
            sum[i] -= factor * loss[i];
    }

    /// <summary>The gradient of the estimator as a loss, in expectation over its one sample from p.</summary>
    private static double[] ExpectedGradient(Estimator k, bool ofP = true)
    {
        double[] p = Softmax(P), sum = new double[P.Length], one = new double[P.Length];
        for (int s = 0; s < P.Length; s++)
        {
            k.FromLogits([s], P, Q, P.Length, ofP ? one : default, ofP ? default : one);
            for (int i = 0; i < sum.Length; i++)
                sum[i] += p[s] * one[i];
        }

        return sum;
    }

    private static double[] ExpectedReward(Estimator k)
    {
        double[] p = Softmax(P), sum = new double[P.Length];
        for (int s = 0; s < P.Length; s++)
            AddScore(sum, s, p[s] * k.Of([LogRatio(s)]).Value);
        return sum;
    }

    private static double[] Moved(double[] x, int i, double by)
    {
        double[] moved = [.. x];
        moved[i] += by;
        return moved;
    }

    private static double Distance(double[] x, double[] y) => x.Zip(y, (a, b) => Math.Abs(a - b)).Max();

    private static void AssertNear(double[] expected, double[] actual, string name) =>
        Assert.True(Distance(expected, actual) < 1e-15, $"{name}: {string.Join(", ", actual)} for {string.Join(", ", expected)}");
}
