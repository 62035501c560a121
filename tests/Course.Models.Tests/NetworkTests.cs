using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class NetworkTests
{
    public static TheoryData<Activation, int[], int> Networks => new()
    {
        { Activation.Tanh, [3, 2], 1 },
        { Activation.Tanh, [3, 5, 2], 4 },
        { Activation.Tanh, [2, 7, 9, 3], 11 },
        { Activation.ReLU, [4, 9, 6, 2], 9 },
        { Activation.Linear, [1, 4, 1], 8 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_are_those_of_the_definition(Activation hidden, int[] widths, int rows)
    {
        (MultilayerPerceptron network, double[] parameters, double[] inputs) = Example(hidden, widths, rows);
        ReadOnlySpan<double> outputs = new ForwardPass(network).Run(parameters, inputs);
        for (int row = 0; row < rows; row++)
        {
            double[] a = inputs[(row * widths[0])..((row + 1) * widths[0])];
            int offset = 0;
            for (int l = 0; l < widths.Length - 1; l++)
            {
                int n = widths[l], m = widths[l + 1];
                double[] sums = parameters[(offset + n * m)..(offset + (n + 1) * m)];
                for (int k = 0; k < n; k++)
                {
                    for (int j = 0; j < m; j++)
                        sums[j] += a[k] * parameters[offset + k * m + j];
                }

                a = [.. sums.Select(x => l == widths.Length - 2 || hidden == Activation.Linear ? x : hidden == Activation.Tanh ? Math.Tanh(x) : Math.Max(x, 0))];
                offset += (n + 1) * m;
            }

            for (int j = 0; j < a.Length; j++)
                Assert.Equal(a[j], outputs[row * a.Length + j], 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_reverse_mode_gives_the_gradient_by_parameters_and_by_inputs(Activation hidden, int[] widths, int rows)
    {
        (MultilayerPerceptron network, double[] parameters, double[] inputs) = Example(hidden, widths, rows);
        var pass = new ForwardPass(network);
        double[] u = Normal(rows * network.Outputs, 3), gradient = new double[parameters.Length], inputGradient = new double[inputs.Length];
        pass.Run(parameters, inputs);
        pass.VectorJacobianProduct(u, gradient, inputGradient);
        AssertGradient(theta => Dot(u, new ForwardPass(network).Run(theta, inputs)), parameters, gradient);
        AssertGradient(x => Dot(u, new ForwardPass(network).Run(parameters, x)), inputs, inputGradient);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_forward_mode_is_the_derivative_along_a_direction_and_the_adjoint_of_the_reverse_mode(Activation hidden, int[] widths, int rows)
    {
        (MultilayerPerceptron network, double[] parameters, double[] inputs) = Example(hidden, widths, rows);
        var pass = new ForwardPass(network);
        pass.Run(parameters, inputs);
        for (int seed = 10; seed < 20; seed++)
        {
            double[] v = Normal(parameters.Length, seed), u = Normal(rows * network.Outputs, 100 + seed), jv = new double[u.Length], ju = new double[v.Length];
            pass.JacobianVectorProduct(v, jv);
            pass.VectorJacobianProduct(u, ju);
            double size = Math.Sqrt(Dot(jv, jv) * Dot(u, u));
            Assert.Equal(Dot(u, jv), Dot(ju, v), 1e-13 * Math.Max(1, size));
            Assert.Equal(Slope(theta => Dot(u, new ForwardPass(network).Run(theta, inputs)), parameters, v), Dot(u, jv), 1e-8 * Math.Max(1, size));
        }
    }

    [Fact]
    public void A_pass_gives_the_same_bits_whatever_it_ran_before_and_row_by_row()
    {
        (MultilayerPerceptron network, double[] parameters, double[] inputs) = Example(Activation.Tanh, [3, 11, 13, 5], 37);
        var pass = new ForwardPass(network);
        double[] all = pass.Run(parameters, inputs).ToArray(), gradient = Gradient(pass);
        for (int row = 0; row < 37; row++)
            Assert.Equal(all[(row * 5)..(row * 5 + 5)], pass.Run(parameters, inputs.AsSpan(row * 3, 3)).ToArray());
        Assert.Equal(all, pass.Run(parameters, inputs).ToArray());
        Assert.Equal(gradient, Gradient(pass));

        static double[] Gradient(ForwardPass pass)
        {
            double[] gradient = new double[pass.Network.ParameterCount];
            pass.VectorJacobianProduct(Normal(pass.Outputs.Length, 5), gradient);
            return gradient;
        }
    }

    [Fact]
    public void Derivatives_are_taken_at_the_parameters_that_were_run_even_if_the_array_has_changed()
    {
        (MultilayerPerceptron network, double[] parameters, double[] inputs) = Example(Activation.Tanh, [3, 4, 2], 5);
        var pass = new ForwardPass(network);
        double[] u = Normal(10, 1), before = new double[parameters.Length], after = new double[parameters.Length];
        pass.Run(parameters, inputs);
        pass.VectorJacobianProduct(u, before);
        Array.Clear(parameters);
        Array.Clear(inputs);
        pass.VectorJacobianProduct(u, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Nothing_is_allocated_by_a_batch_that_is_no_larger_than_those_before()
    {
        (MultilayerPerceptron network, double[] parameters, double[] inputs) = Example(Activation.Tanh, [8, 16, 4], 32);
        var pass = new ForwardPass(network);
        double[] u = new double[32 * 4], gradient = new double[parameters.Length];
        Work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            pass.Run(parameters, inputs);
            pass.JacobianVectorProduct(parameters, u);
            pass.VectorJacobianProduct(u, gradient);
        }
    }

    [Fact]
    public void Weights_and_biases_are_views_that_cover_the_parameters_once()
    {
        var network = new MultilayerPerceptron(Activation.ReLU, 3, 5, 2);
        Assert.Equal(4 * 5 + 6 * 2, network.ParameterCount);
        Assert.Equal((3, 2, 2), (network.Inputs, network.Outputs, network.Layers));
        double[] parameters = new double[network.ParameterCount];
        for (int l = 0; l < network.Layers; l++)
        {
            network.Weights(parameters, l).Fill(2 * l + 1);
            network.Biases(parameters, l).Fill(2 * l + 2);
        }

        Assert.Equal([.. Enumerable.Repeat(1.0, 15), .. Enumerable.Repeat(2.0, 5), .. Enumerable.Repeat(3.0, 10), .. Enumerable.Repeat(4.0, 2)], parameters);
    }

    [Theory]
    [InlineData(Activation.Tanh, 2.0 / 300, 2.0 / 220)]
    [InlineData(Activation.ReLU, 2.0 / 100, 2.0 / 220)]
    public void Initial_weights_have_the_variance_of_Glorot_or_He_and_biases_are_zero(Activation hidden, double first, double last)
    {
        var network = new MultilayerPerceptron(hidden, 100, 200, 20);
        double[] parameters = network.Initialise(new(1));
        Assert.Equal(parameters, network.Initialise(new(1)));
        double[] variances = [first, last];
        for (int l = 0; l < 2; l++)
        {
            double[] weights = network.Weights(parameters, l).ToArray();
            double error = 5 * variances[l] * Math.Sqrt(2.0 / weights.Length);   // Five standard errors.
            Assert.Equal(variances[l], weights.Average(w => w * w), error);
            Assert.All(network.Biases(parameters, l).ToArray(), bias => Assert.Equal(0, bias));
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_what_was_needed()
    {
        var network = new MultilayerPerceptron(Activation.Tanh, 3, 2);
        var pass = new ForwardPass(network);
        double[] parameters = new double[8];
        Assert.Throws<ArgumentException>("widths", () => new MultilayerPerceptron(Activation.Tanh, 3));
        Assert.Throws<ArgumentOutOfRangeException>("widths[1]", () => new MultilayerPerceptron(Activation.Tanh, 3, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("hidden", () => new MultilayerPerceptron((Activation)7, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => network.Weights(parameters, 1).Length);
        Assert.Throws<ArgumentException>("parameters", () => network.Biases(new double[9], 0).Length);
        Assert.Throws<InvalidOperationException>(() => pass.JacobianVectorProduct(parameters, []));
        Assert.Throws<ArgumentException>("parameters", () => pass.Run(new double[7], new double[3]).Length);
        Assert.Throws<ArgumentException>("inputs", () => pass.Run(parameters, []).Length);
        ArgumentException failure = Assert.Throws<ArgumentException>("inputs", () => pass.Run(parameters, new double[4]).Length);
        Assert.StartsWith("inputs has 4 elements; it must be one or more rows of 3.", failure.Message, StringComparison.Ordinal);

        pass.Run(parameters, new double[6]);
        Assert.Throws<ArgumentException>("direction", () => pass.JacobianVectorProduct(new double[7], new double[4]));
        Assert.Throws<ArgumentException>("tangent", () => pass.JacobianVectorProduct(parameters, new double[3]));
        Assert.Throws<ArgumentException>("outputGradient", () => pass.VectorJacobianProduct(new double[5], parameters));
        Assert.Throws<ArgumentException>("gradient", () => pass.VectorJacobianProduct(new double[4], new double[7]));
        Assert.Throws<ArgumentException>("inputGradient", () => pass.VectorJacobianProduct(new double[4], parameters, new double[5]));
    }

    private static (MultilayerPerceptron Network, double[] Parameters, double[] Inputs) Example(Activation hidden, int[] widths, int rows)
    {
        var network = new MultilayerPerceptron(hidden, widths);
        return (network, Normal(network.ParameterCount, 1, 0.6), Normal(rows * widths[0], 2));
    }
}
