using RelativeEntropy;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class NormalPolicyObjectiveTests
{
    private const int States = 40, Gains = 3;

    private static readonly double[] Old = [0.4, -0.7, 0.2, -0.6], New = [0.3, -0.5, 0.4, -0.4];
    private static readonly double[] Observations = Normal(States * Gains, 3), Advantages = Normal(States, 4);
    private static readonly double[] Taken = [.. Normal(States, 5).Select((z, i) => Mean(Old, i) + Math.Exp(Old[^1]) * z)];

    [Fact]
    public void The_surrogate_is_the_mean_of_ratio_times_advantage_and_at_the_old_policy_the_mean_advantage()
    {
        NormalPolicyObjective objective = Objective();
        double expected = Enumerable.Range(0, States).Average(i => Math.Exp(LogDensity(New, i) - LogDensity(Old, i)) * Advantages[i]);
        Assert.Equal(expected, objective.Surrogate(New), 1e-13);
        Assert.Equal(Advantages.Average(), objective.Surrogate(Old), 1e-15);
    }

    [Fact]
    public void The_divergence_is_the_mean_of_the_closed_form_and_zero_at_the_old_policy()
    {
        NormalPolicyObjective objective = Objective();
        double quotient = Math.Exp(2 * (Old[^1] - New[^1])), variance = Math.Exp(2 * New[^1]);
        double expected = Enumerable.Range(0, States)
            .Average(i => New[^1] - Old[^1] + (quotient + Math.Pow(Mean(New, i) - Mean(Old, i), 2) / variance - 1) / 2);
        double[] gradient = new double[Old.Length];
        Assert.Equal(expected, objective.MeanKullbackLeibler(New), 1e-13);
        Assert.Equal(0, objective.MeanKullbackLeibler(Old, gradient));
        Assert.All(gradient, derivative => Assert.Equal(0, derivative));
    }

    [Fact]
    public void Gradients_are_those_of_the_values()
    {
        NormalPolicyObjective objective = Objective();
        double[] gradient = Normal(Old.Length, 9);
        Assert.Equal(objective.Surrogate(New), objective.Surrogate(New, gradient));
        AssertGradient(theta => objective.Surrogate(theta), New, gradient);
        Assert.Equal(objective.MeanKullbackLeibler(New), objective.MeanKullbackLeibler(New, gradient));
        AssertGradient(theta => objective.MeanKullbackLeibler(theta), New, gradient);
    }

    [Fact]
    public void The_Fisher_matrix_is_the_Hessian_of_the_divergence_at_the_old_policy_and_the_library_s_averaged_over_states()
    {
        NormalPolicyObjective objective = Objective();
        double[] gradient = new double[Old.Length], product = new double[Old.Length];
        for (int seed = 10; seed < 15; seed++)
        {
            double[] v = Normal(Old.Length, seed), expected = new double[Old.Length];
            objective.FisherVectorProduct(v, product);
            for (int i = 0; i < Old.Length; i++)
            {
                int index = i;
                double slope = Slope(theta => { objective.MeanKullbackLeibler(theta, gradient); return gradient[index]; }, Old, v);
                Assert.Equal(slope, product[i], 1e-9 * Math.Sqrt(Dot(product, product)));
            }

            for (int i = 0; i < States; i++)
            {
                double[] byMean = [0], byLogDeviation = [0];
                TrustRegion.GaussianFisherVectorProduct([Old[^1]], [Mean(v, i)], [v[^1]], byMean, byLogDeviation);
                for (int j = 0; j < Gains; j++)
                    expected[j] += byMean[0] * Observations[i * Gains + j] / States;
                expected[^1] += byLogDeviation[0] / States;
            }

            for (int i = 0; i < Old.Length; i++)
                Assert.Equal(expected[i], product[i], 1e-12);
        }
    }

    [Fact]
    public void The_second_moments_are_means_over_the_states()
    {
        double[] moments = Objective().SecondMoments.ToArray();
        Assert.Equal(Gains * Gains, moments.Length);
        for (int j = 0; j < moments.Length; j++)
        {
            double expected = Enumerable.Range(0, States)
                .Average(i => Observations[i * Gains + j / Gains] * Observations[i * Gains + j % Gains]);
            Assert.Equal(expected, moments[j], 1e-14);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("oldParameters", () => new NormalPolicyObjective([1], Observations, Taken, Advantages));
        double[] unknown = [1, 2, 3, double.NaN];
        Assert.Throws<ArgumentException>("oldParameters", () => new NormalPolicyObjective(unknown, Observations, Taken, Advantages));
        Assert.Throws<ArgumentException>("states", () => new NormalPolicyObjective(Old, Observations.AsSpan(1), Taken, Advantages));
        Assert.Throws<ArgumentException>("actions", () => new NormalPolicyObjective(Old, Observations, [1], Advantages));
        Assert.Throws<ArgumentException>("advantages", () => new NormalPolicyObjective(Old, Observations, Taken, [1]));
        NormalPolicyObjective objective = Objective();
        Assert.Throws<ArgumentException>("parameters", () => objective.Surrogate([1]));
        Assert.Throws<ArgumentException>("gradient", () => objective.Surrogate(New, new double[1]));
        Assert.Throws<ArgumentException>("parameters", () => objective.MeanKullbackLeibler([1]));
        Assert.Throws<ArgumentException>("gradient", () => objective.MeanKullbackLeibler(New, new double[1]));
        Assert.Throws<ArgumentException>("vector", () => objective.FisherVectorProduct([1], new double[Old.Length]));
        Assert.Throws<ArgumentException>("destination", () => objective.FisherVectorProduct(Old, new double[1]));
    }

    private static NormalPolicyObjective Objective() => new(Old, Observations, Taken, Advantages);

    private static double Mean(double[] parameters, int i) =>
        Enumerable.Range(0, Gains).Sum(j => parameters[j] * Observations[i * Gains + j]);

    private static double LogDensity(double[] parameters, int i) =>
        -Math.Pow((Taken[i] - Mean(parameters, i)) / Math.Exp(parameters[^1]), 2) / 2 - parameters[^1];
}
