using Course.Checks.Chapter11;
using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>The checks of chapter 11 under many seeds, and the numbers that they rest on.</summary>
public sealed class Chapter11Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer, int seeds = Seeds)
        where TDelegate : Delegate =>
        Enumerable.Range(0, seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void An_iteration_of_the_library_is_always_a_right_step() =>
        Assert.All(UnderAllSeeds("11.1", new Func<double[][], double[], double[]>((channel, input) =>
        {
            double[] next = [.. input];
            RateDistortion.Capacity(Flat(channel), channel[0].Length, next, iterations: 1);
            return next;
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_mutual_information_and_the_bound_of_the_library_are_always_right() =>
        Assert.All(UnderAllSeeds("11.2", new Func<double[][], double[], double[]>((channel, input) =>
        {
            double[] joint = [.. channel.Zip(input, (row, p) => row.Select(w => p * w)).SelectMany(row => row)];
            return [Information.Mutual(joint, channel[0].Length), RateDistortion.Capacity(Flat(channel), channel[0].Length, [.. input], iterations: 1).Upper];
        })), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Theory]
    [InlineData("mean-for-largest")]
    [InlineData("unused-left-out")]
    [InlineData("plain-mean")]
    [InlineData("least-for-mean")]
    public void A_wrong_bound_is_always_recognised(string mistake) =>
        Assert.All(UnderAllSeeds("11.2", new Func<double[][], double[], double[]>((channel, input) =>
        {
            Channel given = new(channel, input);
            double mean = input.Zip(given.Distances, (p, d) => p == 0 ? 0 : p * d).Sum(), largest = given.Distances.Max();
            return mistake switch
            {
                "mean-for-largest" => [mean, mean],
                "unused-left-out" => [mean, given.Distances.Where((_, x) => input[x] > 0).Max()],
                "plain-mean" => [given.Distances.Average(), largest],
                _ => [given.Distances.Min(), largest],
            };
        })), v => Assert.Equal(mistake, v.Mistake));

    [Fact]
    public void A_bound_by_log_sum_exp_is_always_right() =>
        Assert.All(UnderAllSeeds("11.3", new Func<double[], double[], double>((real, made) => Math.Log(2) - (Loss(real, -1) + Loss(made, 1)) / 2)),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_report_as_published_is_always_recognised() =>
        Assert.All(UnderAllSeeds("11.3", new Func<double[], double[], double>((real, made) =>
            Math.Log(2) - Loss([.. real.Select(Sigmoid)], -1) - Loss([.. made.Select(Sigmoid)], 1))),
            v => Assert.Equal("as-published", v.Mistake));

    [Fact]
    public void Exact_bounds_of_a_best_discriminator_are_the_divergence()
    {
        // Three outcomes with multiplicities 1, 2, 1 and 2, 1, 1: the best outputs are ln(p/q).
        double[] real = [Math.Log(0.5), Math.Log(2), Math.Log(2), 0], made = [Math.Log(0.5), Math.Log(0.5), Math.Log(2), 0];
        Assert.Equal(Divergence.JensenShannon([0.25, 0.5, 0.25], [0.5, 0.25, 0.25]), Math.Log(2) - (Loss(real, -1) + Loss(made, 1)) / 2, 1e-14);
    }

    [Fact]
    public void The_curve_of_a_function_is_the_corner()
    {
        double[][] joint = BottleneckCurve.Sources[2].Joint;
        double corner = Entropy.Shannon([0.5, 0.3, 0.2]);
        Assert.All([1.5, 2, 6], beta => Assert.Equal(corner, BottleneckCurve.Best(joint, beta).Rate, 1e-12));
        Assert.All([1.5, 2, 6], beta => Assert.Equal(corner, BottleneckCurve.Best(joint, beta).Relevance, 1e-12));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void With_two_values_of_x_the_functional_is_a_convex_envelope(int source)
    {
        (double[][] joint, double[] betas) = BottleneckCurve.Sources[source];
        Assert.All(betas, beta => Assert.Equal(Envelope(joint, beta), BottleneckCurve.Best(joint, beta).Functional, 1e-6));
    }

    [Fact]
    public void A_weak_start_misses_the_jump_and_is_told_so() =>
        Assert.All(UnderAllSeeds("11.5", new Func<double[][], double[], double[]>((joint, betas) =>
            [.. betas.Select(beta =>
            {
                int n = joint.Length;
                double[] encoder = [.. Enumerable.Range(0, n * n).Select(i => (1 + (i / n == i % n ? 0.01 : 0)) / (n + 0.01))];
                return InformationBottleneck.Solve(Flat(joint), joint[0].Length, n, beta, encoder, 1e-20, 20_000);
            }).SelectMany(p => new[] { p.Rate, p.Relevance })]), seeds: 2),
            v => Assert.Equal("not-least", v.Mistake));

    [Fact]
    public void No_price_of_the_sources_is_near_a_split()
    {
        Assert.All(BottleneckCurve.Sources, source => Assert.All(source.Betas, beta =>
            Assert.Equal(Living(source.Joint, 0.95 * beta), Living(source.Joint, 1.05 * beta))));
    }

    [Fact]
    public void A_null_is_wrong_and_not_a_crash()
    {
        foreach (string id in new[] { "11.1", "11.2", "11.5" })
            Assert.Equal(Outcome.Wrong, Check.Exercise(id, new Func<double[][], double[], double[]>((_, _) => null!)).Outcome);
    }

    private static double[] Flat(double[][] rows) => [.. rows.SelectMany(row => row)];

    private static double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));

    private static double Loss(double[] outputs, int sign) => outputs.Average(v => Logits.LogSumExp([0, sign * v]));

    // Distinct distributions q(y|t) among values of T with some probability.
    private static int Living(double[][] joint, double beta)
    {
        int n = joint.Length, columns = joint[0].Length;
        double[] encoder = [.. Enumerable.Range(0, n * n).Select(i => i / n == i % n ? 1 : 0)];
        for (double price = 100; price > beta; price *= 0.8)
            InformationBottleneck.Solve(Flat(joint), columns, n, price, encoder, 1e-12, 2000);
        InformationBottleneck.Solve(Flat(joint), columns, n, beta, encoder, 1e-20, 20_000);
        return Enumerable.Range(0, n)
            .Select(t => Enumerable.Range(0, columns).Select(y => joint.Select((row, x) => row[y] * encoder[x * n + t]).Sum()).ToArray())
            .Where(row => row.Sum() > 1e-9)
            .Select(row => string.Join(' ', row.Select(v => Math.Round(v / row.Sum(), 3))))
            .Distinct().Count();
    }

    // The lower hull of g(r) = D(r || p) - beta D(rW || pW), r = (1 - u, u), above p, where g itself is zero. The points u are dense at both ends,
    // where the hull may touch.
    private static double Envelope(double[][] joint, double beta)
    {
        double[] ofX = [.. joint.Select(row => row.Sum())], ofY = [joint[0][0] + joint[1][0], joint[0][1] + joint[1][1]];
        double[] u = [.. Enumerable.Range(-25_000, 50_001).Select(i => Sigmoid(i / 1000.0))];
        double[] g = [.. u.Select(v => Divergence.KullbackLeibler([1 - v, v], ofX)
            - beta * Divergence.KullbackLeibler(
                [(1 - v) * joint[0][0] / ofX[0] + v * joint[1][0] / ofX[1], (1 - v) * joint[0][1] / ofX[0] + v * joint[1][1] / ofX[1]], ofY))];
        double Slope(int a, int b) => (g[b] - g[a]) / (u[b] - u[a]);

        List<int> hull = [];
        for (int i = 0; i < u.Length; i++)
        {
            while (hull.Count > 1 && Slope(hull[^2], hull[^1]) >= Slope(hull[^2], i))
                hull.RemoveAt(hull.Count - 1);
            hull.Add(i);
        }

        int right = hull.FindIndex(i => u[i] >= ofX[1]);
        return g[hull[right - 1]] + Slope(hull[right - 1], hull[right]) * (ofX[1] - u[hull[right - 1]]);
    }
}
