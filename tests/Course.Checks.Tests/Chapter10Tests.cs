using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 10 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter10Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void The_Jacobian_of_the_softmax_gives_the_policy_gradient() =>
        Assert.All(UnderAllSeeds("10.1", new Func<double[], double[], double[]>(ByJacobian)), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_natural_gradient_is_always_told_from_the_gradient() =>
        Assert.All(UnderAllSeeds("10.1", new Func<double[], double[], double[]>((z, r) => [.. r.Select(v => v - Mean(Softmax(z), r))])),
            v => Assert.Equal("natural-gradient", v.Mistake));

    [Fact]
    public void The_library_s_slope_by_the_log_ratio_over_the_ratio_is_the_slope_by_the_ratio() =>
        Assert.All(UnderAllSeeds("10.4", new Func<double, double, double, double>((ratio, a, c) => ByLogRatio(ratio, a, c) / ratio)),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_slope_by_the_log_ratio_is_always_recognised() =>
        Assert.All(UnderAllSeeds("10.4", new Func<double, double, double, double>(ByLogRatio)), v => Assert.Equal("by-log-ratio", v.Mistake));

    [Fact]
    public void A_clamp_without_the_minimum_is_always_recognised() =>
        Assert.All(UnderAllSeeds("10.4", new Func<double, double, double, double>((ratio, a, c) => Math.Abs(ratio - 1) > c ? 0 : a)),
            v => Assert.Equal("both-sides", v.Mistake));

    [Theory]
    [InlineData(0.2, "clip-ignored")]
    [InlineData(0.1, null)]
    [InlineData(0.3, null)]
    public void An_answer_that_ignores_the_clip_is_always_refused(double clip, string? mistake) =>
        Assert.All(UnderAllSeeds("10.4", new Func<double, double, double, double>((ratio, a, _) =>
            (a > 0 ? ratio > 1 + clip : ratio < 1 - clip) ? 0 : a)),
            v => Assert.Equal((Outcome.Wrong, mistake), (v.Outcome, v.Mistake)));

    [Fact]
    public void The_library_s_softmax_is_not_the_learner_s() =>
        Assert.Equal(Exercise.LibraryCall, Check.Exercise("10.1", new Func<double[], double[], double[]>((logits, rewards) =>
        {
            double[] p = new double[logits.Length];
            Logits.Softmax(logits, p);
            return [.. p.Zip(rewards, (w, r) => w * (r - Mean(p, rewards)))];
        })).Mistake);

    [Fact]
    public void A_search_that_ends_at_eight_digits_of_the_multiplier_is_always_refused() =>
        Assert.All(UnderAllSeeds("10.5", new Func<double[], double[], double, double[]>((q, r, budget) => Spent(q, r, budget, 27))),
            v => Assert.Equal("overspent", v.Mistake));

    [Fact]
    public void A_tilt_that_spends_the_budget_is_always_right() =>
        Assert.All(UnderAllSeeds("10.5", new Func<double[], double[], double, double[]>((q, r, budget) => Spent(q, r, budget, 200))),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void A_search_that_stops_early_is_always_recognised() =>
        Assert.All(UnderAllSeeds("10.5", new Func<double[], double[], double, double[]>((q, r, budget) => Spent(q, r, budget, 3))),
            v => Assert.Equal("overspent", v.Mistake));

    [Fact]
    public void A_budget_taken_for_the_price_is_always_recognised() =>
        Assert.All(UnderAllSeeds("10.5", new Func<double[], double[], double, double[]>((q, r, budget) => Ends(q, r, budget) ?? Tilt(q, r, 1 / budget))),
            v => Assert.Equal("budget-as-penalty", v.Mistake));

    [Fact]
    public void A_null_is_wrong_and_not_a_crash()
    {
        Assert.Equal(Outcome.Wrong, Check.Exercise("10.1", new Func<double[], double[], double[]>((_, _) => null!)).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("10.5", new Func<double[], double[], double, double[]>((_, _, _) => null!)).Outcome);
    }

    private static double[] Softmax(double[] logits) => Draw.Normalised([.. logits.Select(z => Math.Exp(z - logits.Max()))]);

    private static double Mean(double[] p, double[] values) => p.Zip(values, (w, v) => w * v).Sum();

    private static double[] ByJacobian(double[] logits, double[] rewards)
    {
        double[] p = Softmax(logits);
        return [.. p.Select((v, j) => p.Select((w, a) => w * ((a == j ? 1 : 0) - v) * rewards[a]).Sum())];
    }

    private static double ByLogRatio(double ratio, double advantage, double clip)
    {
        TrustRegion.ClippedSurrogateGradient(Math.Log(ratio), advantage, clip, out double slope);
        return slope;
    }

    /// <summary>The answer where there is no multiplier to search for.</summary>
    private static double[]? Ends(double[] reference, double[] rewards, double budget)
    {
        double[] inside = [.. rewards.Where((_, i) => reference[i] > 0)];
        double[] best = [.. reference.Select((v, i) => rewards[i] == inside.Max() ? v : 0)];
        return budget == 0 || inside.Max() == inside.Min() ? reference : budget >= -Math.Log(best.Sum()) ? Draw.Normalised(best) : null;
    }

    private static double[] Tilt(double[] reference, double[] rewards, double multiplier)
    {
        double best = rewards.Where((_, i) => reference[i] > 0).Max();
        return Draw.Normalised([.. reference.Zip(rewards, (v, r) => v > 0 ? v * Math.Exp(multiplier * (r - best)) : 0)]);
    }

    private static double[] Spent(double[] reference, double[] rewards, double budget, int halvings)
    {
        if (Ends(reference, rewards, budget) is { } end)
            return end;
        double[] inside = [.. rewards.Where((_, i) => reference[i] > 0)];
        double low = 0, high = 1 / (inside.Max() - inside.Min());
        double Cost(double multiplier) => Divergence.KullbackLeibler(Tilt(reference, rewards, multiplier), reference);
        while (Cost(high) < budget)
            high *= 2;
        for (int k = 0; k < halvings; k++)
        {
            double middle = low + (high - low) / 2;
            if (Cost(middle) < budget)
                low = middle;
            else
                high = middle;
        }

        return Tilt(reference, rewards, high);
    }
}
