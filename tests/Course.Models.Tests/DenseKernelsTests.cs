namespace Course.Models.Tests;

public class DenseKernelsTests
{
    [Fact]
    public void A_product_has_the_bits_of_the_plain_loop_at_every_size()
    {
        var random = new SeededRandom(1);
        for (int trial = 0; trial < 300; trial++)
        {
            int m = 1 + random.Below(20), depth = 1 + random.Below(20), n = 1 + random.Below(20);
            double[] a = Numbers.Normal(m * depth, trial), b = Numbers.Normal(depth * n, 1000 + trial), c = Numbers.Normal(m * n, 2000 + trial), expected = [.. c];
            double[] transposed = new double[a.Length], other = [.. c];
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    for (int k = 0; k < depth; k++)
                        expected[i * n + j] = Math.FusedMultiplyAdd(a[i * depth + k], b[k * n + j], expected[i * n + j]);
                }
            }

            DenseKernels.Transpose(a, m, depth, transposed);
            DenseKernels.MultiplyAdd(a, depth, 1, b, c, m, depth, n);
            DenseKernels.MultiplyAdd(transposed, 1, m, b, other, m, depth, n);
            Assert.Equal(expected, c);
            Assert.Equal(expected, other);
        }
    }

    // 50 digits by mpmath, rounded.
    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1e-08, 1e-08)]
    [InlineData(0.001, 0.0009999996666668)]
    [InlineData(0.1, 0.09966799462495582)]
    [InlineData(0.17, 0.16838104587081473)]
    [InlineData(0.18, 0.1780808681173302)]
    [InlineData(0.3, 0.2913126124515909)]
    [InlineData(0.5, 0.46211715726000974)]
    [InlineData(0.55, 0.5005202111902353)]
    [InlineData(1, 0.7615941559557649)]
    [InlineData(1.5, 0.9051482536448664)]
    [InlineData(2, 0.9640275800758169)]
    [InlineData(3.3, 0.9972829600991421)]
    [InlineData(5, 0.9999092042625951)]
    [InlineData(10, 0.9999999958776927)]
    [InlineData(18.5, 0.9999999999999998)]
    [InlineData(19.5, 1.0)]
    [InlineData(25, 1.0)]
    [InlineData(300, 1.0)]
    [InlineData(double.PositiveInfinity, 1.0)]
    public void The_hyperbolic_tangent_is_right_to_four_units_in_the_last_place(double x, double expected)
    {
        double[] values = [.. Enumerable.Repeat(x, 5), .. Enumerable.Repeat(-x, 6)];
        DenseKernels.Apply(Activation.Tanh, values);
        Assert.All(values[..5], value => Assert.InRange(value, expected * (1 - 4 * Numbers.Roundoff), Math.Min(1, expected * (1 + 4 * Numbers.Roundoff))));
        Assert.All(values[5..], value => Assert.Equal(-values[0], value));
    }

    [Fact]
    public void The_hyperbolic_tangent_is_within_five_units_of_the_platform_s_and_never_above_one()
    {
        // Four are ours, one is the platform's.
        double[] x = [.. Enumerable.Range(-100_000, 200_001).Select(i => i * 2.5e-4)], values = [.. x];
        DenseKernels.Apply(Activation.Tanh, values);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.True(Math.Abs(values[i] - Math.Tanh(x[i])) <= 5 * Numbers.Roundoff * Math.Abs(values[i]), $"tanh {x[i]} = {values[i]}");
            Assert.True(Math.Abs(values[i]) <= 1);
        }
    }

    [Fact]
    public void An_unknown_number_stays_unknown()
    {
        double[] tanh = [double.NaN, -0.0, double.NaN], relu = [double.NaN, -1, 2];
        DenseKernels.Apply(Activation.Tanh, tanh);
        DenseKernels.Apply(Activation.ReLU, relu);
        Assert.Equal([double.NaN, -0.0, double.NaN], tanh);
        Assert.True(double.IsNegative(tanh[1]));
        Assert.Equal([double.NaN, 0, 2], relu);
    }

    [Fact]
    public void The_softmax_is_the_library_s_to_rounding()
    {
        var random = new SeededRandom(1);
        for (int columns = 1; columns <= 9; columns++)
        {
            // Each exponential is right to 3 units in the last place, the sum to as many as it has terms; the rounding of a difference of logits is multiplied by it.
            double[] logits = Numbers.Normal(7 * columns, columns, scale: Math.Pow(10, random.Below(4)));
            double[] p = new double[logits.Length], expected = new double[logits.Length];
            DenseKernels.Softmax(logits, columns, p);
            RelativeEntropy.Logits.SoftmaxRows(logits, columns, expected);
            for (int i = 0; i < p.Length; i++)
            {
                double bound = expected[i] < 1e-306 ? 1e-306 : (columns + 6 - Math.Log(expected[i])) * Numbers.Roundoff * expected[i];
                Assert.InRange(Math.Abs(p[i] - expected[i]), 0, bound);
            }
        }

        double[] edges = new double[3];
        DenseKernels.Softmax([0, double.NegativeInfinity, -2000], 3, edges);
        Assert.Equal([1, 0, 0], edges);
        DenseKernels.Softmax([0, double.NaN, 1], 3, edges);
        Assert.All(edges, p => Assert.True(double.IsNaN(p)));
    }
}
