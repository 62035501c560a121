using Course.Checks.Chapter04;

namespace Course.Checks.Tests;

/// <summary>The checks of chapter 04 under many seeds, and the numbers that they rest on.</summary>
public sealed class Chapter04Tests
{
    private const int Seeds = 50;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer, int seeds = Seeds)
        where TDelegate : Delegate =>
        Enumerable.Range(0, seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    private static Mixture Bumps(double m) => new([0.5, 0.5], [-m, m], [1, 1]);

    [Fact]
    public void Raw_moments_are_always_right() =>
        Assert.All(UnderAllSeeds("04.1", new Func<double[], double[], double[], double[]>((w, m, d) =>
        {
            double mean = w.Zip(m, (a, b) => a * b).Sum();
            return [mean, Math.Sqrt(w.Select((a, k) => a * (d[k] * d[k] + m[k] * m[k])).Sum() - mean * mean)];
        }), 300), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_forward_direction_is_always_recognised() =>
        Assert.All(UnderAllSeeds("04.2", new Func<double, double, double, double>((mu, sigma, m) => Bumps(m).Forward(mu, sigma))),
            v => Assert.Equal("swapped-direction", v.Mistake));

    [Fact]
    public void Twice_as_many_nodes_give_the_same_divergence()
    {
        // The rule of the checks against one of twice the density, at the hardest input: m sigma = 20.
        double twice = Enumerable.Range(-1280, 2561).Select(k => k / 128.0).Sum(z => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / 128
            * (-z * z / 2 - Math.Log(5) - Math.Log(2 * Math.PI) / 2 - Bumps(4).LogDensity(0.5 + 5 * z).Value));
        Assert.Equal(twice, Bumps(4).Reverse(0.5, 5), 1e-12);
    }

    [Fact]
    public void The_derivatives_agree_with_differences()
    {
        const double H = 1e-5;
        foreach (Mixture shape in LowestReverseFit.Shapes)
        {
            (double mu, double s, double muMu, double muS, double sS) = shape.Slopes(0.3, 0.2);
            Assert.Equal((shape.Reverse(0.3 + H, Math.Exp(0.2)) - shape.Reverse(0.3 - H, Math.Exp(0.2))) / (2 * H), mu, 1e-7);
            Assert.Equal((shape.Reverse(0.3, Math.Exp(0.2 + H)) - shape.Reverse(0.3, Math.Exp(0.2 - H))) / (2 * H), s, 1e-7);
            Assert.Equal((shape.Slopes(0.3 + H, 0.2).Mu - shape.Slopes(0.3 - H, 0.2).Mu) / (2 * H), muMu, 1e-6);
            Assert.Equal((shape.Slopes(0.3, 0.2 + H).Mu - shape.Slopes(0.3, 0.2 - H).Mu) / (2 * H), muS, 1e-6);
            Assert.Equal((shape.Slopes(0.3, 0.2 + H).S - shape.Slopes(0.3, 0.2 - H).S) / (2 * H), sS, 1e-6);
        }
    }

    [Fact]
    public void The_reverse_fit_of_one_component_is_the_component()
    {
        (double mu, double sigma) = new Mixture([1], [1.5], [0.5]).ReverseFit();
        Assert.Equal(1.5, mu, 1e-9);
        Assert.Equal(0.5, sigma, 1e-9);
    }

    [Theory]
    [InlineData(2, 0, 2.0470095198584186)]
    [InlineData(3, 2.9843059878357416, 1.023368559661197)]
    public void The_reverse_fit_of_two_bumps_is_that_of_the_chapter(double m, double mu, double sigma)
    {
        (double fitMu, double fitSigma) = Bumps(m).ReverseFit();
        Assert.Equal(mu, Math.Abs(fitMu), 1e-8);
        Assert.Equal(sigma, fitSigma, 1e-8);
    }

    [Fact]
    public void No_other_minimum_comes_near_the_lowest_one()
    {
        // From a grid of starts, gradient steps in the metric of the Gaussian; every end is the fit or 0.02 nats above it.
        foreach (Mixture shape in LowestReverseFit.Shapes)
        {
            (double bestMu, double bestSigma) = shape.ReverseFit();
            double least = shape.Reverse(bestMu, bestSigma);
            for (double start = shape.Means.Min(); start <= shape.Means.Max(); start += 1)
            {
                foreach (double width in new[] { 0.0, 1.2 })
                {
                    (double mu, double s) = (start, width);
                    for (int step = 0; step < 150; step++)
                    {
                        (double a, double b, _, _, _) = shape.Slopes(mu, s);
                        (mu, s) = (mu - 0.5 * Math.Exp(2 * s) * a, s - 0.15 * b);
                    }
                    double value = shape.Reverse(mu, Math.Exp(s));
                    Assert.True(Math.Abs(mu - bestMu) < 0.01 * bestSigma || value > least + 0.02, $"{string.Join(", ", shape.Means)}: {value - least} at {mu}");
                }
            }
        }
    }
}
