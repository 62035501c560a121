using RelativeEntropy;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class SequenceAutoencoderTests
{
    private const int K = 3, T = 4, D = 2, Rows = 5;

    private static readonly int[] X = Draw(Rows * T, 21);
    private static readonly double[] Noise = Normal(Rows * D, 22);
    private static readonly bool[] Some = [.. Draw(Rows * T, 23).Select(v => v == 0)];

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, false)]
    [InlineData(2, 0.25, true)]
    [InlineData(3, 4, true)]
    [InlineData(3, 0, false)]
    public void The_gradient_is_that_of_the_objective_at_fixed_noise_and_fixed_hidden_symbols(int context, double beta, bool hides)
    {
        var model = new SequenceAutoencoder(K, T, context, D, 6);
        double[] parameters = model.Initialise(new(9)), gradient = new double[parameters.Length];
        bool[] hidden = hides ? Some : [];
        var pass = new SequencePass(model);
        pass.Run(parameters, X, Noise, hidden);
        pass.Gradient(beta, gradient);
        AssertGradient(
            theta =>
            {
                var other = new SequencePass(model);
                other.Run(theta, X, Noise, hidden);
                return other.Reconstruction + beta * other.Divergence;
            },
            parameters,
            gradient);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(T - 1)]
    public void Given_z_the_probabilities_of_all_sequences_sum_to_one(int context)
    {
        var model = new SequenceAutoencoder(K, T, context, D, 6);
        double[] parameters = OfDecoderAlone(model, 10);
        double[] z = [0.7, -1.2];
        int all = (int)Math.Pow(K, T);
        int[] sequences = [.. Enumerable.Range(0, all).SelectMany(s => Enumerable.Range(0, T).Select(t => s / (int)Math.Pow(K, t) % K))];
        var pass = new SequencePass(model);
        pass.Run(parameters, sequences, [.. Enumerable.Range(0, all).SelectMany(_ => z)]);
        Assert.Equal(1, Enumerable.Range(0, all).Sum(s => Math.Exp(-Sum(pass.Surprises.Slice(s * T, T)))), 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(T - 1)]
    public void A_symbol_is_said_from_those_of_its_context_and_from_no_other(int context)
    {
        var model = new SequenceAutoencoder(K, T, context, D, 6);
        double[] parameters = OfDecoderAlone(model, 11);
        for (int changed = 0; changed < T; changed++)
        {
            int[] x = [.. X[..T]], other = [.. x];
            other[changed] = (x[changed] + 1) % K;
            double[] before = Surprises(model, parameters, x), after = Surprises(model, parameters, other);
            for (int t = 0; t < T; t++)
                Assert.Equal(t >= changed && t <= changed + context, before[t] != after[t]);
        }
    }

    [Fact]
    public void A_hidden_symbol_is_still_said_but_no_longer_read_by_the_decoder_and_the_encoder_reads_it()
    {
        var model = new SequenceAutoencoder(K, T, T - 1, D, 6);
        double[] parameters = OfDecoderAlone(model, 12);
        int[] x = [.. X[..T]], other = [.. x];
        other[1] = (x[1] + 1) % K;
        bool[] hidden = [false, true, false, false];
        double[] before = Surprises(model, parameters, x, hidden), after = Surprises(model, parameters, other, hidden);
        Assert.Equal([true, false, true, true], before.Zip(after, (a, b) => a == b));
        Assert.Equal([true, true, false, false], before.Zip(Surprises(model, parameters, x), (a, b) => a == b));

        double[] all = model.Initialise(new(12));
        var pass = new SequencePass(model);
        pass.Run(all, x, new double[D], hidden);
        double[] means = pass.Means.ToArray();
        pass.Run(all, other, new double[D], hidden);
        Assert.NotEqual(means, pass.Means.ToArray());
    }

    [Fact]
    public void The_two_terms_are_the_means_of_what_the_library_says_of_each_sequence()
    {
        var model = new SequenceAutoencoder(K, T, 2, D, 6);
        double[] parameters = model.Initialise(new(13));
        var pass = new SequencePass(model);
        pass.Run(parameters, X, Noise, Some);
        double divergence = 0;
        for (int i = 0; i < Rows; i++)
            divergence += DiagonalGaussian.KullbackLeiblerToStandard(pass.Means.Slice(i * D, D), pass.LogVariances.Slice(i * D, D)) / Rows;
        Assert.Equal(divergence, pass.Divergence, 1e-14);
        Assert.Equal(Sum(pass.Surprises) / Rows, pass.Reconstruction, 1e-13);
        for (int i = 0; i < Noise.Length; i++)
            Assert.Equal(pass.Means[i] + Math.Exp(pass.LogVariances[i] / 2) * Noise[i], pass.Latents[i], 1e-14);

        // The last symbol of the first sequence, from the two before it and z, by the network itself.
        double[] inputs = new double[2 * (K + 1) + D];
        for (int back = 1; back <= 2; back++)
            inputs[(back - 1) * (K + 1) + (Some[T - 1 - back] ? K : X[T - 1 - back])] = 1;
        pass.Latents[..D].CopyTo(inputs.AsSpan(2 * (K + 1)));
        double[] logits = new ForwardPass(model.Decoder).Run(parameters.AsSpan(model.Encoder.ParameterCount), inputs).ToArray();
        Assert.Equal(Logits.CrossEntropy(X[T - 1], logits), pass.Surprises[T - 1], 1e-14);
    }

    [Fact]
    public void A_pass_gives_the_same_bits_whatever_it_ran_before()
    {
        var model = new SequenceAutoencoder(K, T, 3, D, 6);
        double[] parameters = model.Initialise(new(14)), first = new double[parameters.Length], again = new double[parameters.Length];
        var pass = new SequencePass(model);
        pass.Run(parameters, X, Noise, Some);
        double reconstruction = pass.Reconstruction;
        pass.Gradient(1, first);
        pass.Run(parameters, X.AsSpan(0, T), Noise.AsSpan(0, D));
        pass.Gradient(2, again);
        Assert.Equal(1, pass.Rows);
        pass.Run(parameters, X, Noise, Some);
        pass.Gradient(1, again);
        Assert.Equal(reconstruction, pass.Reconstruction);
        Assert.Equal(first, again);
    }

    // Sequences that repeat one symbol: H = ln 3. A decoder that sees what went before needs no z for the second symbol and all after it.
    [Fact]
    public void Training_approaches_the_entropy_of_the_source_from_above()
    {
        var model = new SequenceAutoencoder(K, T, 1, 1, 6);
        var random = new SeededRandom(15);
        double[] parameters = model.Initialise(random), gradient = new double[parameters.Length], noise = new double[30];
        int[] x = [.. Enumerable.Range(0, 30).SelectMany(i => Enumerable.Repeat(i % K, T))];
        var pass = new SequencePass(model);
        var state = new AdamState(parameters.Length);
        for (int step = 0; step < 600; step++)
        {
            random.Normal(noise);
            pass.Run(parameters, x, noise);
            pass.Gradient(1, gradient);
            new Adam(0.02).Step(state, parameters, gradient);
        }

        double loss = 0;
        for (int k = 0; k < 200; k++)
        {
            random.Normal(noise);
            pass.Run(parameters, x, noise);
            loss += (pass.Reconstruction + pass.Divergence) / 200;
        }

        Assert.InRange(loss, Math.Log(3) - 0.01, Math.Log(3) + 0.05);
    }

    [Fact]
    public void Shapes_and_symbols_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("symbols", () => new SequenceAutoencoder(1, T, 1, D, 6));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new SequenceAutoencoder(K, 0, 0, D, 6));
        Assert.Throws<ArgumentOutOfRangeException>("context", () => new SequenceAutoencoder(K, T, T, D, 6));
        Assert.Throws<ArgumentOutOfRangeException>("context", () => new SequenceAutoencoder(K, T, -1, D, 6));
        Assert.Throws<ArgumentOutOfRangeException>("latentDimensions", () => new SequenceAutoencoder(K, T, 1, 0, 6));
        Assert.Throws<ArgumentOutOfRangeException>("units", () => new SequenceAutoencoder(K, T, 1, D, 0));
        Assert.Throws<ArgumentNullException>("model", () => new SequencePass(null!));
        var model = new SequenceAutoencoder(K, T, 1, D, 6);
        var pass = new SequencePass(model);
        double[] parameters = new double[model.ParameterCount];
        Assert.Throws<InvalidOperationException>(() => pass.Gradient(1, parameters));
        Assert.Throws<ArgumentException>("parameters", () => pass.Run(new double[3], X, Noise));
        Assert.Throws<ArgumentException>("x", () => pass.Run(parameters, X.AsSpan(1), Noise));
        Assert.Throws<ArgumentOutOfRangeException>("x", () => pass.Run(parameters, [0, 1, 2, 3], new double[D]));
        Assert.Throws<ArgumentOutOfRangeException>("x", () => pass.Run(parameters, [0, -1, 2, 1], new double[D]));
        Assert.Throws<ArgumentException>("noise", () => pass.Run(parameters, X, new double[D]));
        Assert.Throws<ArgumentException>("hidden", () => pass.Run(parameters, X, Noise, new bool[3]));
        pass.Run(parameters, X, Noise);
        Assert.Throws<ArgumentException>("gradient", () => pass.Gradient(1, new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>("beta", () => pass.Gradient(double.NaN, parameters));
    }

    /// <summary>Parameters of an encoder that says nothing, so that z is the noise.</summary>
    private static double[] OfDecoderAlone(SequenceAutoencoder model, long seed)
    {
        double[] parameters = model.Initialise(new(seed));
        parameters.AsSpan(0, model.Encoder.ParameterCount).Clear();
        return parameters;
    }

    private static double[] Surprises(SequenceAutoencoder model, double[] parameters, int[] x, bool[]? hidden = null)
    {
        var pass = new SequencePass(model);
        pass.Run(parameters, x, Noise.AsSpan(0, D), hidden);
        return pass.Surprises.ToArray();
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value;
        return sum;
    }

    private static int[] Draw(int count, long seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Below(K))];
    }
}
