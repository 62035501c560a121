using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class SlidingCartTests
{
    private const double TimeStep = 0.1, Effort = 0.1, Wind = 0.5, Discount = 0.95;

    public static TheoryData<double, double, double> Policies => new()
    {
        { -0.5, -0.8, 0 },
        { -0.6, -0.4, -0.3 },
        { -1, -1.5, -2 },
        { -2.3, -2, 0.4 },
        { -8, -3, -5 },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public void The_gradient_is_that_of_the_cost(double k1, double k2, double l) =>
        AssertGradient(theta => SlidingCart.Worth(theta).Cost, [k1, k2, l], SlidingCart.Worth([k1, k2, l]).Gradient);

    [Theory]
    [MemberData(nameof(Policies))]
    public void Cost_visits_and_value_say_the_same(double k1, double k2, double l)
    {
        CartWorth worth = SlidingCart.Worth([k1, k2, l]);
        double[] s = worth.Visits, p = worth.Values;
        double variance = Math.Exp(2 * l);
        double byVisits = s[0] + Effort * (k1 * k1 * s[0] + k1 * k2 * (s[1] + s[2]) + k2 * k2 * s[3] + variance);
        Assert.Equal(byVisits, worth.Cost, 1e-12 * byVisits);
        Assert.Equal((1 - Discount) * (p[0] + p[3] + worth.Chance), worth.Cost, 1e-12 * byVisits);
        Assert.Equal(p[1], p[2], 1e-12 * p[3]);
        Assert.Equal(s[1], s[2], 1e-12 * s[3]);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void The_natural_gradient_of_the_gains_is_their_distance_from_the_greedy_ones(double k1, double k2, double l)
    {
        CartWorth worth = SlidingCart.Worth([k1, k2, l]);
        double[] s = worth.Visits, d = worth.ToGreedy, g = worth.Gradient;
        Assert.Equal(g[0], g[2] / Math.Exp(2 * l) * (s[0] * d[0] + s[1] * d[1]), 1e-12 * Math.Abs(g[0]) + 1e-13);
        Assert.Equal(g[1], g[2] / Math.Exp(2 * l) * (s[2] * d[0] + s[3] * d[1]), 1e-12 * Math.Abs(g[1]) + 1e-13);
    }

    [Fact]
    public void The_best_gains_solve_the_Riccati_equation_and_nothing_near_them_costs_less()
    {
        double[] k = SlidingCart.BestGains();
        CartWorth best = SlidingCart.Worth([k[0], k[1], -3]);
        double[] p = best.Values;
        Assert.All(best.Gradient.Take(2), slope => Assert.Equal(0, slope, 1e-12));

        // P = Q + g A'PA - g^2 A'P B B'P A / (r + g B'PB), with A = (1 h; 0 1) and B = (0, h)'.
        double c = Effort + Discount * TimeStep * TimeStep * p[3];
        double u1 = TimeStep * p[1], u2 = TimeStep * (TimeStep * p[1] + p[3]);
        Assert.Equal(1 + Discount * p[0] - Discount * Discount * u1 * u1 / c, p[0], 1e-12);
        Assert.Equal(Discount * (TimeStep * p[0] + p[1]) - Discount * Discount * u1 * u2 / c, p[1], 1e-12);
        Assert.Equal(
            Discount * (TimeStep * TimeStep * p[0] + 2 * TimeStep * p[1] + p[3]) - Discount * Discount * u2 * u2 / c, p[3], 1e-12);
        Assert.Equal(-Discount * u1 / c, k[0], 1e-12);
        Assert.Equal(-Discount * u2 / c, k[1], 1e-12);

        for (int i = 0; i < 8; i++)
        {
            double angle = i * Math.PI / 4;
            Assert.True(SlidingCart.Worth([k[0] + 0.01 * Math.Cos(angle), k[1] + 0.01 * Math.Sin(angle), -3]).Cost > best.Cost);
        }
    }

    [Fact]
    public void Without_an_end_in_sight_the_cost_is_infinite()
    {
        // The closed loop has the eigenvalues 1 +- 0.1 sqrt(k1); states grow faster than the discount forgets where one exceeds
        // 1/sqrt(0.95) = 1.02598.
        Assert.Equal(double.PositiveInfinity, SlidingCart.Worth([0.068, 0, 0]).Cost);
        Assert.True(double.IsFinite(SlidingCart.Worth([0.067, 0, 0]).Cost));
        Assert.Equal(double.PositiveInfinity, SlidingCart.Worth([-1, -50, 0]).Cost);
        Assert.All(SlidingCart.Worth([1, 0, 0]).Gradient, slope => Assert.Equal(double.NaN, slope));
    }

    [Fact]
    public void What_is_played_has_the_formulas_means()
    {
        double[] policy = [-1, -1.2, -0.5];
        CartWorth worth = SlidingCart.Worth(policy);
        const int steps = 400_000;
        CartSteps played = SlidingCart.Play(policy, steps, new SeededRandom(3));
        double[] advantages = played.Advantages(worth);

        // Neighbours in an episode are alike, those two hundred steps apart are not: five standard errors of the means of two hundred.
        AssertMean(worth.Cost, played.Costs);
        AssertMean(worth.Visits[0], Every(i => played.States[2 * i] * played.States[2 * i]));
        AssertMean(worth.Visits[1], Every(i => played.States[2 * i] * played.States[2 * i + 1]));
        AssertMean(worth.Visits[3], Every(i => played.States[2 * i + 1] * played.States[2 * i + 1]));
        AssertMean(0, advantages);

        // The policy gradient theorem: the mean of score times advantage is the gradient of what is saved.
        double Action(int i) => policy[0] * played.States[2 * i] + policy[1] * played.States[2 * i + 1];
        double Z(int i) => (played.Actions[i] - Action(i)) / Math.Exp(policy[2]);
        AssertMean(-worth.Gradient[0], Every(i => Z(i) / Math.Exp(policy[2]) * played.States[2 * i] * advantages[i]));
        AssertMean(-worth.Gradient[1], Every(i => Z(i) / Math.Exp(policy[2]) * played.States[2 * i + 1] * advantages[i]));
        AssertMean(-worth.Gradient[2], Every(i => (Z(i) * Z(i) - 1) * advantages[i]));

        double[] Every(Func<int, double> value) => [.. Enumerable.Range(0, steps).Select(value)];
        static void AssertMean(double expected, double[] values)
        {
            double[] means = [.. values.Chunk(200).Select(chunk => chunk.Average())];
            double error = Math.Sqrt(means.Sum(m => Math.Pow(m - means.Average(), 2))) / means.Length;
            Assert.InRange(means.Average(), expected - 5 * error, expected + 5 * error);
        }
    }

    [Fact]
    public void Each_step_obeys_the_world_and_the_state_after_it_is_the_next_one_unless_the_episode_ended()
    {
        CartSteps played = SlidingCart.Play([-1, -1, 0], 5000, new SeededRandom(1));
        double wind = 0;
        int ends = 0;
        for (int i = 0; i < 5000; i++)
        {
            double x = played.States[2 * i], v = played.States[2 * i + 1], a = played.Actions[i];
            Assert.Equal(x * x + Effort * a * a, played.Costs[i], 1e-12 * played.Costs[i]);
            Assert.Equal(x + TimeStep * v, played.NextStates[2 * i], 1e-14);
            wind += Math.Pow((played.NextStates[2 * i + 1] - v) / TimeStep - a, 2) / 5000;
            ends += i + 1 < 5000 && played.States[2 * i + 2] != played.NextStates[2 * i] ? 1 : 0;
        }

        // The mean of 5000 squares, and 5000 draws of an end, each within five standard deviations.
        Assert.InRange(wind, Wind * Wind * (1 - 5 * Math.Sqrt(2.0 / 5000)), Wind * Wind * (1 + 5 * Math.Sqrt(2.0 / 5000)));
        Assert.InRange(ends, 250 - 5 * Math.Sqrt(5000 * 0.05 * 0.95), 250 + 5 * Math.Sqrt(5000 * 0.05 * 0.95));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("parameters", () => SlidingCart.Worth([1, 2]));
        Assert.Throws<ArgumentException>("parameters", () => SlidingCart.Worth([1, 2, double.NaN]));
        Assert.Throws<ArgumentException>("parameters", () => SlidingCart.Play([1], 10, new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => SlidingCart.Play([0, 0, 0], 0, new SeededRandom(1)));
        Assert.Throws<ArgumentNullException>("random", () => SlidingCart.Play([0, 0, 0], 1, null!));
    }
}
