using RelativeEntropy;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class PolicyObjectiveTests
{
    private const int States = 40, Actions = 3;

    private static readonly MultilayerPerceptron Policy = new(Activation.Tanh, 4, 6, Actions);
    private static readonly double[] Old = Normal(Policy.ParameterCount, 1, 0.7);
    private static readonly double[] New = Moved(Old, Normal(Policy.ParameterCount, 2), 0.1);
    private static readonly double[] Observations = Normal(States * 4, 3), Advantages = Normal(States, 4);
    private static readonly int[] Taken = [.. Enumerable.Range(0, States).Select(i => i * 7 % Actions)];

    [Fact]
    public void The_surrogate_is_the_mean_of_ratio_times_advantage_and_at_the_old_policy_the_mean_advantage()
    {
        PolicyObjective objective = Objective();
        double[] before = Probabilities(Old), after = Probabilities(New);
        double expected = Enumerable.Range(0, States).Average(i => after[i * Actions + Taken[i]] / before[i * Actions + Taken[i]] * Advantages[i]);
        Assert.Equal(expected, objective.Surrogate(New), 1e-14);
        Assert.Equal(Advantages.Average(), objective.Surrogate(Old), 1e-15);
        Assert.Equal(States, objective.States);
    }

    [Fact]
    public void The_clipped_surrogate_is_the_mean_of_the_library_s_and_has_its_gradient()
    {
        PolicyObjective objective = Objective();
        double[] far = Moved(Old, Normal(Old.Length, 2), 0.4), before = Probabilities(Old), after = Probabilities(far), gradient = new double[Old.Length];
        double[] ratios = [.. Taken.Select((action, i) => after[i * Actions + action] / before[i * Actions + action])];
        Assert.Equal(ratios.Select((r, i) => TrustRegion.ClippedSurrogate(Math.Log(r), Advantages[i], 0.2)).Average(), objective.ClippedSurrogate(far, 0.2, gradient), 1e-14);
        Assert.True(objective.ClippedSurrogate(far, 0.2) < objective.Surrogate(far) - 0.01);
        Assert.Equal(objective.Surrogate(Old), objective.ClippedSurrogate(Old, 0.2));

        // Away from the corners, which a step of 1e-3 in one parameter then does not reach.
        Assert.All(ratios, r => Assert.True(Math.Abs(Math.Abs(r - 1) - 0.2) > 5e-3));
        AssertGradient(theta => objective.ClippedSurrogate(theta, 0.2), far, gradient);
    }

    [Fact]
    public void The_divergence_is_that_of_the_library_from_old_to_new_and_zero_at_the_old_policy()
    {
        PolicyObjective objective = Objective();
        double[] before = Probabilities(Old), after = Probabilities(New), gradient = new double[Old.Length];
        double expected = Enumerable.Range(0, States).Average(i => Divergence.KullbackLeibler(before.AsSpan(i * Actions, Actions), after.AsSpan(i * Actions, Actions)));
        Assert.Equal(expected, objective.MeanKullbackLeibler(New), 1e-13 * expected);
        Assert.Equal(0, objective.MeanKullbackLeibler(Old, gradient));
        Assert.All(gradient, derivative => Assert.Equal(0, derivative));
    }

    [Fact]
    public void Gradients_are_those_of_the_values()
    {
        PolicyObjective objective = Objective();
        double[] gradient = new double[Old.Length];
        Assert.Equal(objective.Surrogate(New), objective.Surrogate(New, gradient));
        AssertGradient(theta => objective.Surrogate(theta), New, gradient);
        Assert.Equal(objective.MeanKullbackLeibler(New), objective.MeanKullbackLeibler(New, gradient));
        AssertGradient(theta => objective.MeanKullbackLeibler(theta), New, gradient);
    }

    [Fact]
    public void The_Fisher_matrix_is_the_Hessian_of_the_divergence_at_the_old_policy_symmetric_and_not_negative()
    {
        PolicyObjective objective = Objective();
        double[] gradient = new double[Old.Length], product = new double[Old.Length], other = new double[Old.Length];
        for (int seed = 10; seed < 20; seed++)
        {
            double[] v = Normal(Old.Length, seed), w = Normal(Old.Length, 100 + seed);
            objective.FisherVectorProduct(v, product);
            objective.FisherVectorProduct(w, other);
            Assert.True(Dot(v, product) >= 0);
            Assert.Equal(Dot(w, product), Dot(v, other), 1e-13 * Math.Sqrt(Dot(w, other) * Dot(v, product)));
            for (int i = 0; i < Old.Length; i++)
            {
                int index = i;
                double slope = Slope(theta => { objective.MeanKullbackLeibler(theta, gradient); return gradient[index]; }, Old, v);
                Assert.Equal(slope, product[i], 1e-9 * Math.Sqrt(Dot(product, product)));
            }
        }
    }

    [Fact]
    public void The_Fisher_matrix_is_the_mean_of_the_score_s_outer_product()
    {
        PolicyObjective objective = Objective();
        double[] p = Probabilities(Old), v = Normal(Old.Length, 30), product = new double[Old.Length], expected = new double[Old.Length], score = new double[Old.Length];
        var pass = new ForwardPass(Policy);
        for (int i = 0; i < States; i++)
        {
            pass.Run(Old, Observations.AsSpan(i * 4, 4));
            for (int action = 0; action < Actions; action++)
            {
                double[] byLogits = [.. Enumerable.Range(0, Actions).Select(j => (j == action ? 1 : 0) - p[i * Actions + j])];
                pass.VectorJacobianProduct(byLogits, score);
                double weight = p[i * Actions + action] * Dot(score, v) / States;
                for (int k = 0; k < score.Length; k++)
                    expected[k] += weight * score[k];
            }
        }

        objective.FisherVectorProduct(v, product);
        for (int k = 0; k < product.Length; k++)
            Assert.Equal(expected[k], product[k], 1e-14);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("actions", () => new PolicyObjective(Policy, Old, Observations, [1], Advantages));
        Assert.Throws<ArgumentException>("advantages", () => new PolicyObjective(Policy, Old, Observations, Taken, [1]));
        Assert.Throws<ArgumentException>("inputs", () => new PolicyObjective(Policy, Old, Observations.AsSpan(1), Taken, Advantages));
        Assert.Throws<ArgumentOutOfRangeException>("actions", () => new PolicyObjective(Policy, Old, Observations, [.. Taken.Select(a => a + 1)], Advantages));
        PolicyObjective objective = Objective();
        Assert.Throws<ArgumentException>("parameters", () => objective.Surrogate([1]));
        Assert.Throws<ArgumentException>("gradient", () => objective.MeanKullbackLeibler(New, new double[1]));
        Assert.Throws<ArgumentException>("gradient", () => objective.ClippedSurrogate(New, 0.2, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>("clip", () => objective.ClippedSurrogate(New, 0));
        Assert.Throws<ArgumentOutOfRangeException>("clip", () => objective.ClippedSurrogate(New, 1));
        Assert.Throws<ArgumentException>("direction", () => objective.FisherVectorProduct([1], new double[Old.Length]));
        Assert.Throws<ArgumentException>("destination", () => objective.FisherVectorProduct(Old, new double[1]));
    }

    private static PolicyObjective Objective() => new(Policy, Old, Observations, Taken, Advantages);

    private static double[] Probabilities(double[] parameters)
    {
        double[] p = new double[States * Actions];
        Logits.SoftmaxRows(new ForwardPass(Policy).Run(parameters, Observations), Actions, p);
        return p;
    }
}
