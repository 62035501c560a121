using RelativeEntropy;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

/// <summary>The parts together learn what the chapters need: each test is the smallest form of a chapter's experiment.</summary>
public class LearningTests
{
    private static readonly MultilayerPerceptron PolePolicy = new(Activation.Tanh, CartPole.StateLength, 32, CartPole.Actions);

    [Fact]
    public void Training_gives_the_same_bits_on_every_machine()
    {
        var random = new SeededRandom(1);
        var network = new MultilayerPerceptron(Activation.Tanh, 5, 21, 7, 3);
        double[] parameters = Uniform(network.ParameterCount), gradient = new double[parameters.Length], inputs = Uniform(23 * 5), targets = Uniform(23 * 3);
        var pass = new ForwardPass(network);
        var state = new AdamState(parameters.Length);
        for (int step = 0; step < 200; step++)
        {
            double[] errors = [.. pass.Run(parameters, inputs).ToArray().Zip(targets, (y, target) => y - target)];
            pass.VectorJacobianProduct(errors, gradient);
            new Adam(0.01).Step(state, parameters, gradient);
        }

        Assert.Equal(-9017429117557008646L, Hash(parameters));

        double[] Uniform(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Uniform() - 0.5)];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_network_of_64_hidden_units_reads_95_of_100_digits_it_has_not_seen(int seed)
    {
        (Digits training, Digits test) = Digits.Load().Split();
        var random = new SeededRandom(seed);
        var network = new MultilayerPerceptron(Activation.Tanh, Digits.Pixels, 64, Digits.Classes);
        double[] parameters = network.Initialise(random), gradient = new double[parameters.Length];
        var pass = new ForwardPass(network);
        var adam = new Adam(0.003);
        var state = new AdamState(parameters.Length);
        for (int epoch = 0; epoch < 30; epoch++)
        {
            foreach (int[] batch in Batches.Shuffled(training.Count, 32, random))
            {
                // The gradient of the mean cross-entropy by the logits: (softmax - one-hot) / batch.
                double[] byLogits = new double[batch.Length * Digits.Classes];
                Logits.SoftmaxRows(pass.Run(parameters, training.Take(batch).Images), Digits.Classes, byLogits);
                for (int i = 0; i < batch.Length; i++)
                    byLogits[i * Digits.Classes + training.Labels[batch[i]]] -= 1;
                for (int i = 0; i < byLogits.Length; i++)
                    byLogits[i] /= batch.Length;
                pass.VectorJacobianProduct(byLogits, gradient);
                adam.Step(state, parameters, gradient);
            }
        }

        double[][] logits = [.. pass.Run(parameters, test.Images).ToArray().Chunk(Digits.Classes)];
        int right = logits.Where((row, i) => Array.IndexOf(row, row.Max()) == test.Labels[i]).Count();
        Assert.True(right >= 0.95 * test.Count, $"{right} of {test.Count} are right.");
    }

    [Fact]
    public void An_autoencoder_of_two_dimensions_gains_a_nat_on_the_mean_image_and_uses_both()
    {
        (Digits training, Digits test) = Digits.Load().Split();
        const int Latent = 2;
        var model = new VariationalAutoencoder(new(Activation.Tanh, Digits.Pixels, 32, 2 * Latent), new(Activation.Tanh, Latent, 32, Digits.Pixels));
        var random = new SeededRandom(1);
        double[] parameters = model.Initialise(random), gradient = new double[parameters.Length];
        var pass = new AutoencoderPass(model);
        var adam = new Adam(0.003);
        var state = new AdamState(parameters.Length);
        for (int epoch = 0; epoch < 50; epoch++)
        {
            foreach (int[] batch in Batches.Shuffled(training.Count, 32, random))
            {
                pass.Run(parameters, training.Take(batch).Images, Noise(batch.Length, random));
                pass.Gradient(1, [], gradient);
                adam.Step(state, parameters, gradient);
            }
        }

        pass.Run(parameters, test.Images, Noise(test.Count, new(2)));
        double constant = MeanImageLoss(training, test);
        Assert.True(pass.Reconstruction + pass.Divergence < constant - 1, $"{pass.Reconstruction} + {pass.Divergence} against {constant}.");
        Assert.True(pass.DivergenceByDimension.ToArray().All(nats => nats > 0.5));

        static double[] Noise(int rows, SeededRandom random)
        {
            double[] noise = new double[rows * Latent];
            random.Normal(noise);
            return noise;
        }
    }

    [Fact]
    public void Learners_of_the_pole_on_a_cart_have_the_same_history_on_every_machine()
    {
        var adam = new Adam(0.01);
        AdamState clipped = new(PolePolicy.ParameterCount), penalised = new(PolePolicy.ParameterCount);
        Assert.Equal(-6880139362342283236L, Hash(History((objective, old) => TrustRegionStep(objective, old, radius: 0.01))));
        Assert.Equal(-6626171144633537968L, Hash(History((objective, old) => Ascended(old, clipped, (theta, slope) => objective.ClippedSurrogate(theta, 0.2, slope)))));
        Assert.Equal(6659022436640366214L, Hash(History((objective, old) => Ascended(old, penalised, (theta, slope) =>
        {
            double[] cost = new double[theta.Length];
            objective.MeanKullbackLeibler(theta, cost);
            objective.Surrogate(theta, slope);
            Moved(slope, cost, -1).CopyTo(slope, 0);
        }))));

        double[] Ascended(double[] theta, AdamState state, Action<double[], double[]> gradient)
        {
            double[] parameters = [.. theta], slope = new double[theta.Length];
            for (int step = 0; step < 10; step++)
            {
                gradient(parameters, slope);
                adam.Step(state, parameters, [.. slope.Select(v => -v)]);
            }

            return parameters;
        }

        static double[] History(Func<PolicyObjective, double[], double[]> step)
        {
            PoleLearner learner = new(seed: 1);
            for (int batch = 0; batch < 6; batch++)
                learner.Learn(step);
            return learner.Parameters;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Trust_region_steps_solve_the_pole_on_a_cart_within_thirty_batches_of_2000_steps(int seed)
    {
        PoleLearner learner = new(seed);
        double best = 0;
        for (int batch = 0; batch < 30 && best < CartPole.SolvedReturn; batch++)
        {
            learner.Learn((objective, old) => TrustRegionStep(objective, old, radius: 0.01));
            best = Math.Max(best, Trajectories.OfEpisodes(PolePolicy, learner.Parameters, 100, new(1000 + seed)).MeanReturn);
        }

        Assert.True(best >= CartPole.SolvedReturn, $"The best mean return over 100 episodes is {best}.");
    }

    /// <summary>A policy that starts nearly uniform, and what it shares with every learner of the chapter: batches of 2000 steps, and a value function beside it.</summary>
    private sealed class PoleLearner
    {
        private readonly SeededRandom _random;
        private readonly ValueFunction _value;

        public PoleLearner(int seed)
        {
            _random = new(seed);
            Parameters = PolePolicy.Initialise(_random);
            foreach (ref double weight in PolePolicy.Weights(Parameters, 1))
                weight *= 0.1;
            _value = new(new(Activation.Tanh, CartPole.StateLength, 32, 1), new(0.01), _random);
        }

        public double[] Parameters { get; private set; }

        public void Learn(Func<PolicyObjective, double[], double[]> step)
        {
            var played = Trajectories.OfSteps(PolePolicy, Parameters, 2000, _random);
            double[] last = _value.Predict(played.LastObservations);
            double[] advantages = played.Advantages(_value.Predict(played.Observations), last, discount: 0.99, lambda: 0.97);
            _value.Fit(played.Observations, played.Returns(0.99, last), epochs: 5, batchSize: 64, _random);
            Advantage.Standardise(advantages);
            Parameters = step(new(PolePolicy, Parameters, played.Observations, played.Actions, advantages), Parameters);
        }
    }

    /// <summary>Schulman et al. (2015): ten conjugate gradient steps on F x = g, the length that the radius allows, halved until the surrogate rises within it.</summary>
    private static double[] TrustRegionStep(PolicyObjective objective, double[] parameters, double radius)
    {
        const double Damping = 1e-3;
        double[] gradient = new double[parameters.Length], product = new double[parameters.Length], x = new double[parameters.Length];
        double before = objective.Surrogate(parameters, gradient);
        double[] residual = [.. gradient], direction = [.. gradient];
        double square = Dot(residual, residual);
        for (int k = 0; k < 10 && square > 1e-20; k++)
        {
            objective.FisherVectorProduct(direction, product);
            product = Moved(product, direction, Damping);
            double length = square / Dot(direction, product);
            x = Moved(x, direction, length);
            residual = Moved(residual, product, -length);
            double next = Dot(residual, residual);
            direction = Moved(residual, direction, next / square);
            square = next;
        }

        objective.FisherVectorProduct(x, product);
        double step = Math.Sqrt(2 * radius / Dot(x, product));
        for (int halving = 0; halving < 10; halving++, step /= 2)
        {
            double[] candidate = Moved(parameters, x, step);
            if (objective.Surrogate(candidate) > before && objective.MeanKullbackLeibler(candidate) <= radius)
                return candidate;
        }

        return parameters;
    }

    private static double MeanImageLoss(Digits training, Digits test)
    {
        double[] logits = new double[Digits.Pixels];
        for (int j = 0; j < logits.Length; j++)
        {
            int pixel = j;
            double mean = Enumerable.Range(0, training.Count).Average(i => training.Image(i)[pixel]);
            logits[j] = Math.Log((mean + 1e-4) / (1 - mean + 1e-4));
        }

        return Enumerable.Range(0, test.Count).Average(i => Likelihood.Bernoulli.NegativeLog(test.Image(i), logits));
    }
}
