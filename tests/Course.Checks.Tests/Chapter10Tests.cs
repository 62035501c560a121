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
    public void A_sample_pulls_where_the_library_s_objective_has_a_slope() =>
        Assert.All(UnderAllSeeds("10.4", new Func<double[], double[], double, double[]>((ratios, advantages, c) =>
            [.. ratios.Zip(advantages, (r, a) => Slope(r, a, c) == 0 ? 0.0 : 1)])), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Theory]
    [InlineData(0.2, "clip-ignored")]
    [InlineData(0.125, null)]
    [InlineData(0.25, null)]
    public void An_answer_that_ignores_the_clip_is_always_refused(double clip, string? mistake) =>
        Assert.All(UnderAllSeeds("10.4", Marking((r, a, _) => a > 0 ? r <= 1 + clip : a < 0 && r >= 1 - clip)),
            v => Assert.Equal((Outcome.Wrong, mistake), (v.Outcome, v.Mistake)));

    public static TheoryData<string, bool, Func<double, double, double, bool>> WaysToCut => new()
    {
        { "both-sides", false, (r, _, c) => r >= 1 - c && r <= 1 + c },
        { "ignores-sign", false, (r, _, c) => r <= 1 + c },
        { "ignores-sign", true, (r, _, c) => r >= 1 - c },
        { "swapped-sides", false, (r, a, c) => a > 0 ? r >= 1 - c : r <= 1 + c },
        { "border", true, (r, a, c) => a > 0 ? r < 1 + c : r > 1 - c },
        { "log-bounds", true, (r, a, c) => Math.Abs(Math.Log(r)) <= c || Math.Sign(Math.Log(r)) != Math.Sign(a) },
        { "unmoved", true, (r, a, c) => r != 1 && (a > 0 ? r <= 1 + c : r >= 1 - c) },
        { "good-only", true, (r, a, c) => a < 0 || r <= 1 + c },
    };

    [Theory]
    [MemberData(nameof(WaysToCut))]
    public void Each_way_to_cut_wrongly_is_always_told_from_the_others(string mistake, bool minds, Func<double, double, double, bool> pulls) =>
        Assert.All(UnderAllSeeds("10.4", Marking((r, a, c) => (a != 0 || !minds) && pulls(r, a, c))), v => Assert.Equal(mistake, v.Mistake));

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

    private static Func<double[], double[], double, double[]> Marking(Func<double, double, double, bool> pulls) =>
        (ratios, advantages, clip) => [.. ratios.Zip(advantages, (r, a) => pulls(r, a, clip) ? 1.0 : 0)];

    /// <summary>The library's slope by the log-ratio; of a ratio at an end of the clip, just inside it, where rounding cannot put it beyond.</summary>
    private static double Slope(double ratio, double advantage, double clip)
    {
        double inside = Math.Abs(ratio - 1) == clip ? 1 + (ratio - 1) * (1 - 1e-9) : ratio;
        TrustRegion.ClippedSurrogateGradient(Math.Log(inside), advantage, clip, out double slope);
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
