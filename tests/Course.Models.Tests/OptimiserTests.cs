namespace Course.Models.Tests;

/// <summary>On (x^2 + 10 y^2)/2 from (1, -2). The trajectories were computed with 50 digits.</summary>
public class OptimiserTests
{
    [Fact]
    public void Descent_with_momentum_follows_the_trajectory_computed_by_hand()
    {
        // All numbers are dyadic: exact.
        var descent = new StochasticGradientDescent(learningRate: 0.0625, momentum: 0.5);
        double[] x = [1, -2], velocity = new double[2];
        descent.Step(velocity, x, Gradient(x));
        Assert.Equal([0.9375, -0.75], x);
        Assert.Equal([1, -20], velocity);
        descent.Step(velocity, x, Gradient(x));
        Assert.Equal([0.84765625, 0.34375], x);
        Assert.Equal([1.4375, -17.5], velocity);
        descent.Step(velocity, x, Gradient(x));
        Assert.Equal([0.749755859375, 0.67578125], x);
    }

    [Fact]
    public void Without_momentum_it_is_gradient_descent()
    {
        double[] x = [1, -2], velocity = new double[2];
        for (int i = 0; i < 2; i++)
            new StochasticGradientDescent(0.0625).Step(velocity, x, Gradient(x));
        Assert.Equal([0.9375 * 0.9375, -2 * 0.375 * 0.375], x);
    }

    [Fact]
    public void Adam_follows_the_trajectory_of_the_paper_s_algorithm()
    {
        var adam = new Adam(learningRate: 0.1);
        var state = new AdamState(2);
        double[] x = [1, -2];
        double[][] expected = [[0.900000001, -1.90000000005], [0.8004122297123374, -1.800166485711387], [0.7015862745044142, -1.7006233914339455]];
        foreach (double[] point in expected)
        {
            adam.Step(state, x, Gradient(x));
            Assert.Equal(point[0], x[0], 8 * Numbers.Roundoff);
            Assert.Equal(point[1], x[1], 8 * Numbers.Roundoff);
        }

        Assert.Equal(3, state.Steps);
    }

    [Fact]
    public void Adam_reaches_the_minimum_and_its_first_step_does_not_depend_on_the_scale()
    {
        double[] x = [1, -2], scaled = [0.0];
        var state = new AdamState(2);
        for (int i = 0; i < 3000; i++)
            new Adam(0.1 / (1 + 0.05 * i)).Step(state, x, Gradient(x));
        Assert.All(x, value => Assert.Equal(0, value, 1e-6));
        new Adam(0.1).Step(new(1), scaled, [1e6]);
        Assert.Equal(-0.1, scaled[0], 1e-14);
    }

    [Fact]
    public void Settings_out_of_range_and_shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new Adam(0));
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Adam(beta1: 1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Adam(beta2: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => new Adam(epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", () => new StochasticGradientDescent(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new StochasticGradientDescent(1, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("parameterCount", () => new AdamState(0));
        Assert.Throws<ArgumentException>("parameters", () => new Adam().Step(new(2), new double[3], new double[3]));
        Assert.Throws<ArgumentException>("gradient", () => new Adam().Step(new(2), new double[2], new double[3]));
        Assert.Throws<ArgumentException>("velocity", () => new StochasticGradientDescent(1).Step(new double[1], new double[2], new double[2]));
        Assert.Throws<ArgumentException>("gradient", () => new StochasticGradientDescent(1).Step(new double[2], new double[2], new double[1]));
    }

    private static double[] Gradient(double[] x) => [x[0], 10 * x[1]];
}
