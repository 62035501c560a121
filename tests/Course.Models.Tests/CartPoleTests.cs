using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

public class CartPoleTests
{
    // Accelerations from the two equations of motion, solved as a linear system with 50 digits by another program, and one Euler step.
    [Theory]
    [InlineData(0.01, -0.02, 0.03, 0.04, 0, 0.009600000000000001, -0.2155390171027894, 0.030799999999999998, 0.3419952237760392)]
    [InlineData(0.01, -0.02, 0.03, 0.04, 1, 0.009600000000000001, 0.17467919574755525, 0.030799999999999998, -0.24306871796000815)]
    [InlineData(-1.2, 0.7, -0.15, 1.3, 0, -1.186, 0.5070660143110975, -0.124, 1.5422165065529312)]
    [InlineData(-1.2, 0.7, -0.15, 1.3, 1, -1.186, 0.8966732864341995, -0.124, 0.9643679029096106)]
    [InlineData(2.3, 2, 0.2, -2.5, 0, 2.34, 1.8038634773966118, 0.15000000000000002, -2.153250940999876)]
    [InlineData(2.3, 2, 0.2, -2.5, 1, 2.34, 2.192983596102072, 0.15000000000000002, -2.725296375663133)]
    [InlineData(0, 0, 0, 0, 0, 0.0, -0.1951219512195122, 0.0, 0.2926829268292683)]
    [InlineData(0, 0, 0, 0, 1, 0.0, 0.1951219512195122, 0.0, -0.2926829268292683)]
    public void A_step_is_that_of_the_equations_of_motion(
        double position, double velocity, double angle, double angularVelocity, int action, params double[] expected)
    {
        double[] next = new double[4];
        CartPole.Step(new(position, velocity, angle, angularVelocity), action).CopyTo(next);
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], next[i], 8 * Roundoff * Math.Max(1, Math.Abs(expected[i])));
    }

    [Fact]
    public void Fifty_steps_stay_with_an_independent_computation()
    {
        // The pole falls by then; the unstable mode grows by e^(sqrt(15.8) 1 s) = 53, so rounding by a few hundred units.
        var state = new CartPoleState(0.02, -0.01, 0.03, 0.04);
        for (int i = 0; i < 50; i++)
            state = CartPole.Step(state, i % 2);
        double[] reached = new double[4], expected = [-0.12628316644674117, -0.014567658119214108, 1.5974346674226867, 5.519868959468855];
        state.CopyTo(reached);
        for (int i = 0; i < 4; i++)
            Assert.Equal(expected[i], reached[i], 1e-12);
    }

    [Fact]
    public void The_world_is_symmetric()
    {
        var state = new CartPoleState(0.3, -0.4, 0.1, 0.7);
        CartPoleState left = CartPole.Step(state, 0), right = CartPole.Step(new(-0.3, 0.4, -0.1, -0.7), 1);
        Assert.Equal(left, new(-right.Position, -right.Velocity, -right.Angle, -right.AngularVelocity));
    }

    [Theory]
    [InlineData(2.4, 0, false)]
    [InlineData(2.4000001, 0, true)]
    [InlineData(-2.4000001, 0, true)]
    [InlineData(0, 0.2094395, false)]
    [InlineData(0, 0.2094396, true)]
    [InlineData(0, -0.2094396, true)]
    [InlineData(double.NaN, 0, true)]
    public void An_episode_fails_beyond_the_track_or_twelve_degrees(double position, double angle, bool expected) =>
        Assert.Equal(expected, CartPole.HasFailed(new(position, 9, angle, 9)));

    [Fact]
    public void Starts_are_small_and_depend_on_the_seed_alone()
    {
        var random = new SeededRandom(1);
        Assert.Equal(CartPole.Start(new(1)), CartPole.Start(random));
        double[] numbers = new double[4];
        for (int i = 0; i < 1000; i++)
        {
            CartPole.Start(random).CopyTo(numbers);
            Assert.All(numbers, x => Assert.InRange(x, -0.05, 0.05));
        }

        Assert.Throws<ArgumentOutOfRangeException>("action", () => CartPole.Step(default, 2));
        Assert.Throws<ArgumentException>("destination", () => default(CartPoleState).CopyTo(new double[3]));
    }

    [Fact]
    public void Episodes_follow_the_dynamics_and_end_where_they_must()
    {
        (MultilayerPerceptron policy, double[] parameters) = Policy();
        var played = Trajectories.OfEpisodes(policy, parameters, 20, new(2));
        Assert.Equal(20, played.Episodes.Count);
        Assert.Equal(played.Steps, played.Episodes.Sum(e => e.Length));
        Assert.Equal((double)played.Steps / 20, played.MeanReturn);
        Assert.Equal(played.Actions, Trajectories.OfEpisodes(policy, parameters, 20, new(2)).Actions);
        for (int e = 0; e < 20; e++)
        {
            Episode episode = played.Episodes[e];
            CartPoleState state = At(played.Observations, episode.Start);
            for (int t = episode.Start; t < episode.Start + episode.Length; t++)
            {
                Assert.Equal(state, At(played.Observations, t));
                Assert.False(CartPole.HasFailed(state));
                state = CartPole.Step(state, played.Actions[t]);
            }

            Assert.Equal(state, At(played.LastObservations, e));
            Assert.Equal(episode.HasFailed, CartPole.HasFailed(state));
            Assert.Equal(!episode.HasFailed, episode.Length == CartPole.StepLimit && !CartPole.HasFailed(state));
        }

        static CartPoleState At(double[] rows, int row) => new(rows[row * 4], rows[row * 4 + 1], rows[row * 4 + 2], rows[row * 4 + 3]);
    }

    [Fact]
    public void A_seed_gives_the_same_episodes_on_every_machine()
    {
        (MultilayerPerceptron policy, double[] parameters) = Policy();
        var played = Trajectories.OfSteps(policy, parameters, 2000, new(1));
        Assert.Equal(6211688569185116905L, played.Observations.Aggregate(17L, (hash, value) => unchecked(hash * 31 + BitConverter.DoubleToInt64Bits(value))));
    }

    [Fact]
    public void A_policy_that_pushes_towards_the_fall_reaches_the_limit_of_steps()
    {
        var policy = new MultilayerPerceptron(Activation.Linear, 4, 2);
        var played = Trajectories.OfEpisodes(policy, Controller(), 10, new(3));
        Assert.All(played.Episodes, e => Assert.Equal((CartPole.StepLimit, false), (e.Length, e.HasFailed)));
        Assert.Equal(500, played.MeanReturn);
        Assert.Equal(1000, Trajectories.OfSteps(policy, Controller(), 501, new(3)).Steps);
    }

    [Fact]
    public void Discounted_returns_are_those_computed_by_hand()
    {
        double[] returns = new double[3];
        Advantage.DiscountedReturns([1, 2, 4], lastValue: 8, discount: 0.5, returns);
        Assert.Equal([4.0, 6, 8], returns);
        Advantage.DiscountedReturns([1, 2, 4], lastValue: 0, discount: 0.5, returns);
        Assert.Equal([3.0, 4, 4], returns);
    }

    [Fact]
    public void Generalised_advantages_are_those_computed_by_hand()
    {
        // delta = 1 + 3/2 - 1, 2 + 2/2 - 3, 4 + 8/2 - 2 = 1.5, 0, 6; discount lambda = 1/4.
        double[] advantages = new double[3];
        Advantage.Generalised([1, 2, 4], values: [1, 3, 2], lastValue: 8, discount: 0.5, lambda: 0.5, advantages);
        Assert.Equal([1.875, 1.5, 6], advantages);
    }

    [Fact]
    public void With_lambda_one_an_advantage_is_the_return_less_the_value_and_with_zero_one_step_ahead()
    {
        double[] rewards = Normal(50, 1), values = Normal(50, 2), returns = new double[50], all = new double[50], one = new double[50];
        Advantage.DiscountedReturns(rewards, 0.7, 0.97, returns);
        Advantage.Generalised(rewards, values, 0.7, 0.97, 1, all);
        Advantage.Generalised(rewards, values, 0.7, 0.97, 0, one);
        for (int t = 0; t < 50; t++)
        {
            Assert.Equal(returns[t] - values[t], all[t], 1e-13);
            Assert.Equal(rewards[t] + 0.97 * (t == 49 ? 0.7 : values[t + 1]) - values[t], one[t], 1e-15);
        }
    }

    [Fact]
    public void Episodes_are_discounted_apart_and_only_those_that_did_not_fail_have_a_value_beyond_their_end()
    {
        (MultilayerPerceptron policy, double[] parameters) = Policy();
        var played = Trajectories.OfEpisodes(policy, parameters, 3, new(4));
        Assert.All(played.Episodes, e => Assert.True(e.HasFailed));
        double[] returns = played.Returns(0.9, [100, 100, 100]), plain = played.Returns(0.9);
        Assert.Equal(plain, returns);
        foreach (Episode e in played.Episodes)
            Assert.Equal((1 - Math.Pow(0.9, e.Length)) / (1 - 0.9), returns[e.Start], 1e-13);
        double[] advantages = played.Advantages(new double[played.Steps], [100, 100, 100], 0.9, 1);
        Assert.Equal(returns, advantages);

        var limited = Trajectories.OfEpisodes(new(Activation.Linear, 4, 2), Controller(), 1, new(5));
        Assert.Equal(1 + 0.5 * 100, limited.Returns(0.5, [100])[^1]);
        Assert.Equal(1 + 0.5 * 100 - 7, limited.Advantages([.. Enumerable.Repeat(7.0, 500)], [100], 0.5, 0.3)[^1]);
    }

    [Fact]
    public void Standardised_advantages_have_mean_zero_and_variance_one()
    {
        double[] advantages = [.. Normal(100, 6).Select(x => 3 + 2 * x)];
        Advantage.Standardise(advantages);
        Assert.Equal(0, advantages.Average(), 1e-14);
        Assert.Equal(1, advantages.Average(a => a * a), 1e-14);
        Assert.Throws<ArgumentException>("advantages", () => Advantage.Standardise([2, 2, 2]));
    }

    [Fact]
    public void A_value_function_learns_a_smooth_function()
    {
        double[] states = Normal(400 * 2, 7);
        double[] returns = [.. Enumerable.Range(0, 400).Select(i => Math.Sin(states[2 * i]) + 0.5 * states[2 * i + 1])];
        var random = new SeededRandom(8);
        var value = new ValueFunction(new(Activation.Tanh, 2, 16, 1), new(0.01), random);
        double before = Error();
        value.Fit(states, returns, epochs: 60, batchSize: 32, random);
        Assert.InRange(Error(), 0, 0.01 * before);
        Assert.Throws<ArgumentException>("returns", () => value.Fit(states, [1], 1, 1, random));
        Assert.Throws<ArgumentException>("network", () => new ValueFunction(new(Activation.Tanh, 2, 2), new(), random));

        double Error() => value.Predict(states).Zip(returns, (v, r) => (v - r) * (v - r)).Average();
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        (MultilayerPerceptron policy, double[] parameters) = Policy();
        Assert.Throws<ArgumentException>("policy", () => Trajectories.OfSteps(new(Activation.Tanh, 3, 2), new double[8], 1, new(1)));
        Assert.Throws<ArgumentException>("parameters", () => Trajectories.OfSteps(policy, new double[3], 1, new(1)));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => Trajectories.OfSteps(policy, parameters, 0, new(1)));
        Assert.Throws<ArgumentOutOfRangeException>("episodes", () => Trajectories.OfEpisodes(policy, parameters, 0, new(1)));
        var played = Trajectories.OfEpisodes(policy, parameters, 2, new(1));
        Assert.Throws<ArgumentException>("lastValues", () => played.Returns(1, [1]));
        Assert.Throws<ArgumentException>("values", () => played.Advantages([1], [1, 1], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("discount", () => played.Returns(1.5));
        Assert.Throws<ArgumentOutOfRangeException>("lambda", () => Advantage.Generalised([1], [1], 1, 1, double.NaN, new double[1]));
        Assert.Throws<ArgumentException>("destination", () => Advantage.DiscountedReturns([1], 1, 1, new double[2]));
    }

    private static (MultilayerPerceptron Policy, double[] Parameters) Policy()
    {
        var policy = new MultilayerPerceptron(Activation.Tanh, 4, 8, 2);
        return (policy, policy.Initialise(new(1)));
    }

    /// <summary>Logits of -+1000 (0.1 position + 0.3 velocity + 10 angle + 3 angular velocity): a linear controller, nearly without chance.</summary>
    private static double[] Controller() => [-100, 100, -300, 300, -10000, 10000, -3000, 3000, 0, 0];
}
