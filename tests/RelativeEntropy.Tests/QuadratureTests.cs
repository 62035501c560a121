using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Quadrature and series: what they say when they are right, and that they say so when they are not.</summary>
public class QuadratureTests
{
    private const double Inf = double.PositiveInfinity;

    private static readonly Func<double, double> Standard = x => Families.Normal(x, 0, 1);

    [Fact]
    public void A_tolerance_is_met_or_not_claimed()
    {
        double truth = Gaussian.KullbackLeibler(0, 1, 1, 2);
        foreach (double tolerance in new[] { 1e-2, 1e-6, 1e-10, 1e-13, 0 })
        {
            QuadratureResult result = Quadrature.KullbackLeibler(Standard, x => Families.Normal(x, 1, 2), -Inf, Inf, tolerance);
            Assert.InRange(Math.Abs(result.Value - truth), 0, result.Error + 1e-16);
            Assert.Equal(result.Error <= tolerance * result.Value, result.Converged);
            Assert.Equal(tolerance > 1e-14, result.Converged);
        }
    }

    [Fact]
    public void Too_few_evaluations_are_told()
    {
        QuadratureResult result = Quadrature.KullbackLeibler(Standard, x => Families.Cauchy(x, 3, 0.01), -Inf, Inf, 1e-13, evaluations: 1);
        Assert.False(result.Converged);
        Assert.True(result.Error > 1e-13 * result.Value);
    }

    /// <summary>The mean of x^2 under a Cauchy distribution is infinite: the integral grows without end, and no number is vouched
    /// for.</summary>
    [Fact]
    public void A_divergent_integral_does_not_converge()
    {
        Assert.False(Quadrature.KullbackLeibler(x => Families.Cauchy(x, 0, 1), Standard, -Inf, Inf).Converged);

        // Uniform on (0, 1) against a density that behaves as e^(-1/x) where 1/x is a double: the integral of 1/x.
        Assert.False(Quadrature.KullbackLeibler(_ => 0, x => 1 - 1 / Math.Max(x, 1e-300), 0, 1).Converged);
    }

    [Fact]
    public void A_pole_that_rounding_hides_is_no_converged_integral()
    {
        static double Arcsine(double x) => -Math.Log(Math.PI) - 0.5 * Math.Log(x) - 0.5 * Math.Log(1 - x);
        QuadratureResult result = Quadrature.KullbackLeibler(Arcsine, _ => 0, 0, 1);
        Assert.False(result.Converged);
        Assert.InRange(Math.Abs(result.Value - Math.Log(4 / Math.PI)), 0, result.Error);
    }

    [Fact]
    public void What_q_has_outside_the_interval_is_counted()
    {
        QuadratureResult result = Quadrature.KullbackLeibler(_ => 0, x => x < 2 ? -Math.Log(4) : -Inf, 0, 1);
        Assert.Equal(Math.Log(4), result.Value, 1e-14);
        Assert.True(result.Converged);
    }

    [Fact]
    public void Supports_are_respected()
    {
        static double Uniform(double x, double upper) => x >= 0 && x <= upper ? -Math.Log(upper) : -Inf;
        Assert.Equal(Math.Log(3), Quadrature.KullbackLeibler(x => Uniform(x, 1), x => Uniform(x, 3), -Inf, Inf).Value, 1e-12);
        Assert.Equal(Inf, Quadrature.KullbackLeibler(x => Uniform(x, 3), x => Uniform(x, 1), -Inf, Inf).Value);
    }

    /// <summary>The interval is cut so near to the edge of p that a piece is narrower than the smallest double.</summary>
    [Fact]
    public void An_infinite_divergence_is_found_beside_an_edge_at_zero()
    {
        static double Exponential(double x) => x < 0 ? -Inf : -x;
        Assert.Equal(Inf, Quadrature.KullbackLeibler(Exponential, _ => -Inf, -1e300, 1e300).Value);
        Assert.Equal(Inf, Quadrature.KullbackLeibler(Standard, Exponential, -1e300, 1e300).Value);
    }

    [Fact]
    public void Equal_densities_have_no_divergence()
    {
        QuadratureResult result = Quadrature.KullbackLeibler(Standard, Standard, -Inf, Inf);
        Assert.Equal((0, 0, true), (result.Value, result.Error, result.Converged));
    }

    [Fact]
    public void Shifts_and_scales_change_nothing()
    {
        double expected = Gaussian.KullbackLeibler(0, 1, 0.5, 3);
        foreach ((double shift, double scale) in new[] { (0.0, 1.0), (1e6, 1), (-50, 1e-3), (0, 1e-100), (0, 1e100), (3e50, 1e48) })
        {
            QuadratureResult result = Quadrature.KullbackLeibler(
                x => Families.Normal(x, shift, scale), x => Families.Normal(x, shift + 0.5 * scale, 3 * scale), -Inf, Inf, 1e-8);
            Assert.Equal(expected, result.Value, 1e-8);
            Assert.True(result.Converged, $"{result}");
        }
    }

    [Fact]
    public void What_is_no_density_is_refused()
    {
        Refuses("logP", "logP integrates to 1.77245", () => Quadrature.KullbackLeibler(x => -x * x, Standard, -Inf, Inf).Value);
        Refuses("logP", "logP integrates to 0.", () => Quadrature.KullbackLeibler(Standard, Standard, 0, Inf).Value);
        Refuses("logQ", "logQ integrates to 2 over [0, 1], not within 1.49E-08 to at most 1; normalise it.", () =>
            Quadrature.KullbackLeibler(_ => 0, _ => Math.Log(2), 0, 1).Value);
        Refuses("logP", "logP integrates to 0 over", () =>
            Quadrature.KullbackLeibler(x => x is > 5.1 and < 5.1000001 ? Math.Log(1e7) : -Inf, Standard, -Inf, Inf).Value);
        Refuses("logP", "logP integrates to Infinity over", () => Quadrature.KullbackLeibler(_ => 1e300, _ => 1e300, 0, 1).Value);
        Refuses("logP", "logP is Infinity at 0.5; inside the interval a log-density must be below it",
            () => Quadrature.KullbackLeibler(x => -0.5 * Math.Log(8 * Math.Abs(x - 0.5)), _ => 0, 0, 1).Value);
    }

    [Fact]
    public void Bad_settings_are_refused()
    {
        Refuses("upper", "upper = 0; it must be above lower = 0, with a number between them.", () => Quadrature.KullbackLeibler(Standard, Standard, 0, 0).Value);
        Refuses("upper", "upper = 1.0000000000000002; it must be above lower = 1, with a number between them.",
            () => Quadrature.KullbackLeibler(Standard, Standard, 1, Math.BitIncrement(1.0)).Value);
        Refuses("upper", "upper = NaN", () => Quadrature.KullbackLeibler(Standard, Standard, 0, double.NaN).Value);
        Refuses("lower", "lower = Infinity; it must be a number or -infinity.", () =>
            Quadrature.KullbackLeibler(Standard, Standard, Inf, Inf).Value);
        Refuses("tolerance", "tolerance = -1", () => Quadrature.KullbackLeibler(Standard, Standard, -Inf, Inf, -1).Value);
        Refuses("evaluations", "evaluations = 0", () => Quadrature.KullbackLeibler(Standard, Standard, -Inf, Inf, 1e-10, 0).Value);
        Assert.Throws<ArgumentNullException>("logQ", () => Quadrature.KullbackLeibler(Standard, null!, -Inf, Inf));
    }

    [Fact]
    public void NaN_gives_NaN()
    {
        QuadratureResult result = Quadrature.KullbackLeibler(Standard, x => x > 1 ? double.NaN : Standard(x), -Inf, Inf);
        Assert.True(double.IsNaN(result.Value) && !result.Converged);
        SummationResult sum = Summation.KullbackLeibler(_ => double.NaN, n => Families.Geometric(n, 0.5), 0, 5, 0.75);
        Assert.True(double.IsNaN(sum.Value) && !sum.Converged);
    }

    [Fact]
    public void Results_are_in_the_unit_asked_for()
    {
        Assert.Equal(2, Quadrature.KullbackLeibler(_ => 0, _ => -Math.Log(4), 0, 1, 1e-10, 100_000, LogBase.Bits).Value, 1e-14);
        static double P(long n) => Families.Geometric(n, 0.5);
        static double Q(long n) => Families.Geometric(n, 0.25);
        SummationResult nats = Summation.KullbackLeibler(P, Q, 0, 12, 0.875, 1e-3);
        SummationResult bits = Summation.KullbackLeibler(P, Q, 0, 12, 0.875, 1e-3, 1000, LogBase.Bits);
        Assert.Equal(nats.Value / Math.Log(2), bits.Value, 1e-15);
        Assert.Equal(nats.TailBound / Math.Log(2), bits.TailBound, 1e-15);
    }

    /// <summary>Markov's inequality for e^n gives a bound on a Poisson tail that needs no promise: what the caller proves is what
    /// counts.</summary>
    [Fact]
    public void A_series_with_the_callers_bound_encloses_the_truth()
    {
        // Of p = Poisson(1) and q = Poisson(2) the terms are at most q from where p is below q, and q's tail at most e^(2 (e - 1) - n).
        double truth = Math.Log(0.5) - 1 + 2;
        foreach (int terms in new[] { 3, 10, 30, 1000 })
        {
            SummationResult result = Summation.KullbackLeibler(
                n => Families.Poisson(n, 1), n => Families.Poisson(n, 2), 0,
                n => n < 2 ? Inf : Math.Exp(2 * (Math.E - 1) - n), terms: terms);
            Assert.InRange(truth, result.Value - 1e-15, result.Value + result.TailBound + 1e-15);
            Assert.Equal(terms == 1000, result.Converged);
            Assert.True(result.Terms <= terms);
        }
    }

    [Fact]
    public void Two_halves_make_a_support_without_a_first_integer()
    {
        // Laplace's distribution on the integers: p_n in proportion to 2^-|n| and 3^-|n|.
        static double P(long n) => -Math.Abs(n) * Math.Log(2) - Math.Log(3);
        static double Q(long n) => -Math.Abs(n) * Math.Log(3) - Math.Log(2);
        double upper = Summation.KullbackLeibler(P, Q, 0, 8, 0.75).Value,
            lower = Summation.KullbackLeibler(n => P(-n), n => Q(-n), 1, 8, 0.75).Value;
        double truth = Enumerable.Range(-200, 401).Sum(n => Math.Exp(P(n)) * (P(n) - Q(n)));
        Assert.Equal(truth, upper + lower, 1e-14);
    }

    [Fact]
    public void A_series_that_meets_probability_0_of_q_alone_is_infinite() =>
        Assert.Equal(Inf, Summation.KullbackLeibler(n => Families.Geometric(n, 0.5), n => n < 5 ? Math.Log(0.2) : -Inf, 0, 9, 0.75).Value);

    [Fact]
    public void False_promises_and_bad_settings_are_refused()
    {
        static double P(long n) => Families.Geometric(n, 0.5);
        static double Q(long n) => Families.Geometric(n, 0.25);
        Refuses("ratio", "ratio = 0.6 does not hold from 12 on: the term at 13 is 0.7", () =>
            Summation.KullbackLeibler(P, Q, 0, 12, 0.6).Value);
        Refuses("ratio", "ratio = 1; it must be above 0 and below 1.", () => Summation.KullbackLeibler(P, Q, 0, 12, 1).Value);
        Refuses("from", "from = -1; it must be at least first = 0.", () => Summation.KullbackLeibler(P, Q, 0, -1, 0.9).Value);
        Refuses("tail", "tail is -1 at 1; a bound must be at least 0", () => Summation.KullbackLeibler(P, Q, 0, _ => -1).Value);
        Refuses("terms", "terms = 0", () => Summation.KullbackLeibler(P, Q, 0, 12, 0.9, 1e-14, 0).Value);
        Refuses("logP", "logP is 0.5 at 0; the logarithm of a probability must be at most 0.", () =>
            Summation.KullbackLeibler(_ => 0.5, Q, 0, 12, 0.9).Value);
        Refuses("logQ", "logQ gives probabilities that sum to 1.49999999999", () =>
            Summation.KullbackLeibler(P, _ => Math.Log(0.5), 0, 12, 0.9).Value);
    }
}
