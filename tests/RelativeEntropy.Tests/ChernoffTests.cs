using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>How many steps the search for the best weight takes, and that the weight is the best.</summary>
public class ChernoffTests
{
    [Theory]
    [InlineData(2, 0), InlineData(3, 0), InlineData(10, 0), InlineData(100, 0), InlineData(1000, 0)]
    [InlineData(2, 1000), InlineData(10, 1000), InlineData(100, 1000), InlineData(100, 1), InlineData(1000, 1)]
    public void The_search_converges_as_Newtons_steps_do(int n, long delta)
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            (double[] p, double[] q) = Generated.Masses(seed, n, delta, normalised: true);
            bool isNear = Divergence.BhattacharyyaCoefficient(p, q) >= 0.5;
            double weight = ChernoffWeight.Of<double>(p, q, isNear, out int steps);
            Assert.True(steps <= 7, $"{steps} steps for seed {seed}");
            AssertBest(p, q, weight);
        }
    }

    // Log-ratios of hundreds make the derivative a sum of exponentials as steep, on which Newton's steps are short.
    [Theory]
    [InlineData(5, 15), InlineData(30, 20), InlineData(100, 40), InlineData(300, 70)]
    public void The_search_converges_however_far_apart(int decades, int most)
    {
        var random = new Random(decades);
        for (int round = 0; round < 100; round++)
        {
            double[] p = Far(), q = Far();
            double weight = ChernoffWeight.Of<double>(p, q, Divergence.BhattacharyyaCoefficient(p, q) >= 0.5, out int steps);
            Assert.True(steps <= most, $"{steps} steps in round {round}");
            AssertBest(p, q, weight);
        }

        double[] Far() => Laws.Normalised([.. Enumerable.Range(0, 4).Select(_ => Math.Pow(10, -decades * random.NextDouble()))]);
    }

    /// <summary>No other weight gives more.</summary>
    private static void AssertBest(double[] p, double[] q, double weight)
    {
        double best = Divergence.Chernoff(p, q, out double sameWeight);
        Assert.Equal(weight, sameWeight);
        foreach (double other in (double[])[weight - 1e-6, weight + 1e-6, weight - 0.01, weight + 0.01, 0.5])
        {
            // The logarithm of a coefficient near one has lost the digits of the information.
            if (other is >= 0 and < 1 && best > 1e-3)
                Assert.InRange(-Math.Log(Divergence.ChernoffCoefficient(p, q, other)), 0, best * (1 + 1e-12));
        }
    }
}
