using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 12 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter12Tests
{
    private const int Seeds = 60;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    private static void AllAre<TDelegate>(string? mistake, string id, TDelegate answer)
        where TDelegate : Delegate =>
        Assert.All(
            UnderAllSeeds(id, answer),
            v => Assert.Equal((mistake is null ? Outcome.Correct : Outcome.Wrong, mistake), (v.Outcome, v.Mistake)));

    [Fact]
    public void A_pool_by_logarithms_is_always_right() =>
        AllAre(null, "12.1", new Func<double[][], double[], double[]>((rows, weights) => Pool(rows, weights, 0)));

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-15)]
    [InlineData(1e-12)]
    public void A_veto_is_never_hidden_by_a_small_constant(double epsilon) =>
        AllAre("veto-hidden", "12.1", new Func<double[][], double[], double[]>((rows, weights) => Pool(rows, weights, epsilon)));

    [Fact]
    public void A_pool_that_is_no_mean_is_refused_without_a_name() =>
        Assert.All(
            UnderAllSeeds("12.1", new Func<double[][], double[], double[]>((rows, _) => rows[0])),
            v => Assert.Equal((Outcome.Wrong, null), (v.Outcome, v.Mistake)));

    [Fact]
    public void Patches_weighed_in_any_unit_are_right() =>
        AllAre(null, "12.2", new Func<double[][], double[][], double[], double>((mean, log, relevance) =>
            Loss(mean, log, [.. relevance.Select(r => 1e6 * r)])));

    [Fact]
    public void Relevances_that_are_not_divided_by_their_sum_are_always_told() =>
        AllAre("not-divided", "12.2", new Func<double[][], double[][], double[], double>((mean, log, relevance) =>
            Loss(mean, log, relevance) * relevance.Sum()));

    [Fact]
    public void A_call_of_the_library_is_told_so() =>
        Assert.Equal(
            Exercise.LibraryCall,
            Check.Exercise("12.2", new Func<double[][], double[][], double[], double>(Loss)).Mistake);

    [Theory]
    [InlineData("BCABC", null)]
    [InlineData(" b) c) a) b) c) ", null)]
    [InlineData("ACABC", "gap-1-A")]
    [InlineData("AAAAA", "gap-1-A")]
    [InlineData("BAABC", "gap-2-A")]
    [InlineData("BBABC", "gap-2-B")]
    [InlineData("BCBBC", "gap-3-B")]
    [InlineData("BCCBC", "gap-3-C")]
    [InlineData("BCAAC", "gap-4-A")]
    [InlineData("BCACC", "gap-4-C")]
    [InlineData("BCABA", "gap-5-A")]
    [InlineData("BCABB", "gap-5-B")]
    public void Each_gap_has_its_own_sentence(string letters, string? mistake)
    {
        Verdict verdict = Check.Exercise("12.3", letters);
        Assert.Equal((mistake is null ? Outcome.Correct : Outcome.Wrong, mistake), (verdict.Outcome, verdict.Mistake));
        if (mistake is not null)
            Assert.StartsWith($"Gap {mistake[4]}: ", verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("BCAB")]
    [InlineData("BCABCC")]
    [InlineData("BCABX")]
    [InlineData("B1ABC")]
    public void What_is_no_letter_for_each_gap_is_refused(string letters) =>
        Assert.Equal((Outcome.Wrong, null), (Check.Exercise("12.3", letters).Outcome, Check.Exercise("12.3", letters).Mistake));

    [Fact]
    public void Gaps_that_are_not_filled_are_not_attempted() =>
        Assert.Equal(Outcome.NotAttempted, Check.Exercise("12.3", (string?)null).Outcome);

    [Fact]
    public void An_allocation_from_the_other_end_of_ties_is_right() =>
        AllAre(null, "12.4", new Func<double[], int, double, double[]>((r, budget, rate) =>
        {
            double[] tokens = new double[r.Length];
            for (int spent = 0; spent < budget; spent++)
                tokens[Enumerable.Range(0, r.Length).Reverse().MaxBy(i => r[i] * Math.Log(1 + rate / (1 + rate * tokens[i])))]++;
            return tokens;
        }));

    [Fact]
    public void What_trying_finds_is_right_where_it_can_be_done() =>
        AllAre(null, "12.4", new Func<double[], int, double, double[]>((r, budget, rate) =>
            r.Length <= 3 ? BestByTrying(r, budget, rate) : Greedy(r, budget, rate)));

    [Fact]
    public void Largest_remainders_are_never_taken_for_the_best() =>
        Assert.All(UnderAllSeeds("12.4", new Func<double[], int, double, double[]>((r, budget, rate) =>
        {
            double[] amounts = Water(r, budget, rate), tokens = [.. amounts.Select(Math.Floor)];
            int[] order = [.. Enumerable.Range(0, r.Length).OrderByDescending(i => amounts[i] - tokens[i])];
            foreach (int i in order.Take((int)Math.Round(budget - tokens.Sum())))
                tokens[i]++;
            return tokens;
        })), v => Assert.Equal("repaired", v.Mistake));

    [Fact]
    public void A_token_too_many_is_always_told() =>
        AllAre("over-budget", "12.4", new Func<double[], int, double, double[]>((r, budget, rate) => Greedy(r, budget + 1, rate)));

    [Fact]
    public void A_compromise_by_steps_of_the_secant_is_right() =>
        AllAre(null, "12.5", new Func<double[], double[], double, double[]>((a, b, limit) =>
        {
            if (Divergence.KullbackLeibler(a, b) <= limit)
                return a;
            double s = 0;
            for (int step = 0; step < 200; step++)
            {
                // Newton's method on the square root of what b pays, which is nearly a straight line.
                double[] q = OnPath(a, b, s);
                double pays = Divergence.KullbackLeibler(q, b), mean = q.Select((v, i) => v * Math.Log(b[i] / a[i])).Sum();
                double slope = -(1 - s) * q.Select((v, i) => v * Math.Pow(Math.Log(b[i] / a[i]) - mean, 2)).Sum();
                s -= (Math.Sqrt(pays) - Math.Sqrt(limit)) / (slope / (2 * Math.Sqrt(pays)));
                s = Math.Clamp(s, 0, 1 - 1e-9);
            }

            return OnPath(a, b, s);
        }));

    [Fact]
    public void A_compromise_on_the_line_of_mixtures_is_always_told() =>
        AllAre("mixture", "12.5", new Func<double[], double[], double, double[]>((a, b, limit) =>
        {
            double[] Mixed(double s) => [.. a.Zip(b, (v, w) => (1 - s) * v + s * w)];
            double low = 0, high = 1;
            for (int halving = 0; halving < 100; halving++)
            {
                double s = (low + high) / 2;
                if (Divergence.KullbackLeibler(Mixed(s), b) > limit)
                    low = s;
                else
                    high = s;
            }

            return Divergence.KullbackLeibler(a, b) <= limit ? a : Mixed(high);
        }));

    [Fact]
    public void A_null_is_wrong_and_not_a_crash()
    {
        Assert.Equal(Outcome.Wrong, Check.Exercise("12.1", new Func<double[][], double[], double[]>((_, _) => null!)).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("12.4", new Func<double[], int, double, double[]>((_, _, _) => null!)).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("12.5", new Func<double[], double[], double, double[]>((_, _, _) => null!)).Outcome);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_wrong_and_not_a_crash(double value)
    {
        double[] Filled(int n) => [.. Enumerable.Repeat(value, n)];
        Outcome Of(string id, Delegate answer) => Check.Exercise(id, answer).Outcome;
        Assert.Equal(Outcome.Wrong, Of("12.1", (double[][] rows, double[] _) => Filled(rows[0].Length)));
        Assert.Equal(Outcome.Wrong, Of("12.2", (double[][] _, double[][] _, double[] _) => value));
        Assert.Equal(Outcome.Wrong, Of("12.4", (double[] r, int _, double _) => Filled(r.Length)));
        Assert.Equal(Outcome.Wrong, Of("12.5", (double[] a, double[] _, double _) => Filled(a.Length)));
    }

    private static double[] Pool(double[][] rows, double[] weights, double epsilon) => Draw.Normalised([.. rows[0].Select((_, i) =>
        Math.Exp(rows.Zip(weights, (row, w) => w > 0 ? w * Math.Log(row[i] + epsilon) : 0).Sum()))]);

    private static double Loss(double[][] mean, double[][] logVariance, double[] relevance) =>
        Enumerable.Range(0, relevance.Length).Where(k => relevance[k] > 0)
            .Sum(k => relevance[k] * DiagonalGaussian.KullbackLeiblerToStandard(mean[k], logVariance[k])) / relevance.Sum();

    private static double[] OnPath(double[] a, double[] b, double s) =>
        Draw.Normalised([.. a.Zip(b, (v, w) => Math.Pow(v, 1 - s) * Math.Pow(w, s))]);

    private static double[] Greedy(double[] r, int budget, double rate)
    {
        double[] tokens = new double[r.Length];
        for (int spent = 0; spent < budget; spent++)
            tokens[Enumerable.Range(0, r.Length).MaxBy(i => r[i] * Math.Log(1 + rate / (1 + rate * tokens[i])))]++;
        return tokens;
    }

    private static double[] BestByTrying(double[] r, int budget, double rate) =>
        All(r.Length, budget).MaxBy(tokens => r.Zip(tokens, (v, n) => v * Math.Log(1 + rate * n)).Sum())!;

    private static IEnumerable<double[]> All(int patches, int budget) => patches == 1
        ? [[budget]]
        : Enumerable.Range(0, budget + 1).Reverse().SelectMany(n => All(patches - 1, budget - n).Select(rest => (double[])[n, .. rest]));

    private static double[] Water(double[] r, int budget, double rate)
    {
        double low = 0, high = 1e6;
        for (int halving = 0; halving < 200; halving++)
        {
            double level = (low + high) / 2;
            if (r.Sum(v => Math.Max(0, v * level - 1 / rate)) > budget)
                high = level;
            else
                low = level;
        }

        return [.. r.Select(v => Math.Max(0, v * high - 1 / rate) + 1e-12)];
    }
}
