namespace RelativeEntropy.Tests;

/// <summary>
/// Traps of floating point and of .NET's own functions, each with what shows that the library does not step into it.
/// What is said of .NET was measured with .NET 10.0.12 and System.Numerics.Tensors 10.0.0. True values: mpmath, 50 digits.
/// </summary>
public class TrapTests
{
    [Fact]
    public void Softmax_that_does_not_shift_by_the_maximum()
    {
        // TensorPrimitives.SoftMax gives NaN, NaN here, for doubles and for floats: e^1000 is infinite.
        double[] destination = new double[2];
        Logits.Softmax([1000.0, 1000.0], destination);
        Assert.Equal([0.5, 0.5], destination);
        Assert.Equal(1000 + Math.Log(2), Logits.LogSumExp([1000.0, 1000.0]));
        Assert.Equal(0, Logits.KullbackLeibler([1000.0, 1000.0], [-1000.0, -1000.0]));

        float[] narrow = new float[2];
        Logits.Softmax([1000f, 1000f], narrow);
        Assert.Equal([0.5f, 0.5f], narrow);
    }

    [Fact]
    public void Softmax_that_underflows_away_from_the_maximum()
    {
        // e^-1000 is zero, its logarithm is not.
        double[] destination = new double[2];
        Logits.LogSoftmax([0.0, -1000.0], destination);
        Assert.Equal([-0.0, -1000.0], destination);
    }

    [Fact]
    public void A_log1p_that_adds_the_one()
    {
        // double.LogP1(1e-12) and TensorPrimitives.LogP1 are log(1 + x): 1.000088900581841e-12.
        Assert.Equal(9.9999999999949999798866e-13, Numerics.Elementary.Log1p(1e-12));
        Assert.Equal(5e-25, Numerics.Elementary.XMinusLog1p(1e-12), 1e-36);
    }

    [Fact]
    public void An_expm1_that_subtracts_the_one()
    {
        // double.ExpM1(1e-12) and TensorPrimitives.ExpM1 are e^x - 1: 1.000088900582341e-12.
        Assert.Equal(1.0000000000004999799e-12, Numerics.Elementary.Expm1(1e-12));
    }

    [Fact]
    public void The_exponential_less_its_tangent_in_the_term_of_an_autoencoder()
    {
        // (e^l - 1 - l)/2 as written gives 2.49981e-13 at l = 1e-6, right to four digits.
        Assert.Equal(2.5000008333335414404487793e-13, DiagonalGaussian.KullbackLeiblerToStandard([0.0], [1e-6]), 6e-29);
    }

    [Fact]
    public void A_sum_that_is_not_compensated()
    {
        // Where p is zero a term is q. Each 1 is half an ulp of 2^53: a plain sum loses all thousand. TensorPrimitives.Sum does not compensate
        // either; here it is right only because it adds in lanes.
        double[] q = [9007199254740992, .. Enumerable.Repeat(1.0, 1000)];
        Assert.Equal(9007199254740992, q.Aggregate((sum, x) => sum + x));
        Assert.Equal(9007199254741992, Measures.KullbackLeibler(new double[q.Length], q));

        // 300,000 equal outcomes: a plain sum of their entropy is off in the 12th digit, this one in none.
        double[] uniform = [.. Enumerable.Repeat(1 / 300_000.0, 300_000)];
        double entropy = Math.Log(300_000);
        Assert.True(Math.Abs(uniform.Aggregate(0.0, (sum, p) => sum - p * Math.Log(p)) - entropy) > 1e-12);
        Assert.Equal(entropy, Entropy.Shannon(uniform), 2e-15);
    }

    [Fact]
    public void The_logarithm_of_a_ratio_near_one()
    {
        // The quotient rounds: Math.Log(p / q) is 1.7571433e-10, and so is the difference of the logarithms in as many digits.
        (double p, double q) = (0.7 + 1.23e-10, 0.7);
        const double truth = 1.7571436367882883933708629e-10;
        Assert.True(Math.Abs(Math.Log(p / q) - truth) > 1e-7 * truth && Math.Abs(Math.Log(p) - Math.Log(q) - truth) > 1e-7 * truth);
        Assert.Equal(truth, Terms.LogRatio(p, q));
    }

    [Fact]
    public void The_plain_sum_of_p_log_p_over_q_where_p_is_near_q()
    {
        // The terms are of order 1e-9 and cancel to 1e-17, which is what the rounding of p alone makes of a sum of one.
        double[] p = [0.3 + 3e-9, 0.3 - 3e-9, 0.4], q = [0.3, 0.3, 0.4];
        const double truth = 3.0000000523530165339051226e-17;
        double plain = p.Zip(q, (x, y) => x * Math.Log(x / y)).Sum();
        Assert.True(Math.Abs(plain - truth) > 0.1 * truth);
        Assert.Equal(truth, Divergence.KullbackLeibler(p, q), 4 * (Math.BitIncrement(truth) - truth));
    }

    [Fact]
    public void A_zero_that_becomes_an_epsilon()
    {
        // Clipping at 1e-10 gives 22.3 nats where the truth is infinite, and 2.3e-9 where it is zero.
        Assert.Equal(double.PositiveInfinity, Divergence.KullbackLeibler([1.0, 0.0], [0.0, 1.0]));
        Assert.Equal(0, Divergence.KullbackLeibler([1.0, 0.0], [1.0, 0.0]));
    }

    [Fact]
    public void Zero_times_the_logarithm_of_zero() =>
        Assert.Equal(0, Entropy.Shannon([1.0, 0.0, 0.0]) + Logits.KullbackLeibler([0, double.NegativeInfinity], [0, double.NegativeInfinity]));

    [Fact]
    public void Floats_added_as_floats()
    {
        // A float holds no odd number above 2^24.
        float[] p = new float[1001], q = [16777216f, .. Enumerable.Repeat(1f, 1000)];
        Assert.Equal(16778216, Measures.KullbackLeibler(p, q));
    }

    [Fact]
    public void A_square_that_overflows_on_the_way_to_an_answer_that_does_not() =>
        Assert.Equal(0.5, Gaussian.KullbackLeibler(1e200, 1e200, 0, 1e200), 1e-15);
}
