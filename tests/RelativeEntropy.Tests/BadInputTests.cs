namespace RelativeEntropy.Tests;

/// <summary>A refusal names the argument, the index and the value, and says what to do.</summary>
public class BadInputTests
{
    private static readonly double[] Half = [0.5, 0.5];

    [Fact]
    public void A_negative_probability() =>
        Refuses("q", "q[1] = -0.1 is negative; every element must be finite and at least 0.", () => Divergence.KullbackLeibler(Half, [1.1, -0.1]));

    [Fact]
    public void An_infinite_probability() =>
        Refuses("p", "p[0] = Infinity is infinite", () => Divergence.KullbackLeibler([double.PositiveInfinity, 0.5], Half));

    [Fact]
    public void The_first_bad_element_of_the_first_bad_argument() =>
        Refuses("p", "p[1] = -2", () => Measures.KullbackLeibler([1, -2, -3], [-4, 1, 1]));

    [Fact]
    public void A_distribution_not_normalised() =>
        Refuses("q", "q sums to 1.25, not to 1 within 1.49E-08; normalise it first with Measures.Normalise, "
            + "or use Proportions.KullbackLeibler, which divides by the sums, or Measures.KullbackLeibler for measures of any mass.",
            () => Divergence.KullbackLeibler(Half, [0.5, 0.75]));

    [Fact]
    public void An_entropy_of_counts() =>
        Refuses("p", "p sums to 7, not to 1 within 1.49E-08; normalise it first with Measures.Normalise, or use Proportions.Entropy,",
            () => Entropy.Shannon([3.0, 4.0]));

    [Fact]
    public void Floats_not_normalised() =>
        Refuses("p", "p sums to 1.5, not to 1 within 0.000345",
            () => Divergence.KullbackLeibler((float[])[1, 0.5f], (float[])[0.5f, 0.5f]));

    [Fact]
    public void Different_lengths()
    {
        Refuses("q", "p has 2 elements and q has 3; they must have the same length.", () => Divergence.KullbackLeibler(Half, [0.2, 0.3, 0.5]));
        Refuses("q", "p has 2 elements and q has 1", () => Measures.LogRatioSum(Half, [1.0]));
        Refuses("qLogits", "pLogits has 2 elements and qLogits has 3", () => Logits.KullbackLeibler(Half, [1, 2, 3]));
        Refuses("logVariance", "mean has 2 elements and logVariance has 1", () => DiagonalGaussian.KullbackLeiblerToStandard(Half, [1.0]));
        Refuses("variance1", "mean0 has 2 elements and variance1 has 1", () => DiagonalGaussian.KullbackLeibler(Half, Half, Half, [1.0]));
    }

    [Fact]
    public void Nothing_at_all()
    {
        double[] none = [];
        Refuses("p", "p is empty; it must have at least one element.", () => Divergence.KullbackLeibler(none, none));
        Refuses("p", "p is empty", () => Entropy.Shannon(none));
        Refuses("logits", "logits is empty", () => Logits.LogSumExp(none));
        Refuses("pLogits", "pLogits is empty", () => Logits.CrossEntropy(none, none));
        Refuses("mean", "mean is empty", () => DiagonalGaussian.KullbackLeiblerToStandard(none, none));
    }

    [Fact]
    public void A_logit_of_plus_infinity() =>
        Refuses("qLogits", "qLogits[1] = Infinity; a logit must be finite or -infinity.", () => Logits.KullbackLeibler(Half, [0, double.PositiveInfinity]));

    [Fact]
    public void Logits_that_exclude_everything() =>
        Refuses("pLogits", "pLogits[0] = -Infinity and so are all 2 logits; at least one must be finite.",
            () => Logits.CrossEntropy([double.NegativeInfinity, double.NegativeInfinity], Half));

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void A_temperature_not_positive(double temperature) =>
        Refuses("temperature", $"temperature = {temperature}; it must be positive and finite.", () => Logits.KullbackLeibler(Half, Half, temperature));

    [Fact]
    public void A_destination_too_short_or_askew()
    {
        double[] buffer = new double[4];
        Refuses("destination", "destination has 1 elements; it needs 2.", () => Logits.Softmax(Half, new double[1]));
        Refuses("destination", "overlaps", () => Logits.LogSoftmax(buffer.AsSpan(0, 3), buffer.AsSpan(1, 3)));
    }

    [Fact]
    public void Parameters_of_normals()
    {
        Refuses("standardDeviation0", "standardDeviation0 = 0; it must be positive and finite.", () => Gaussian.KullbackLeibler(0, 0, 0, 1));
        Refuses("standardDeviation1", "standardDeviation1 = -1", () => Gaussian.KullbackLeibler(0, 1, 0, -1));
        Refuses("mean1", "mean1 = -Infinity is infinite", () => Gaussian.KullbackLeibler(0, 1, double.NegativeInfinity, 1));
        Refuses("variance0", "variance0[1] = 0; every element must be positive and finite", () => DiagonalGaussian.KullbackLeibler(Half, [1, 0], Half, Half));
        Refuses("logVariance1", "logVariance1[0] = -Infinity is infinite",
            () => DiagonalGaussian.KullbackLeiblerFromLogVariance(Half, Half, Half, [double.NegativeInfinity, 0]));
        Refuses("mean", "mean[0] = Infinity is infinite", () => DiagonalGaussian.KullbackLeiblerToStandard([double.PositiveInfinity], [0.0]));
    }

    internal static void Refuses(string argument, string words, Action call)
    {
        var error = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Equal(argument, error.ParamName);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    internal static void Refuses(string argument, string words, Func<double> call) => Refuses(argument, words, () => { call(); });
}
