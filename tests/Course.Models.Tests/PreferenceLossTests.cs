using RelativeEntropy;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class PreferenceLossTests
{
    private const int Answers = 5;

    private static readonly double[] Policy = Normal(Answers, 1), Reference = Normal(Answers, 2), Rewards = Normal(Answers, 3, 2);
    private static readonly double[] Counts = [.. Normal(Answers * Answers, 4).Select(v => Math.Round(4 * v * v))];

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    public void The_direct_loss_is_the_mean_of_the_surprise_at_each_choice(double penalty)
    {
        double sum = 0, all = 0;
        foreach ((int y, int z) in Pairs())
        {
            double h = Policy[y] - Reference[y] - Policy[z] + Reference[z];
            sum -= Counts[y * Answers + z] * Math.Log(1 / (1 + Math.Exp(-penalty * h)));
            all += Counts[y * Answers + z];
        }

        Assert.Equal(sum / all, PreferenceLoss.Direct(Policy, Reference, Counts, penalty), 1e-13);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    public void The_identity_loss_is_the_mean_squared_distance_from_half_over_the_penalty(double penalty)
    {
        double sum = 0, all = 0;
        foreach ((int y, int z) in Pairs())
        {
            sum += Counts[y * Answers + z] * Math.Pow(Policy[y] - Reference[y] - Policy[z] + Reference[z] - 1 / (2 * penalty), 2);
            all += Counts[y * Answers + z];
        }

        Assert.Equal(sum / all, PreferenceLoss.Identity(Policy, Reference, Counts, penalty), 1e-12);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    public void Gradients_are_those_of_the_values_and_sum_to_zero(double penalty)
    {
        double[] gradient = Normal(Answers, 8);
        double direct = PreferenceLoss.Direct(Policy, Reference, Counts, penalty);
        Assert.Equal(direct, PreferenceLoss.Direct(Policy, Reference, Counts, penalty, gradient));
        AssertGradient(theta => PreferenceLoss.Direct(theta, Reference, Counts, penalty), Policy, gradient);
        Assert.Equal(0, gradient.Sum(), 1e-14);
        double identity = PreferenceLoss.Identity(Policy, Reference, Counts, penalty);
        Assert.Equal(identity, PreferenceLoss.Identity(Policy, Reference, Counts, penalty, gradient));
        AssertGradient(theta => PreferenceLoss.Identity(theta, Reference, Counts, penalty), Policy, gradient);
        Assert.Equal(0, gradient.Sum(), 1e-13);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    public void With_the_choices_of_Bradley_and_Terry_the_direct_loss_is_flat_at_the_optimum_of_reward_and_penalty(double penalty)
    {
        double[] optimum = new double[Answers], gradient = new double[Answers], choices = new double[Answers * Answers];
        TrustRegion.RegularisedOptimum(Reference, Rewards, penalty, optimum);
        foreach ((int y, int z) in Pairs())
            choices[y * Answers + z] = 1 / (1 + Math.Exp(Rewards[z] - Rewards[y]));
        double least = PreferenceLoss.Direct(optimum, Reference, choices, penalty, gradient);
        Assert.All(gradient, slope => Assert.Equal(0, slope, 1e-13));
        Assert.True(PreferenceLoss.Direct(Policy, Reference, choices, penalty) > least + 0.01);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    public void With_all_pairs_alike_the_identity_loss_is_flat_where_the_reference_is_tilted_by_the_share_of_wins(double penalty)
    {
        double[] gradient = new double[Answers], choices = new double[Answers * Answers], tilted = [.. Reference];
        foreach ((int y, int z) in Pairs())
        {
            double p = y < z ? 0.1 + 0.15 * z : 0.9 - 0.15 * y;
            choices[y * Answers + z] = p;
            tilted[y] += p / Answers / penalty;
        }

        PreferenceLoss.Identity(tilted, Reference, choices, penalty, gradient);
        Assert.All(gradient, slope => Assert.Equal(0, slope, 1e-13));
    }

    [Fact]
    public void Very_sure_policies_have_a_finite_loss()
    {
        double[] gradient = new double[2];
        Assert.Equal(5000, PreferenceLoss.Direct([0, 5000], [0, 0], [0, 1, 0, 0], 1, gradient));
        Assert.Equal([-1, 1], gradient);
        Assert.Equal(0, PreferenceLoss.Direct([5000, 0], [0, 0], [0, 1, 0, 0], 1, gradient));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("referenceLogits", () => PreferenceLoss.Direct(Policy, [1], Counts, 1));
        Assert.Throws<ArgumentException>("choices", () => PreferenceLoss.Direct(Policy, Reference, [1], 1));
        Assert.Throws<ArgumentException>("choices", () => PreferenceLoss.Direct([0, 0], [0, 0], [0, -1, 1, 0], 1));
        Assert.Throws<ArgumentException>("choices", () => PreferenceLoss.Identity([0, 0], [0, 0], [1, 0, 0, 1], 1));
        Assert.Throws<ArgumentException>("logits", () => PreferenceLoss.Identity([0, double.NaN], [0, 0], [0, 1, 1, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>("penalty", () => PreferenceLoss.Identity(Policy, Reference, Counts, 0));
        Assert.Throws<ArgumentException>("gradient", () => PreferenceLoss.Identity(Policy, Reference, Counts, 1, new double[1]));
    }

    private static IEnumerable<(int Y, int Z)> Pairs() =>
        Enumerable.Range(0, Answers * Answers).Select(i => (i / Answers, i % Answers)).Where(pair => pair.Item1 != pair.Item2);
}
