namespace RelativeEntropy.Tests;

/// <summary>What holds of every function on spans: it allocates nothing, and floats are the doubles they stand for.</summary>
public class SpanTests
{
    private static readonly double[] P = Generated.Masses(seed: 71, n: 999, delta: 0, normalised: true).P;
    private static readonly double[] Q = Generated.Masses(seed: 71, n: 999, delta: 0, normalised: true).Q;
    private static readonly double[] A = Generated.Logits(seed: 72, n: 999, delta: 0).A;
    private static readonly double[] B = Generated.Logits(seed: 72, n: 999, delta: 0).B;
    private static readonly (float[] Narrow, double[] Wide) FloatP = Narrowed(P), FloatQ = Narrowed(Q), FloatA = Narrowed(A), FloatB = Narrowed(B);
    private static readonly double[] Destination = new double[999];

    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, Func<double>> Functions { get; } = new()
    {
        ["Divergence.KullbackLeibler"] = () => Divergence.KullbackLeibler(P, Q, LogBase.Bits),
        ["Measures.KullbackLeibler"] = () => Measures.KullbackLeibler(P, Q),
        ["Measures.LogRatioSum"] = () => Measures.LogRatioSum(P, Q),
        ["Entropy.Shannon"] = () => Entropy.Shannon(P),
        ["Entropy.Cross"] = () => Entropy.Cross(P, Q),
        ["Logits.KullbackLeibler"] = () => Logits.KullbackLeibler(A, B, 2),
        ["Logits.CrossEntropy"] = () => Logits.CrossEntropy(A, B),
        ["Logits.LogSumExp"] = () => Logits.LogSumExp(A),
        ["Logits.Softmax"] = () => { Logits.Softmax(A, Destination); return 0; },
        ["Logits.LogSoftmax"] = () => { Logits.LogSoftmax(A, Destination); return 0; },
        ["DiagonalGaussian.KullbackLeibler"] = () => DiagonalGaussian.KullbackLeibler(A, P, B, Q),
        ["DiagonalGaussian.KullbackLeiblerFromLogVariance"] = () => DiagonalGaussian.KullbackLeiblerFromLogVariance(A, B, B, A),
        ["DiagonalGaussian.KullbackLeiblerToStandard"] = () => DiagonalGaussian.KullbackLeiblerToStandard(A, B),
        ["Divergence.KullbackLeibler of floats"] = () => Divergence.KullbackLeibler(FloatP.Narrow, FloatQ.Narrow),
        ["Logits.KullbackLeibler of floats"] = () => Logits.KullbackLeibler(FloatA.Narrow, FloatB.Narrow),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated(string name)
    {
        Func<double> function = Functions[name];
        Assert.Equal(0, Allocation.Of(() => function()));
    }

    [Fact]
    public void A_float_counts_as_the_double_it_equals()
    {
        // The tolerance on the sum is the float's, so the doubles here need the measures.
        Assert.Equal(Measures.KullbackLeibler(FloatP.Wide, FloatQ.Wide), Divergence.KullbackLeibler(FloatP.Narrow, FloatQ.Narrow));
        Assert.Equal(Measures.KullbackLeibler(FloatP.Wide, FloatQ.Wide), Measures.KullbackLeibler(FloatP.Narrow, FloatQ.Narrow));
        Assert.Equal(Measures.LogRatioSum(FloatP.Wide, FloatQ.Wide), Measures.LogRatioSum(FloatP.Narrow, FloatQ.Narrow));
        Assert.Equal(Logits.KullbackLeibler(FloatA.Wide, FloatB.Wide), Logits.KullbackLeibler(FloatA.Narrow, FloatB.Narrow));
        Assert.Equal(Logits.CrossEntropy(FloatA.Wide, FloatB.Wide), Logits.CrossEntropy(FloatA.Narrow, FloatB.Narrow));
        Assert.Equal(Logits.LogSumExp(FloatA.Wide), Logits.LogSumExp(FloatA.Narrow));
        Assert.Equal(
            DiagonalGaussian.KullbackLeibler(FloatA.Wide, FloatP.Wide, FloatB.Wide, FloatQ.Wide),
            DiagonalGaussian.KullbackLeibler(FloatA.Narrow, FloatP.Narrow, FloatB.Narrow, FloatQ.Narrow));
        Assert.Equal(
            DiagonalGaussian.KullbackLeiblerFromLogVariance(FloatA.Wide, FloatB.Wide, FloatB.Wide, FloatA.Wide),
            DiagonalGaussian.KullbackLeiblerFromLogVariance(FloatA.Narrow, FloatB.Narrow, FloatB.Narrow, FloatA.Narrow));
        Assert.Equal(
            DiagonalGaussian.KullbackLeiblerToStandard(FloatA.Wide, FloatB.Wide),
            DiagonalGaussian.KullbackLeiblerToStandard(FloatA.Narrow, FloatB.Narrow));
    }

    [Fact]
    public void Entropies_of_floats_are_those_of_the_doubles_they_equal()
    {
        float[] p = [0.5f, 0.25f, 0.125f, 0.125f], q = [0.25f, 0.25f, 0.25f, 0.25f];
        Assert.Equal(1.75, Entropy.Shannon(p, LogBase.Bits));
        Assert.Equal(2, Entropy.Cross(p, q, LogBase.Bits));
    }

    [Fact]
    public void Softmax_of_floats_is_that_of_the_doubles_rounded_once()
    {
        float[] narrow = new float[999];
        double[] wide = new double[999];
        Logits.Softmax(FloatA.Narrow, narrow);
        Logits.Softmax(FloatA.Wide, wide);
        Assert.Equal(wide.Select(x => (float)x), narrow);
        Logits.LogSoftmax(FloatA.Narrow, narrow);
        Logits.LogSoftmax(FloatA.Wide, wide);
        Assert.Equal(wide.Select(x => (float)x), narrow);
    }

    [Fact]
    public void Rounding_to_float_moves_a_divergence_by_a_millionth_at_most() =>
        Assert.Equal(Divergence.KullbackLeibler(P, Q), Divergence.KullbackLeibler(FloatP.Narrow, FloatQ.Narrow), 1e-6);

    private static (float[] Narrow, double[] Wide) Narrowed(double[] values)
    {
        float[] narrow = [.. values.Select(x => (float)x)];
        return (narrow, [.. narrow.Select(x => (double)x)]);
    }
}
