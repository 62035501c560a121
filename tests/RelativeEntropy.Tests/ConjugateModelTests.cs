using FsCheck;
using FsCheck.Fluent;
using RelativeEntropy.Numerics;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Conjugate models: evidence = bound + gap for every approximation, and what follows.</summary>
public class ConjugateModelTests
{
    private const double Slack = 1e-12;

    [Fact]
    public void Evidence_is_bound_plus_gap_of_a_coin() => Laws.Hold(Gen.Two(Gen.Two(Gen.Two(Parameter))), x =>
    {
        BetaBernoulli model = new(x.Item1.Item1.Item1, x.Item1.Item1.Item2), q = new(x.Item1.Item2.Item1, x.Item1.Item2.Item2);
        (double s, double f) = (Math.Floor(x.Item2.Item1.Item1), Math.Floor(x.Item2.Item1.Item2));
        BetaBernoulli posterior = model.Posterior(s, f), near = new(posterior.Alpha * (1 + 1e-9), posterior.Beta * (1 - 1e-9));
        return Identity(model.LogEvidence(s, f), model.Bound(q, s, f), model.Gap(q, s, f), Scale(s + f, q.Alpha, q.Beta))
            && Identity(model.LogEvidence(s, f), model.Bound(near, s, f), model.Gap(near, s, f), Scale(s + f, near.Alpha, near.Beta))
            && model.Gap(posterior, s, f) == 0 && model.Gap(near, s, f) > 0;
    });

    [Fact]
    public void Evidence_is_bound_plus_gap_of_a_die() => Laws.Hold(Dice, x =>
    {
        DirichletCategorical model = new(x.Prior), q = new(x.Q), posterior = model.Posterior(x.Counts), near = new([.. posterior.Concentration.ToArray().Select((a, i) => a * (1 + (i % 3 - 1) * 1e-9))]);
        double scale = Scale(x.Counts.Sum(), x.Q) * x.Q.Length;
        return Identity(model.LogEvidence(x.Counts), model.Bound(q, x.Counts), model.Gap(q, x.Counts), scale)
            && Identity(model.LogEvidence(x.Counts), model.Bound(near, x.Counts), model.Gap(near, x.Counts), scale + Scale(x.Counts.Sum(), [.. near.Concentration]) * x.Q.Length)
            && model.Gap(posterior, x.Counts) == 0;
    });

    [Fact]
    public void Evidence_is_bound_plus_gap_of_counts() => Laws.Hold(Gen.Zip(Gen.Two(Gen.Two(Parameter)), Counts), x =>
    {
        GammaPoisson model = new(x.Item1.Item1.Item1, x.Item1.Item1.Item2), q = new(x.Item1.Item2.Item1, x.Item1.Item2.Item2);
        int[] counts = x.Item2;
        GammaPoisson posterior = model.Posterior(counts), near = new(posterior.Shape * (1 - 1e-9), posterior.Rate * (1 + 1e-9));
        double data = counts.Sum(c => c * (1 + Math.Log(1 + c))) + counts.Length;
        return Identity(model.LogEvidence(counts), model.Bound(q, counts), model.Gap(q, counts), Scale(data, q.Shape, q.Rate) + counts.Length * q.Shape / q.Rate)
            && Identity(model.LogEvidence(counts), model.Bound(near, counts), model.Gap(near, counts), Scale(data, near.Shape, near.Rate) + counts.Length * near.Shape / near.Rate)
            && model.Gap(posterior, counts) == 0;
    });

    [Fact]
    public void Evidence_is_bound_plus_gap_of_measurements() => Laws.Hold(Gen.Zip(Gen.Two(Gen.Two(Parameter)), Observations), x =>
    {
        double[] data = x.Item2;
        double noise = x.Item1.Item2.Item1;
        NormalNormal model = new(x.Item1.Item1.Item1, x.Item1.Item1.Item2, noise), q = new(1.5, x.Item1.Item2.Item2, noise), posterior = model.Posterior(data);
        NormalNormal near = new(posterior.Mean + 1e-9 * posterior.StandardDeviation, posterior.StandardDeviation * (1 - 1e-9), noise);
        return Identity(model.LogEvidence(data), model.Bound(q, data), model.Gap(q, data), data.Length)
            && Identity(model.LogEvidence(data), model.Bound(near, data), model.Gap(near, data), data.Length) && model.Gap(posterior, data) == 0;
    });

    [Fact]
    public void Evidence_is_bound_plus_gap_of_measurements_of_unknown_accuracy() => Laws.Hold(Gen.Zip(Gen.Two(Gen.Two(Parameter)), Observations), x =>
    {
        double[] data = x.Item2;
        NormalGamma model = new(1, x.Item1.Item1.Item1, x.Item1.Item1.Item2, x.Item1.Item2.Item1), q = new(2, 3, x.Item1.Item2.Item2, 1.25), posterior = model.Posterior(data);
        NormalGamma near = new(posterior.Mean, posterior.Count * (1 + 1e-9), posterior.Shape * (1 - 1e-9), posterior.Rate);
        double scale = Scale(data.Length, q.Shape, posterior.Shape) + data.Length * Math.Abs(Math.Log(model.Rate));
        return Identity(model.LogEvidence(data), model.Bound(q, data), model.Gap(q, data), scale)
            && Identity(model.LogEvidence(data), model.Bound(near, data), model.Gap(near, data), scale) && model.Gap(posterior, data) == 0;
    });

    [Fact]
    public void Data_in_two_parts_are_data_at_once()
    {
        BetaBernoulli coin = new(2, 3);
        Assert.Equal(coin.LogEvidence(5, 7), coin.LogEvidence(2, 6) + coin.Posterior(2, 6).LogEvidence(3, 1), 1e-13);
        Assert.Equal(coin.Posterior(5, 7), coin.Posterior(2, 6).Posterior(3, 1));
        DirichletCategorical die = new([1, 2, 0.5]);
        Assert.Equal(die.LogEvidence([3, 2, 1]), die.LogEvidence([1, 2, 0]) + die.Posterior([1, 2, 0]).LogEvidence([2, 0, 1]), 1e-13);
        GammaPoisson counts = new(2, 1);
        Assert.Equal(counts.LogEvidence([3, 2, 1]), counts.LogEvidence([3]) + counts.Posterior([3]).LogEvidence([2, 1]), 1e-13);
        NormalNormal known = new(1, 2, 0.5);
        Assert.Equal(known.LogEvidence([3, 2, 1]), known.LogEvidence([3]) + known.Posterior([3]).LogEvidence([2, 1]), 1e-12);
        NormalGamma unknown = new(1, 2, 1, 0.5);
        Assert.Equal(unknown.LogEvidence([3, 2, 1]), unknown.LogEvidence([3]) + unknown.Posterior([3]).LogEvidence([2, 1]), 1e-12);
    }

    [Fact]
    public void Small_cases_by_hand()
    {
        // A uniform prior makes all numbers of successes equally likely: 2! 1!/4! = 1/12; the first toss is a half.
        Assert.Equal(-Math.Log(12), new BetaBernoulli(1, 1).LogEvidence(2, 1), 1e-15);
        Assert.Equal(-Math.Log(2), new BetaBernoulli(1, 1).LogEvidence(1, 0), 1e-15);
        Assert.Equal(Math.Log(2.0 / 4 * 1 / 5), new DirichletCategorical([2, 1, 1]).LogEvidence([1, 1, 0]), 1e-15);
        Assert.Equal(-Math.Log(8), new GammaPoisson(1, 1).LogEvidence([2]), 1e-15);
        Assert.Equal(-0.5 * Math.Log(4 * Math.PI) - 1, new NormalNormal(1, 1, 1).LogEvidence([3]), 1e-15);
        Assert.Equal(new NormalNormal(2.5, 0.5, 1), new NormalNormal(1, 1, 1).Posterior([2, 3, 4]));
        Assert.Equal(new NormalGamma(2, 2, 1.5, 2), new NormalGamma(1, 1, 1, 1).Posterior([3]));

        // Student's t with 2 degrees of freedom at 1: (2 sqrt 2)^-1 (1 + 1/2)^(-3/2), and the scale sqrt 2.
        Assert.Equal(Math.Log(1 / (2 * Math.Sqrt(2)) / Math.Pow(1.5, 1.5) / Math.Sqrt(2)), new NormalGamma(0, 1, 1, 1).LogEvidence([Math.Sqrt(2)]), 1e-15);
    }

    [Fact]
    public void No_data_is_evidence_one_and_changes_nothing()
    {
        Assert.Equal(0, new BetaBernoulli(2, 3).LogEvidence(0, 0));
        Assert.Equal(0, new DirichletCategorical([2, 3]).LogEvidence([0, 0]));
        Assert.Equal(0, new GammaPoisson(2, 3).LogEvidence([]));
        Assert.Equal(0, new NormalNormal(1, 2, 3).LogEvidence([]));
        Assert.Equal(0, new NormalGamma(1, 2, 3, 4).LogEvidence([]));
        Assert.Equal(new GammaPoisson(2, 3), new GammaPoisson(2, 3).Posterior([]));
        Assert.Equal(new NormalNormal(1, 2, 3), new NormalNormal(1, 2, 3).Posterior([]));
        Assert.Equal(new NormalGamma(1, 2, 3, 4), new NormalGamma(1, 2, 3, 4).Posterior([]));
    }

    [Fact]
    public void A_NaN_is_unknown()
    {
        const double NaN = double.NaN;
        Assert.Equal(NaN, new BetaBernoulli(NaN, 3).LogEvidence(1, 2));
        Assert.Equal(NaN, new BetaBernoulli(2, 3).LogEvidence(NaN, 2));
        Assert.Equal(NaN, new BetaBernoulli(2, 3).Gap(new(NaN, 1), 1, 2));
        Assert.Equal(NaN, new BetaBernoulli(2, 3).Bound(new(20, NaN), 1, 2));
        Assert.Equal(NaN, new DirichletCategorical([1, NaN]).LogEvidence([1, 2]));
        Assert.Equal(NaN, new DirichletCategorical([1, 2]).Gap(new([1, 2]), [NaN, 2]));
        Assert.Equal(NaN, new GammaPoisson(NaN, 1).LogEvidence([1]));
        Assert.Equal(NaN, new GammaPoisson(1, 1).Gap(new(1, NaN), [1]));
        Assert.Equal(NaN, new NormalNormal(NaN, 1, 1).Bound(new(0, 1, 1), [1]));
        Assert.Equal(NaN, new NormalNormal(0, 1, 1).Gap(new(0, 1, 1), [NaN]));
        Assert.Equal(NaN, new NormalGamma(0, 1, 1, 1).LogEvidence([NaN, 1]));
        Assert.Equal(NaN, new NormalGamma(0, NaN, 1, 1).Gap(new(0, 1, 1, 1), [1]));
    }

    [Fact]
    public void A_refusal_names_the_argument_and_the_value()
    {
        Refuses("alpha", "alpha = 0; it must be positive and finite.", () => new BetaBernoulli(0, 1).LogEvidence(1, 1));
        Refuses("failures", "failures = -1; it must be finite and at least 0.", () => new BetaBernoulli(1, 1).LogEvidence(0, -1));
        Refuses("concentration", "concentration[1] = -1; every element must be positive and finite.", () => new DirichletCategorical([1, -1]).LogEvidence([1, 1]));
        Refuses("concentration", "concentration is empty", () => new DirichletCategorical([]).LogEvidence([]));
        Refuses("counts", "counts has 1 elements; the model has 2 outcomes.", () => new DirichletCategorical([1, 1]).LogEvidence([1]));
        Refuses("q", "q has 3 outcomes and the model 2", () => new DirichletCategorical([1, 1]).Gap(new([1, 1, 1]), [1, 1]));
        Refuses("counts", "counts[1] = -3 is negative", () => new GammaPoisson(1, 1).Posterior([2, -3]));
        Refuses("q", "q has noise 2 and the model 1", () => new NormalNormal(0, 1, 1).Gap(new(0, 1, 2), [1]));
        Refuses("observations", "observations[0] = Infinity", () => new NormalGamma(0, 1, 1, 1).LogEvidence([double.PositiveInfinity]));
        Assert.Throws<ArgumentNullException>(() => new GammaPoisson(1, 1).Bound(null!, [1]));
    }

    [Fact]
    public void Divergences_are_not_negative_and_zero_only_between_equals() => Laws.Hold(Gen.Two(Gen.Two(Parameter)), x =>
    {
        (double a, double b, double c, double d) = (x.Item1.Item1, x.Item1.Item2, x.Item2.Item1, x.Item2.Item2);
        double next = Math.BitIncrement(a);
        return GammaFamily.Beta(a, b, c, d) >= 0 && GammaFamily.Gamma(a, b, c, d) >= 0 && GammaFunction.Remainder(a, b, a - b) >= 0
            && GammaFamily.Beta(a, b, a, b) == 0 && GammaFamily.Gamma(a, b, a, b) == 0
            && GammaFamily.Beta(a, b, next, b) > 0 && GammaFamily.Gamma(a, b, next, b) > 0 && GammaFamily.Gamma(b, a, b, next) > 0
            && GammaFamily.Beta(a, b, c, d) == GammaFamily.Beta(b, a, d, c)
            && Math.Abs(GammaFamily.Dirichlet([a, b], [c, d]) - GammaFamily.Beta(a, b, c, d)) <= 1e-13 * GammaFamily.Beta(a, b, c, d);
    });

    [Fact]
    public void Extreme_parameters_are_not_unknown()
    {
        double[] sizes = [double.Epsilon, 1e-300, 1e-150, 1e-20, 1, 20, 1e20, 1e150, 1e300, double.MaxValue];
        var cases =
            from a in sizes
            from b in sizes
            from c in sizes
            from d in sizes
            select (a, b, c, d);
        Assert.All(cases, x =>
        {
            Assert.True(GammaFamily.Beta(x.a, x.b, x.c, x.d) >= 0);
            Assert.True(GammaFamily.Gamma(x.a, x.b, x.c, x.d) >= 0);
            Assert.True(GammaFamily.Dirichlet([x.a, x.b, 1], [x.c, x.d, 1]) >= 0);
            Assert.True(GammaFamily.NormalGamma(0, x.a, x.b, 1, 1, x.c, x.d, 1) >= 0);
        });
    }

    [Fact]
    public void A_divergence_of_Dirichlets_does_not_see_the_order_of_the_outcomes() => Laws.Hold(Dice, x =>
    {
        double divergence = GammaFamily.Dirichlet(x.Prior, x.Q);
        return Math.Abs(divergence - GammaFamily.Dirichlet([.. x.Prior.Reverse()], [.. x.Q.Reverse()])) <= 1e-13 * divergence;
    });

    private static bool Identity(double evidence, double bound, double gap, double scale) =>
        gap >= 0 && Math.Abs(evidence - bound - gap) <= Slack * (Math.Abs(evidence) + Math.Abs(bound) + gap + scale);

    /// <summary>The size of the terms count times psi.</summary>
    private static double Scale(double count, params double[] parameters) => count * (10 + parameters.Max(x => Math.Abs(Math.Log(x)) + 1 / x));

    /// <summary>From 2^-10 to 2^10, evenly in the logarithm.</summary>
    private static Gen<double> Parameter => Gen.Choose(-1000, 1000).Select(x => Math.Pow(2, x / 100.0));

    private static Gen<int[]> Counts => Gen.Choose(0, 8).SelectMany(n => Gen.ArrayOf(Gen.Choose(0, 40), n));

    private static Gen<double[]> Observations => Gen.Choose(0, 8).SelectMany(n => Gen.ArrayOf(Gen.Choose(-4096, 4096).Select(x => x / 256.0), n));

    private static Gen<(double[] Prior, double[] Q, double[] Counts)> Dice =>
        from n in Gen.Choose(1, 8)
        from parameters in Gen.Two(Gen.ArrayOf(Parameter, n))
        from counts in Gen.ArrayOf(Gen.Choose(0, 20).Select(x => (double)x), n)
        select (parameters.Item1, parameters.Item2, counts);
}
