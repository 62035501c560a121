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

    public static TheoryData<double, double, double, double, double> Valleys =>
    [
        .. from farthest in new[] { 4.0, 8.0 }
           from wide in new[] { 2.0, 3.0 }
           from unit in new[] { 0.05, 1, 3 }
           from middle in new[] { -20.0, 0, 1 }
           from sign in new[] { 1.0, -1.0 }
           select new TheoryDataRow<double, double, double, double, double>(farthest, wide, unit, middle, sign),
        // So narrow that the spread within the components is lost beside the one between them.
        new TheoryDataRow<double, double, double, double, double>(4000, 2, 0.01, 0, 1),
    ];

    // With the mean at zero, p' vanishes there where m^2/d^2 + 6 ln d is the same for both components; then all is moved, stretched
    // and turned.
    [Theory]
    [MemberData(nameof(Valleys))]
    public void A_valley_on_paper_is_one_and_a_weight_that_is_off_says_on_which_side_it_lies(
        double farthest, double wide, double unit, double middle, double sign)
    {
        double right = wide * Math.Sqrt(farthest * farthest - 6 * Math.Log(wide)), w = right / (right + farthest);
        Verdict Given(double off)
        {
            double[] weights = [w + off, 1 - w - off], means = [middle - sign * unit * farthest, middle + sign * unit * right];
            double mean = weights.Zip(means, (a, b) => a * b).Sum();
            double within = unit * unit * (weights[0] + wide * wide * weights[1]);
            double variance = within + weights.Zip(means, (a, m) => a * (m - mean) * (m - mean)).Sum();
            return Check.Exercise("04.1", new Func<double[][]>(() => [weights, means, [unit, wide * unit], [mean, Math.Sqrt(variance)]]));
        }
        Assert.All([0, 5e-5, -5e-5], off => Assert.Equal(Outcome.Correct, Given(off).Outcome));
        foreach (double off in new[] { 1.1e-4, -1.1e-4 })
        {
            Assert.Equal("off-the-valley", Given(off).Mistake);
            Assert.Contains(off * sign > 0 ? "to the right" : "to the left", Given(off).Message, StringComparison.Ordinal);
        }
    }

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
