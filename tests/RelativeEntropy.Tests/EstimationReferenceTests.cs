namespace RelativeEntropy.Tests;

/// <summary>Estimates from samples, from counts and from critics, quadrature and series against their tables.</summary>
public class EstimationReferenceTests
{
    [Fact]
    public void Divergences_from_neighbours_are_right_to_13_digits_of_their_terms() =>
        ReferenceTable.AssertRelativeToScales("nearest_neighbours_kullback_leibler", 1e-13, c =>
            Parts(NearestNeighbours.KullbackLeibler(c.Settings("x"), c.Settings("y"), c.Whole("dimension"), c.Whole("k"))));

    [Fact]
    public void Entropies_from_neighbours_are_right_to_13_digits_of_their_terms() =>
        ReferenceTable.AssertRelativeToScales("nearest_neighbours_entropy", 1e-13, c =>
            Parts(NearestNeighbours.Entropy(c.Settings("x"), c.Whole("dimension"), c.Whole("k"))));

    [Fact]
    public void Informations_from_neighbours_are_right_to_13_digits_of_their_terms() =>
        ReferenceTable.AssertRelativeToScales("nearest_neighbours_mutual_information", 1e-13, c =>
            Parts(NearestNeighbours.MutualInformation(c.Settings("x"), c.Settings("y"), c.Whole("xDimension"), c.Whole("yDimension"),
                c.Whole("k"))));

    [Fact]
    public void Entropies_from_counts_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("plug_in_entropy", 1e-13, c => Parts(PlugIn.Entropy(c.Counts("counts"), Correction(c))));

    [Fact]
    public void Divergences_from_counts_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("plug_in_kullback_leibler", 1e-13, c =>
            Parts(PlugIn.KullbackLeibler(c.Counts("pCounts"), c.Counts("qCounts"), Correction(c))));

    [Fact]
    public void Informations_from_counts_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("plug_in_mutual_information", 1e-13, c =>
            Parts(PlugIn.MutualInformation(c.Counts("counts"), c.Whole("columns"), Correction(c))));

    [Fact]
    public void The_Donsker_Varadhan_bound_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("variational_bounds_donsker_varadhan", 1e-13, c =>
            Parts(VariationalBounds.DonskerVaradhan(c.Settings("criticAtP"), c.Settings("criticAtQ"))));

    [Fact]
    public void The_bound_of_Nguyen_Wainwright_and_Jordan_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("variational_bounds_nguyen_wainwright_jordan", 1e-13, c =>
            Parts(VariationalBounds.NguyenWainwrightJordan(c.Settings("criticAtP"), c.Settings("criticAtQ"))));

    [Fact]
    public void InfoNCE_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("variational_bounds_info_nce", 1e-13, c =>
            Parts(VariationalBounds.InfoNce(c.Settings("scores"))));

    [Fact]
    public void Quadrature_is_as_right_as_was_asked_for() =>
        ReferenceTable.AssertRelativeToScales("quadrature_kullback_leibler", 1e-10, c =>
            [("Quadrature.KullbackLeibler", [Families.Integral(c).Value])]);

    [Fact]
    public void Series_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("summation_kullback_leibler", 1e-13, c =>
            [("Summation.KullbackLeibler", [Families.Series(c).Value])]);

    [Fact]
    public void Quadrature_errs_by_no_more_than_it_says()
    {
        foreach (ReferenceCase c in ReferenceTable.Load("quadrature_kullback_leibler").Cases.Select(row => new ReferenceCase(row)))
        {
            QuadratureResult result = Families.Integral(c);
            double truth = c.Values![0][0], error = Math.Abs(result.Value - truth);
            string name = $"{c.Word("family")}({string.Join(", ", c.Settings("parameters"))})";
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {result}, off by {error:g2}");
            Assert.True(error <= result.Error + 4 * ErrorUnit.UlpOf(truth), $"{name}: off by {error}, error {result.Error}");
        }
    }

    [Fact]
    public void Series_enclose_the_truth()
    {
        foreach (ReferenceCase c in ReferenceTable.Load("summation_kullback_leibler").Cases.Select(row => new ReferenceCase(row)))
        {
            foreach (double tolerance in new[] { 1e-3, 1e-14 })
            {
                SummationResult result = Families.Series(c, tolerance);
                double truth = c.Values![0][0], rounding = 1e-13 * c.Settings("scales")[0];
                Assert.True(result.Converged);
                Assert.InRange(truth, result.Value - rounding, result.Value + result.TailBound + rounding);
            }
        }
    }

    private static PlugInCorrection Correction(ReferenceCase c) => Enum.Parse<PlugInCorrection>(c.Word("correction"));

    private static double[] Parts(Estimate estimate) => [estimate.Value, estimate.StandardError];
}

/// <summary>The families of the tables of quadrature and series, by their log-densities.</summary>
internal static class Families
{
    private const double Inf = double.PositiveInfinity;

    public static QuadratureResult Integral(ReferenceCase c)
    {
        double[] a = c.Settings("parameters");
        return c.Word("family") switch
        {
            "normal" => Line(x => Normal(x, a[0], a[1]), x => Normal(x, a[2], a[3])),
            "exponential" => HalfLine(x => Exponential(x, a[0]), x => Exponential(x, a[1])),
            "cauchy" => Line(x => Cauchy(x, a[0], a[1]), x => Cauchy(x, a[2], a[3])),
            "beta" => Quadrature.KullbackLeibler(x => Beta(x, a[0], a[1]), x => Beta(x, a[2], a[3]), 0, 1),
            "gamma" => HalfLine(x => Gamma(x, a[0], a[1]), x => Gamma(x, a[2], a[3])),
            "uniform||normal" => Quadrature.KullbackLeibler(_ => -Math.Log(a[1] - a[0]), x => Normal(x, a[2], a[3]), a[0], a[1]),
            "exponential||normal" => HalfLine(x => Exponential(x, a[0]), x => Normal(x, a[1], a[2])),
            "Laplace||normal" => Line(x => -Math.Abs(x) / a[0] - Math.Log(2 * a[0]), x => Normal(x, a[1], a[2])),
            "Gumbel||normal" => Line(x => -x - Math.Exp(-x), x => Normal(x, a[0], a[1])),
            "mixture||normal" => Line(
                x => Logits.LogSumExp([Math.Log(a[0]) + Normal(x, a[1], a[2]), Math.Log(1 - a[0]) + Normal(x, a[3], a[4])]),
                x => Normal(x, a[5], a[6])),
            "logistic||normal" => Line(x => -Math.Abs(x) - 2 * Numerics.Elementary.Log1p(Math.Exp(-Math.Abs(x))), x => Normal(x, 0, a[0])),
            string other => throw new InvalidOperationException(other),
        };
    }

    public static SummationResult Series(ReferenceCase c, double tolerance = 1e-14)
    {
        double[] a = c.Settings("parameters");
        (Func<long, double> p, Func<long, double> q) = c.Word("family") switch
        {
            "Poisson" => (Of(Poisson, a[0]), Of(Poisson, a[1])),
            "geometric" => (Of(Geometric, a[0]), Of(Geometric, a[1])),
            "negative binomial" => (n => NegativeBinomial(n, a[0], a[1]), n => NegativeBinomial(n, a[2], a[3])),
            "Poisson||geometric" => (Of(Poisson, a[0]), Of(Geometric, a[1])),
            "binomial" => (n => Binomial(n, a[0], a[1]), (Func<long, double>)(n => Binomial(n, a[0], a[2]))),
            string other => throw new InvalidOperationException(other),
        };
        return Summation.KullbackLeibler(p, q, 0, c.Whole("start"), c.Setting("ratio"), tolerance);
    }

    public static double Normal(double x, double mean, double deviation) =>
        -0.5 * ((x - mean) / deviation) * ((x - mean) / deviation) - Math.Log(deviation) - 0.5 * Math.Log(2 * Math.PI);

    public static double Exponential(double x, double rate) => Math.Log(rate) - rate * x;

    public static double Cauchy(double x, double location, double scale) =>
        -Math.Log(Math.PI * scale) - Numerics.Elementary.Log1p((x - location) / scale * ((x - location) / scale));

    public static double Poisson(long n, double mean) => n * Math.Log(mean) - mean - LogGamma(n + 1);

    public static double Geometric(long n, double probability) => Math.Log(probability) + n * Numerics.Elementary.Log1p(-probability);

    private static double Beta(double x, double a, double b) =>
        (a - 1) * Math.Log(x) + (b - 1) * Numerics.Elementary.Log1p(-x) - (LogGamma(a) + LogGamma(b) - LogGamma(a + b));

    private static double Gamma(double x, double shape, double rate) =>
        shape * Math.Log(rate) - LogGamma(shape) + (shape - 1) * Math.Log(x) - rate * x;

    private static double NegativeBinomial(long n, double r, double p) =>
        LogGamma(n + r) - LogGamma(r) - LogGamma(n + 1) + r * Math.Log(p) + n * Numerics.Elementary.Log1p(-p);

    private static double Binomial(long n, double trials, double p) => n > trials
        ? -Inf
        : LogGamma(trials + 1) - LogGamma(n + 1) - LogGamma(trials - n + 1) + n * Math.Log(p)
            + (trials - n) * Numerics.Elementary.Log1p(-p);

    private static Func<long, double> Of(Func<long, double, double> family, double parameter) => n => family(n, parameter);

    private static double LogGamma(double x) => Numerics.GammaFunction.Log(x);

    private static QuadratureResult Line(Func<double, double> p, Func<double, double> q) => Quadrature.KullbackLeibler(p, q, -Inf, Inf);

    private static QuadratureResult HalfLine(Func<double, double> p, Func<double, double> q) => Quadrature.KullbackLeibler(p, q, 0, Inf);
}
