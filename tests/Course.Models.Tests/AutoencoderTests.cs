using RelativeEntropy;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class AutoencoderTests
{
    public static TheoryData<bool, double, double[]> Objectives => new()
    {
        { true, 1, [] },
        { true, 0.25, [0, 1] },
        { false, 4, [1, 0.5] },
        { false, 0, [] },
    };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void The_gradient_is_that_of_the_objective_at_fixed_noise(bool isBernoulli, double beta, double[] mask)
    {
        (VariationalAutoencoder model, double[] parameters, double[] x, double[] noise) = Example(isBernoulli ? Likelihood.Bernoulli : Likelihood.Gaussian(0.3));
        var pass = new AutoencoderPass(model);
        double[] gradient = new double[parameters.Length];
        pass.Run(parameters, x, noise);
        pass.Gradient(beta, mask, gradient);
        AssertGradient(
            theta =>
            {
                var other = new AutoencoderPass(model);
                other.Run(theta, x, noise);
                double divergence = 0;
                for (int j = 0; j < model.LatentDimensions; j++)
                    divergence += (mask.Length == 0 ? 1 : mask[j]) * other.DivergenceByDimension[j];
                return other.Reconstruction + beta * divergence;
            },
            parameters,
            gradient);
    }

    [Fact]
    public void The_two_terms_are_the_means_of_what_the_library_says_of_each_row()
    {
        (VariationalAutoencoder model, double[] parameters, double[] x, double[] noise) = Example(Likelihood.Bernoulli);
        var pass = new AutoencoderPass(model);
        pass.Run(parameters, x, noise);
        double reconstruction = 0, divergence = 0;
        for (int i = 0; i < pass.Rows; i++)
        {
            for (int j = 0; j < 4; j++)
                reconstruction += Logits.CrossEntropyFromProbabilities([1 - x[i * 4 + j], x[i * 4 + j]], [0, pass.Outputs[i * 4 + j]]);
            divergence += DiagonalGaussian.KullbackLeiblerToStandard(pass.Means.Slice(i * 2, 2), pass.LogVariances.Slice(i * 2, 2));
        }

        Assert.Equal(reconstruction / pass.Rows, pass.Reconstruction, 1e-13);
        Assert.Equal(divergence / pass.Rows, pass.Divergence, 1e-13);
        Assert.Equal(pass.Divergence, pass.DivergenceByDimension[0] + pass.DivergenceByDimension[1], 1e-14);
        Assert.Equal(pass.Reconstruction, pass.Reconstructions.ToArray().Average(), 1e-13);
        for (int i = 0; i < noise.Length; i++)
            Assert.Equal(pass.Means[i] + Math.Sqrt(Math.Exp(pass.LogVariances[i])) * noise[i], pass.Latents[i], 1e-13);
    }

    [Fact]
    public void Without_noise_the_mean_is_decoded()
    {
        (VariationalAutoencoder model, double[] parameters, double[] x, double[] noise) = Example(Likelihood.Bernoulli);
        var pass = new AutoencoderPass(model);
        pass.Run(parameters, x, new double[noise.Length]);
        Assert.Equal(pass.Means.ToArray(), pass.Latents.ToArray());
        Assert.Equal(new ForwardPass(model.Decoder).Run(model.DecoderParameters(parameters), pass.Means).ToArray(), pass.Outputs.ToArray());
    }

    [Fact]
    public void A_pass_gives_the_same_bits_whatever_it_ran_before()
    {
        (VariationalAutoencoder model, double[] parameters, double[] x, double[] noise) = Example(Likelihood.Gaussian(1));
        var pass = new AutoencoderPass(model);
        double[] first = new double[parameters.Length], again = new double[parameters.Length];
        pass.Run(parameters, x, noise);
        double reconstruction = pass.Reconstruction;
        pass.Gradient(1, [], first);
        pass.Run(parameters, x.AsSpan(0, 4), noise.AsSpan(0, 2));
        pass.Gradient(2, [], again);
        Assert.Equal(1, pass.Rows);
        pass.Run(parameters, x, noise);
        pass.Gradient(1, [], again);
        Assert.Equal(reconstruction, pass.Reconstruction);
        Assert.Equal(first, again);
    }

    [Theory]
    [InlineData(0, 1000, 1000)]
    [InlineData(1, 1000, 0)]
    [InlineData(0, -1000, 0)]
    [InlineData(1, -1000, 1000)]
    [InlineData(1, 30, 9.357622968839737e-14)]
    [InlineData(0.25, 0, 0.6931471805599453)]
    [InlineData(0.25, 2, 1.6269280110429725)]
    public void The_Bernoulli_likelihood_keeps_its_digits_at_extreme_logits(double x, double logit, double expected)
    {
        // log1p(e^-30) and 1.5 + log1p(e^-2) by mpmath.
        Assert.Equal(expected, Likelihood.Bernoulli.NegativeLog([x], [logit]), 4 * Roundoff * expected);
        double[] gradient = new double[1];
        Likelihood.Bernoulli.NegativeLogGradient([x], [logit], gradient);
        Assert.Equal(1 / (1 + Math.Exp(-logit)) - x, gradient[0], Roundoff);
    }

    [Fact]
    public void The_Gaussian_likelihood_is_a_normal_density()
    {
        double expected = -MathNet.Numerics.Distributions.Normal.PDFLn(2, Math.Sqrt(0.3), 1) - MathNet.Numerics.Distributions.Normal.PDFLn(0, Math.Sqrt(0.3), -1);
        Assert.Equal(expected, Likelihood.Gaussian(0.3).NegativeLog([1, -1], [2, 0]), 1e-14 * expected);
        Assert.Throws<ArgumentOutOfRangeException>("variance", () => Likelihood.Gaussian(0));
    }

    [Fact]
    public void Shapes_and_settings_that_do_not_fit_are_refused()
    {
        MultilayerPerceptron encoder = new(Activation.Tanh, 4, 4), decoder = new(Activation.Tanh, 2, 4);
        Assert.Throws<ArgumentException>("encoder", () => new VariationalAutoencoder(new(Activation.Tanh, 4, 5), decoder));
        Assert.Throws<ArgumentException>("decoder", () => new VariationalAutoencoder(encoder, new(Activation.Tanh, 2, 3)));
        var model = new VariationalAutoencoder(encoder, decoder);
        var pass = new AutoencoderPass(model);
        double[] parameters = new double[model.ParameterCount];
        Assert.Throws<InvalidOperationException>(() => pass.Gradient(1, [], parameters));
        Assert.Throws<ArgumentException>("parameters", () => pass.Run(new double[3], new double[4], new double[2]));
        Assert.Throws<ArgumentException>("x", () => pass.Run(parameters, new double[3], new double[2]));
        Assert.Throws<ArgumentException>("noise", () => pass.Run(parameters, new double[8], new double[2]));
        pass.Run(parameters, new double[8], new double[4]);
        Assert.Throws<ArgumentException>("mask", () => pass.Gradient(1, [1], parameters));
        Assert.Throws<ArgumentException>("gradient", () => pass.Gradient(1, [], new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => pass.Gradient(-1, [], parameters));
    }

    private static (VariationalAutoencoder Model, double[] Parameters, double[] X, double[] Noise) Example(Likelihood likelihood)
    {
        var model = new VariationalAutoencoder(new(Activation.Tanh, 4, 6, 4), new(Activation.Tanh, 2, 5, 4), likelihood);
        var random = new SeededRandom(9);
        return (model, model.Initialise(random), [.. Enumerable.Range(0, 5 * 4).Select(_ => random.Uniform())], Normal(5 * 2, 10));
    }
}
