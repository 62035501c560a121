using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>The theory of f-divergences on random cases, for every generator; then edges and refusals.</summary>
public class FDivergenceTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    /// <summary>What results right to 1e-13 may differ by.</summary>
    private const double Slack = 2e-13;

    private static readonly double[] Half = [0.5, 0.5];
    private static readonly double[] P = Generated.Masses(seed: 91, n: 999, delta: 0, normalised: true).P;
    private static readonly double[] Q = Generated.Masses(seed: 91, n: 999, delta: 0, normalised: true).Q;
    private static readonly double[] Destination = new double[999];

    public static TheoryData<string> Names => [.. Generators.All.Append(Generators.Own).Select(f => f.Name)];

    private static Generator Named(string name) => Generators.All.Append(Generators.Own).First(f => f.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Fenchel_Young_the_value_and_the_conjugate_exceed_the_product_and_meet_it_at_the_slope(string name) => Laws.Hold(Gen.Two(Ratio), two =>
    {
        Generator f = Named(name);
        (double u, double v) = two;
        double t = f.Derivative(v), scale = Math.Abs(f.Value(v)) + Math.Abs(f.Conjugate(t)) + Math.Abs(v * t);
        return f.Value(u) + f.Conjugate(t) >= u * t - Slack * (Math.Abs(f.Value(u)) + scale + Math.Abs(u * t))
            && Math.Abs(f.Value(v) + f.Conjugate(t) - v * t) <= Slack * scale;
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_of_the_conjugate_is_the_inverse_of_the_derivative_and_the_biconjugate_is_the_generator(string name) => Laws.Hold(Ratio, u =>
    {
        Generator f = Named(name);
        double t = f.Derivative(u);
        if (f == Generator.TotalVariation)
            return f.Conjugate(t) == Math.Clamp(t, -0.5, 0.5);
        double back = f.ConjugateDerivative(t), value = f.Derivative(back) * u - f.Conjugate(t);
        return Math.Abs(f.Derivative(back) - t) <= 1e-13 * (1 + Math.Abs(t)) * (1 + Math.Abs(Math.Log(u))) && Math.Abs(value - f.Value(u)) <= 1e-8 * (1 + Math.Abs(u * t) + Math.Abs(f.Value(u)));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_are_the_limits_of_differences(string name) => Laws.Hold(Ratio, u =>
    {
        Generator f = Named(name);
        double step = u * 1e-5, difference = (f.Value(u + step) - f.Value(u - step)) / (2 * step);
        double t = f.Derivative(u);
        return f == Generator.TotalVariation
            || Math.Abs(difference - t) <= 1e-6 * (1 + Math.Abs(t) + (Math.Abs(f.Value(u)) + Math.Abs(f.SlopeAtOne * u)) / u);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_curvature_at_one_is_that_of_the_value(string name)
    {
        Generator f = Named(name);
        const double Step = 1e-4;
        double curvature = (f.Centred.Value(1 + Step) + f.Centred.Value(1 - Step)) / (Step * Step);
        if (double.IsInfinity(f.CurvatureAtOne))
            Assert.True(curvature > 1e3);
        else
            Assert.Equal(f.CurvatureAtOne, curvature, 1e-6 * f.CurvatureAtOne);
        Assert.Equal(0, f.Value(1));
        Assert.Equal(f.SlopeAtOne, f.Derivative(1));
        Assert.Equal(0, f.Centred.Derivative(1));
        Assert.Equal(0, f.Centred.Conjugate(0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_centred_generator_is_nowhere_negative_and_differs_by_its_tangent(string name) => Laws.Hold(Ratio, u =>
    {
        Generator f = Named(name);
        double centred = f.Centred.Value(u), tangent = f.SlopeAtOne * (u - 1);
        return centred >= 0 && Math.Abs(centred - (f.Value(u) - tangent)) <= Slack * (1 + Math.Abs(f.Value(u)) + Math.Abs(tangent));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_dual_exchanges_the_distributions_and_the_dual_of_the_dual_is_the_generator(string name) => Laws.Hold(Gen.Zip(Ratio, Laws.Distributions), x =>
    {
        Generator f = Named(name), dual = f.Dual;
        (double u, (double[] p, double[] q)) = x;
        double scale = 1 + Math.Abs(u * f.Value(1 / u)) + Math.Abs(f.SlopeAtOne) * (1 + u);
        return dual.Dual == f
            && Math.Abs(dual.Value(u) - u * f.Value(1 / u)) <= Slack * scale
            && Math.Abs(dual.Derivative(u) - (f.Value(1 / u) - f.Derivative(1 / u) / u)) <= 1e-12 * (scale + Math.Abs(f.Derivative(1 / u) / u)) * (1 + 1 / u)
            && Near(FDivergence.Of(dual, p, q), FDivergence.Of(f, q, p))
            && dual.ValueAtZero == f.SlopeAtInfinity && dual.SlopeAtInfinity == f.ValueAtZero;
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_symmetrised_divergence_is_the_mean_of_both_directions(string name) => Laws.Hold(Laws.Distributions, pair =>
    {
        Generator f = Named(name), symmetrised = f.Symmetrised;
        double forth = FDivergence.Of(f, pair.P, pair.Q), back = FDivergence.Of(f, pair.Q, pair.P);
        return Near(FDivergence.Of(symmetrised, pair.P, pair.Q), (forth + back) / 2)
            && Math.Abs(symmetrised.Derivative(1)) <= 1e-15;
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_divergence_is_never_negative_and_zero_between_equals(string name) => Laws.Hold(Laws.Distributions, pair =>
        FDivergence.Of(Named(name), pair.P, pair.Q) >= 0 && FDivergence.Of(Named(name), pair.Q, pair.Q) == 0);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_divergence_is_at_most_that_of_distributions_with_nothing_in_common(string name) => Laws.Hold(Laws.Distributions, pair =>
        FDivergence.Of(Named(name), pair.P, pair.Q) <= (Named(name).ValueAtZero + Named(name).SlopeAtInfinity) * (1 + Slack));

    [Theory]
    [MemberData(nameof(Names))]
    public void Data_processing_merging_outcomes_never_increases_a_divergence(string name) => Laws.Hold(Laws.Distributions, pair =>
    {
        double[] p = Merged(pair.P), q = Merged(pair.Q);
        return FDivergence.Of(Named(name), p, q) <= FDivergence.Of(Named(name), pair.P, pair.Q) * (1 + 1e-12) + 1e-15;

        static double[] Merged(double[] x) => [.. x.Chunk(2).Select(Enumerable.Sum)];
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Joint_convexity_the_divergence_of_midpoints_is_at_most_the_midpoint_of_divergences(string name) => Laws.Hold(TwoPairs, x =>
    {
        double[] middleP = [.. x.P.Zip(x.R, (a, b) => (a + b) / 2)], middleQ = [.. x.Q.Zip(x.S, (a, b) => (a + b) / 2)];
        double mean = (FDivergence.Of(Named(name), x.P, x.Q) + FDivergence.Of(Named(name), x.R, x.S)) / 2;
        return FDivergence.Of(Named(name), middleP, middleQ) <= mean * (1 + 1e-12) + 1e-15;
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_lower_bound_is_below_the_divergence_and_meets_it_at_the_optimal_critic(string name) => Laws.Hold(Counts, x =>
    {
        Generator f = Named(name);
        double[] p = Laws.Normalised(x.P), q = Laws.Normalised(x.Q), best = new double[p.Length];
        double divergence = FDivergence.Of(f, p, q);
        FDivergence.OptimalCritic(f, p, q, best);
        double[] atP = Repeated(best, x.P), atQ = Repeated(best, x.Q);
        double scale = atP.Average(Math.Abs) + atQ.Average(t => Math.Abs(f.Conjugate(t))) + divergence;
        double[] other = [.. best.Select((t, i) => t + 0.125 * x.Shift[i])];
        return Math.Abs(FDivergence.LowerBound(f, atP, atQ) - divergence) <= 1e-11 * (1 + scale)
            && FDivergence.LowerBound(f, Repeated(other, x.P), Repeated(other, x.Q)) <= divergence + 1e-11 * (1 + scale);

        static double[] Repeated(double[] critic, double[] counts) => [.. critic.SelectMany((t, i) => Enumerable.Repeat(t, (int)counts[i]))];
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void The_mean_over_samples_of_q_is_the_divergence_where_they_are_all_of_q(string name) => Laws.Hold(Counts, x =>
    {
        double[] p = Laws.Normalised(x.P), q = Laws.Normalised(x.Q);
        double[] logRatios = [.. p.SelectMany((pi, i) => Enumerable.Repeat(Terms.LogRatio(pi, q[i]), (int)x.Q[i]))];
        double divergence = FDivergence.Of(Named(name), p, q);
        return Math.Abs(FDivergence.OfLogRatios(Named(name).Centred, logRatios) - divergence) <= 1e-12 * divergence
            && Math.Abs(FDivergence.OfLogRatios(Named(name), logRatios) - divergence) <= 1e-12 * (4 + 4 * divergence);
    });

    [Fact]
    public void The_named_generators_give_the_named_divergences() => Laws.Hold(Laws.Distributions, pair =>
    {
        double l1 = pair.P.Zip(pair.Q, (x, y) => Math.Abs(x - y)).Sum(), coefficient = pair.P.Zip(pair.Q, (x, y) => Math.Sqrt(x * y)).Sum();
        double kl = Divergence.KullbackLeibler(pair.P, pair.Q), back = Divergence.KullbackLeibler(pair.Q, pair.P);
        double[] middle = [.. pair.P.Zip(pair.Q, (x, y) => (x + y) / 2)];
        double js = (Divergence.KullbackLeibler(pair.P, middle) + Divergence.KullbackLeibler(pair.Q, middle)) / 2;
        double ag = (Divergence.KullbackLeibler(middle, pair.P) + Divergence.KullbackLeibler(middle, pair.Q)) / 2;
        return Near(Of(Generator.KullbackLeibler), kl) && Near(Of(Generator.Reverse), back) && Near(Of(Generator.Jeffreys), kl + back)
            && Near(Of(Generator.JensenShannon), js) && Near(Of(Generator.Gan), 2 * js) && Near(Of(Generator.ArithmeticGeometric), ag)
            && Near(Of(Generator.TotalVariation), l1 / 2) && Math.Abs(Of(Generator.SquaredHellinger) - (1 - coefficient)) <= 1e-14
            && Near(Of(Generator.Alpha(-1)), kl) && Near(Of(Generator.Alpha(1)), back) && Near(Of(Generator.Tsallis(1)), kl)
            && Near(Of(Generator.Alpha(0)), 4 * Of(Generator.SquaredHellinger)) && Near(Of(Generator.Alpha(-3)), Of(Generator.PearsonChiSquared) / 2)
            && Near(Of(Generator.Tsallis(2)), Of(Generator.PearsonChiSquared)) && Near(Of(Generator.KullbackLeibler.Symmetrised), (kl + back) / 2);

        double Of(Generator f) => FDivergence.Of(f, pair.P, pair.Q);
    });

    [Fact]
    public void The_inequalities_hold() => Laws.Hold(Laws.Distributions, pair =>
    {
        double kl = Of(Generator.KullbackLeibler), tv = Of(Generator.TotalVariation), hellinger = Math.Min(1, Of(Generator.SquaredHellinger));
        double js = Of(Generator.JensenShannon), triangular = Math.Min(2, Of(Generator.Triangular));
        (double lower, double upper) = Inequalities.HellingerTotalVariation(hellinger);
        (double least, double most) = Inequalities.TriangularJensenShannon(triangular);
        return AtMost(tv, Inequalities.PinskerTotalVariation(kl)) && AtMost(tv, Inequalities.BretagnolleHuberTotalVariation(kl))
            && AtMost(lower, tv) && AtMost(tv, upper) && AtMost(kl, Inequalities.ChiSquaredKullbackLeibler(Of(Generator.PearsonChiSquared)))
            && AtMost(least, js) && AtMost(js, most) && AtMost(Inequalities.HellingerKullbackLeibler(hellinger), kl);

        double Of(Generator f) => FDivergence.Of(f, pair.P, pair.Q);
        static bool AtMost(double x, double y) => x <= y * (1 + 1e-12);
    });

    [Fact]
    public void The_inequalities_are_met_at_their_ends()
    {
        Assert.Equal((1, 1), Inequalities.HellingerTotalVariation(1));
        Assert.Equal((0.5, Math.Log(2)), Inequalities.TriangularJensenShannon(2));
        Assert.Equal(Inf, Inequalities.HellingerKullbackLeibler(1));
        Assert.Equal(0, Inequalities.HellingerKullbackLeibler(0));
        Assert.Equal(1, Inequalities.PinskerTotalVariation(Inf));
        Assert.Equal(1, Inequalities.BretagnolleHuberTotalVariation(Inf));
        Assert.Equal(Inf, Inequalities.ChiSquaredKullbackLeibler(Inf));
        Assert.Equal(NaN, Inequalities.PinskerTotalVariation(NaN));
        Assert.Equal((NaN, NaN), Inequalities.HellingerTotalVariation(NaN));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated(string name)
    {
        Generator f = Named(name);
        Assert.Equal(0, Allocation.Of(Run));

        void Run()
        {
            FDivergence.Of(f, P, Q);
            FDivergence.OptimalCritic(f, P, Q, Destination);
            FDivergence.LowerBound(f, Destination, Destination);
            FDivergence.OfLogRatios(f, Destination);
        }
    }

    [Fact]
    public void A_float_counts_as_the_double_it_equals()
    {
        float[] p = [0.5f, 0.25f, 0.25f], q = [0.125f, 0.375f, 0.5f], narrow = new float[3];
        double[] wideP = [0.5, 0.25, 0.25], wideQ = [0.125, 0.375, 0.5], wide = new double[3];
        foreach (Generator f in Generators.All)
        {
            Assert.Equal(FDivergence.Of(f, wideP, wideQ), FDivergence.Of(f, p, q));
            Assert.Equal(FDivergence.OfLogRatios(f, wideP), FDivergence.OfLogRatios(f, p));
            Assert.Equal(FDivergence.LowerBound(f, wideP, wideQ), FDivergence.LowerBound(f, p, q));
            FDivergence.OptimalCritic(f, wideP, wideQ, wide);
            FDivergence.OptimalCritic(f, p, q, narrow);
            Assert.Equal(wide.Select(x => (float)x), narrow);
        }
    }

    [Fact]
    public void Outcomes_that_one_side_excludes_cost_the_limits()
    {
        foreach (Generator f in Generators.All)
        {
            Assert.Equal(f.ValueAtZero + f.SlopeAtInfinity, FDivergence.Of(f, [1.0, 0.0], [0.0, 1.0]), 1e-15);
            Assert.Equal(0, FDivergence.Of(f, [0, 1.0], [0, 1.0]));
            Assert.Equal(f.ValueAtZero, f.Value(0));
            Assert.Equal(f.SlopeAtInfinity, f.Derivative(Inf));
            Assert.Equal(Inf, f.Value(-0.5));
            Assert.Equal(NaN, f.Value(NaN));
            Assert.Equal(NaN, f.Derivative(NaN));
            Assert.Equal(NaN, f.Derivative(-1));
            Assert.Equal(NaN, f.Conjugate(NaN));
            Assert.Equal(NaN, f.ConjugateDerivative(NaN));
            Assert.False(double.IsNaN(f.Derivative(0)));
            double[] critic = new double[4];
            FDivergence.OptimalCritic(f, [0, 0.5, 0.5, 0], [0.5, 0, 0.5, 0], critic);
            Assert.Equal([f.Derivative(0), f.SlopeAtInfinity, f.SlopeAtOne, f.SlopeAtOne], critic);
        }
    }

    [Fact]
    public void Above_every_slope_the_conjugate_is_infinite_and_below_every_slope_it_is_minus_the_value_at_zero()
    {
        foreach (Generator f in Generators.All.Where(f => double.IsFinite(f.SlopeAtInfinity)))
            Assert.Equal((Inf, Inf), (f.Conjugate(f.SlopeAtInfinity + 0.01), f.ConjugateDerivative(f.SlopeAtInfinity + 0.01)));
        foreach (Generator f in Generators.All.Where(f => double.IsFinite(f.Derivative(0))))
            Assert.Equal((-f.ValueAtZero, 0), (f.Conjugate(f.Derivative(0) - 0.01), f.ConjugateDerivative(f.Derivative(0) - 0.01)));
    }

    [Fact]
    public void A_slope_that_ends_at_zero_keeps_its_digits_on_the_way_there()
    {
        (Generator F, Func<double, double> Slope, Func<double, double> Conjugate)[] generators =
        [
            (Generator.Reverse, u => -1 / u, u => -1 + Math.Log(u)),
            (Generator.Gan, u => -1 / u, u => Math.Log(u) - 2 * Math.Log(2)),
            (Generator.Tsallis(0.5).Dual, u => -1 / Math.Sqrt(u), u => Math.Sqrt(u) - 2),
            (Generator.Tsallis(1).Dual, u => -1 / u, u => -1 + Math.Log(u)),
            (Generator.Tsallis(2).Dual, u => -1 / (u * u), u => 1 - 2 / u),
            (Generator.Create("own reverse", u => -Math.Log(u), u => -1 / u, Inf, 0, 1, t => -1 - Math.Log(-t), t => -1 / t), u => -1 / u, u => -1 + Math.Log(u)),
        ];
        foreach ((Generator f, Func<double, double> slope, Func<double, double> conjugate) in generators)
        {
            foreach (double u in new[] { 1e17, 1e20, 1e100 })
            {
                double t = f.Derivative(u);
                Assert.Equal(1, t / slope(u), 1e-13);
                Assert.Equal(1, f.ConjugateDerivative(t) / u, 1e-11);
                Assert.Equal(1, f.Conjugate(t) / conjugate(u), 1e-13);
            }

            double[] p = [1, 1e-20], q = [1e-20, 1], critic = new double[2];
            FDivergence.OptimalCritic(f, p, q, critic);
            double divergence = FDivergence.Of(f, p, q), bound = p[0] * critic[0] + p[1] * critic[1] - q[0] * f.Conjugate(critic[0]) - q[1] * f.Conjugate(critic[1]);
            Assert.Equal(1, bound / divergence, 1e-12);
            Assert.True(double.IsFinite(FDivergence.LowerBound(f, critic, critic)));
        }
    }

    [Fact]
    public void A_critic_beyond_every_slope_proves_nothing_whatever_it_is_at_p()
    {
        Assert.Equal(double.NegativeInfinity, FDivergence.LowerBound(Generator.KullbackLeibler, [Inf], [Inf]));
        Assert.Equal(double.NegativeInfinity, FDivergence.LowerBound(Generator.Reverse, [double.NegativeInfinity], [double.NegativeInfinity]));
        Assert.Equal(double.NegativeInfinity, FDivergence.LowerBound(Generator.Reverse, [Inf, double.NegativeInfinity], [-1.0]));
        Assert.Equal(NaN, FDivergence.LowerBound(Generator.KullbackLeibler, [Inf, NaN], [Inf]));
        Assert.Equal(NaN, FDivergence.LowerBound(Generator.KullbackLeibler, [Inf], [Inf, NaN]));
    }

    [Fact]
    public void Estimates_from_log_ratios_keep_what_no_ratio_can_hold()
    {
        Assert.Equal(-710, FDivergence.OfLogRatios(Generator.Reverse, [710.0]));
        Assert.Equal(740, FDivergence.OfLogRatios(Generator.Reverse, [-740.0]));
        Assert.Equal(Inf, FDivergence.OfLogRatios(Generator.Reverse.Centred, [710.0]));
        Assert.Equal(1e308, FDivergence.OfLogRatios(Generator.Reverse, [-1e308, -1e308]));
        Assert.Equal(NaN, FDivergence.OfLogRatios(Generator.Reverse, [Inf, double.NegativeInfinity]));
        Assert.Equal((double.NegativeInfinity, double.NegativeInfinity), (Generator.Reverse.Value(Inf), Generator.Gan.Value(Inf)));
        Assert.Equal(-1, Generator.Tsallis(2).Dual.Value(Inf));
    }

    [Fact]
    public void A_users_generator_has_its_limits_where_no_double_holds_the_ratio()
    {
        Generator chi = Generator.Create("chi", u => u * u - 1, u => 2 * u, -1, Inf, 2);
        Assert.Equal(-1, FDivergence.OfLogRatios(chi, [-800.0]));
        Assert.Equal(Inf, FDivergence.OfLogRatios(chi, [800.0]));
        Assert.Equal(1, FDivergence.OfLogRatios(chi.Centred, [-800.0]));
        Assert.Equal(Inf, FDivergence.OfLogRatios(chi.Dual, [-800.0]));
        Assert.Equal(Inf, FDivergence.OfLogRatios(chi.Symmetrised, [800.0]));
        Assert.Equal(double.NegativeInfinity, Generator.Create("own reverse", u => -Math.Log(u), u => -1 / u, Inf, 0, 1).Value(Inf));
    }

    public static TheoryData<string> Users => [.. Generators.Users.Select(two => two.User.Name)];

    [Theory]
    [MemberData(nameof(Users))]
    public void A_users_generator_and_its_dual_are_those_of_the_catalogue_or_the_limits_beyond_the_doubles(string name)
    {
        (Generator user, Generator catalogued) = Generators.Users.Single(two => two.User.Name == name);
        double[] sizes = [0, 1, 700, 708, 709, 709.9, 710, 720, 740, 745, 746, 800, 1e6, Inf];
        foreach (double x in sizes.Concat(sizes.Select(size => -size)))
        {
            Same(user, catalogued, x);
            if (x > 745 && user.ValueAtZero == 0)
                Assert.Equal(NaN, FDivergence.OfLogRatios(user.Dual, [x]));
            else
                Same(user.Dual, catalogued.Dual, x);
        }

        static void Same(Generator f, Generator catalogued, double x)
        {
            double actual = FDivergence.OfLogRatios(f, [x]), expected = FDivergence.OfLogRatios(catalogued, [x]);
            double limit = x < 0 ? f.ValueAtZero : f.SlopeAtInfinity == 0 ? f.Value(Inf) : expected;

            // 2^-1074 e^|x|: the digits of a subnormal ratio.
            double slack = 1e-13 + Math.Exp(Math.Abs(x) - 744.44);
            Assert.True(
                actual == expected || Math.Abs(actual - expected) <= slack * Math.Abs(expected) + 1e-300
                    || Math.Abs(x) > 702 && actual == limit,
                $"{f} at e^{x} is {actual:R}, not {expected:R} nor {limit:R}");
        }
    }

    [Fact]
    public void A_users_dual_at_a_ratio_whose_inverse_is_no_double_is_its_limit() =>
        Assert.Equal(0.5, Generators.Users.Single(two => two.User.Name == "own total variation").User.Dual.Value(1e-310));

    [Theory]
    [MemberData(nameof(Names))]
    public void Extreme_ratios_and_slopes_give_numbers(string name)
    {
        double[] sizes =
            [0, 5e-324, 1e-310, 1e-300, 1e-16, 0.5, 1, Math.BitIncrement(1.0), 700, 709.5, 710, 1e16, 1e300, double.MaxValue, Inf];
        Generator f = Named(name);
        foreach (Generator form in new[] { f, f.Dual, f.Centred, f.Symmetrised })
        {
            foreach (double size in sizes)
            {
                Assert.False(double.IsNaN(form.Value(size)), $"the value of {form} at {size}");
                Assert.False(double.IsNaN(form.Derivative(size)), $"the slope of {form} at {size}");
                foreach (double t in new[] { size, -size })
                {
                    Assert.False(double.IsNaN(form.Conjugate(t)), $"the conjugate of {form} at {t}");
                    Assert.True(form.ConjugateDerivative(t) >= 0, $"the ratio of {form} at {t}");
                    Assert.False(double.IsNaN(FDivergence.OfLogRatios(form, [t])), $"the value of {form} at e^{t}");
                }
            }
        }
    }

    [Fact]
    public void NaN_wins_over_infinity_and_bad_input_over_NaN()
    {
        Assert.Equal(NaN, FDivergence.Of(Generator.KullbackLeibler, [NaN, 1], [0, 1.0]));
        Assert.Equal(NaN, FDivergence.OfLogRatios(Generator.Jeffreys, [NaN, double.NegativeInfinity]));
        Assert.Equal(NaN, FDivergence.LowerBound(Generator.Gan, [NaN], [1.0]));
        Assert.Equal(double.NegativeInfinity, FDivergence.LowerBound(Generator.Gan, [0.0], [1.0]));
        Assert.Throws<ArgumentException>(() => FDivergence.Of(Generator.KullbackLeibler, [NaN, -1], Half));
    }

    [Fact]
    public void A_users_generator_is_a_generator()
    {
        Generator own = Generators.Own;
        Assert.Equal("own", own.ToString());
        double expected = Divergence.KullbackLeibler(Q, P) + FDivergence.Of(Generator.PearsonChiSquared, P, Q);
        Assert.Equal(expected, FDivergence.Of(own, P, Q), 1e-13 * expected);
        Generator given = Generator.Create("chi", u => u * u - 1, u => 2 * u, -1, Inf, 2, t => t < 0 ? 1 : t * t / 4 + 1, t => Math.Max(0, t / 2));
        Assert.Equal(2, given.SlopeAtOne);
        Assert.Equal(Generator.PearsonChiSquared.Conjugate(0.7) + 2, given.Conjugate(2.7), 1e-15);
        Assert.Equal(1.35, given.ConjugateDerivative(2.7));
        Assert.Equal(FDivergence.Of(Generator.PearsonChiSquared, P, Q), FDivergence.Of(given, P, Q), 1e-12);
    }

    [Fact]
    public void A_refusal_names_the_argument_and_the_value()
    {
        Refuses("alpha", "alpha = NaN; it must be finite.", () => { Generator.Alpha(NaN); });
        Refuses("order", "order = 0; it must be positive and finite.", () => { Generator.Tsallis(0); });
        Refuses("value", "value(1) = 1; a generator is 0 at 1: subtract the constant.", () => { Generator.Create("x", u => u * u, u => 2 * u, 0, Inf, 2); });
        Refuses("slopeAtInfinity", "slopeAtInfinity = NaN; it must be finite or +infinity.", () => { Generator.Create("x", u => u * u - 1, u => 2 * u, 0, NaN, 2); });
        Refuses("name", "empty", () => { Generator.Create("", u => u - 1, u => 1, 0, Inf, 2); });
        Refuses("derivative", "null", () => { Generator.Create("x", u => u - 1, null!, 0, Inf, 2); });
        Refuses("f", "null", () => FDivergence.Of(null!, Half, Half));
        Refuses("p", "p sums to 3, not to 1", () => FDivergence.Of(Generator.Gan, [1.0, 2.0], Half));
        Refuses("q", "q[0] = -1 is negative", () => FDivergence.Of(Generator.Gan, Half, [-1.0, 2.0]));
        Refuses("q", "p has 2 elements and q has 1", () => FDivergence.Of(Generator.Gan, Half, [1.0]));
        Refuses("logRatios", "logRatios is empty", () => FDivergence.OfLogRatios(Generator.Gan, Array.Empty<double>()));
        Refuses("criticAtQ", "criticAtQ is empty", () => FDivergence.LowerBound(Generator.Gan, Half, []));
        Refuses("destination", "destination has 1 elements; it needs 2.", () => FDivergence.OptimalCritic(Generator.Gan, Half, Half, new double[1]));
        Refuses("kullbackLeibler", "kullbackLeibler = -1; it must be at least 0.", () => Inequalities.PinskerTotalVariation(-1));
        Refuses("squaredHellinger", "squaredHellinger = 1.5; it must be in [0, 1].", () => Inequalities.HellingerKullbackLeibler(1.5));
        Refuses("triangular", "triangular = 2.5; it must be in [0, 2].", () => { Inequalities.TriangularJensenShannon(2.5); });
    }

    /// <summary>A likelihood ratio between 2^-12 and 2^12, denser near 1.</summary>
    private static Gen<double> Ratio => Gen.Choose(-1200, 1200).Select(x => Math.Pow(2, x / 100.0 * Math.Abs(x) / 1200.0));

    private static Gen<(double[] P, double[] Q, double[] R, double[] S)> TwoPairs =>
        from n in Laws.Length
        from x in Gen.Two(Gen.Two(Gen.ArrayOf(Laws.Mass, n)))
        select (Laws.Normalised(x.Item1.Item1), Laws.Normalised(x.Item1.Item2), Laws.Normalised(x.Item2.Item1), Laws.Normalised(x.Item2.Item2));

    /// <summary>Small positive counts, so that distributions are lists of samples too, and shifts of a critic.</summary>
    private static Gen<(double[] P, double[] Q, int[] Shift)> Counts =>
        from n in Gen.Choose(1, 6)
        from p in Gen.ArrayOf(Gen.Choose(1, 9), n)
        from q in Gen.ArrayOf(Gen.Choose(1, 9), n)
        from shift in Gen.ArrayOf(Gen.Choose(-8, 8), n)
        select (Doubles(p), Doubles(q), shift);

    private static double[] Doubles(int[] counts) => [.. counts.Select(x => (double)x)];

    private static bool Near(double x, double y) => Math.Abs(x - y) <= 1e-12 * Math.Abs(y) || x == y;
}
