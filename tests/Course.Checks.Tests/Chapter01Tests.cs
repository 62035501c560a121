namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 01 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter01Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void The_mean_surprise_of_a_text_is_always_right() =>
        Assert.All(UnderAllSeeds("01.1", new Func<string, double>(
            text => text.Average(c => -Math.Log2((double)text.Count(d => d == c) / text.Length)))),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_number_of_different_characters_is_always_recognised() =>
        Assert.All(UnderAllSeeds("01.1", new Func<string, double>(text => Math.Log2(text.Distinct().Count()))),
            v => Assert.Equal("all-equally-likely", v.Mistake));

    [Fact]
    public void Two_queues_are_always_as_good_as_one() =>
        Assert.All(UnderAllSeeds("01.4", new Func<double[], double>(TwoQueues)), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void Going_down_level_by_level_finds_what_package_merge_finds() =>
        Assert.All(UnderAllSeeds("01.5", new Func<double[], int, double>(LevelByLevel)).Take(10), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void A_limit_that_is_ignored_is_always_recognised() =>
        Assert.All(UnderAllSeeds("01.5", new Func<double[], int, double>((p, _) => TwoQueues(p))), v => Assert.Equal("limit-ignored", v.Mistake));

    /// <summary>Of the answers with words of one to six digits that fill the line, those are right whose average is the least.</summary>
    [Fact]
    public void Of_all_lengths_that_fill_the_line_those_of_the_least_average_are_right()
    {
        int[] hundredths = [6, 30, 10, 4, 20, 10, 20];
        int[][] all = [.. Filling(hundredths.Length, 64)];
        int Average(int[] lengths) => hundredths.Zip(lengths, (p, l) => p * l).Sum();
        int least = all.Min(Average);
        Assert.True(all.Count(l => Average(l) == least) > 1);
        Assert.All(all.Where(l => Average(l) <= least + 20), lengths =>
        {
            Verdict verdict = Check.Exercise("01.3", new Func<int[]>(() => lengths));
            Assert.Equal(Average(lengths) == least, verdict.Outcome == Outcome.Correct);
            Assert.True(verdict.Outcome == Outcome.Correct || verdict.Mistake is "wrong-order" or "not-the-best", verdict.Message);
        });
    }

    // left in units of 2^-6
    private static IEnumerable<int[]> Filling(int words, int left)
    {
        if (words == 0 && left == 0)
            yield return [];
        for (int l = 1; words > 0 && l <= 6; l++)
        {
            if (64 >> l > left)
                continue;
            foreach (int[] rest in Filling(words - 1, left - (64 >> l)))
                yield return [l, .. rest];
        }
    }

    private static double TwoQueues(double[] p)
    {
        (var leaves, var joins) = (new Queue<double>(p.Order()), new Queue<double>());
        double Smallest() => joins.Count == 0 || (leaves.Count > 0 && leaves.Peek() <= joins.Peek()) ? leaves.Dequeue() : joins.Dequeue();
        double total = 0;
        while (leaves.Count + joins.Count > 1)
        {
            double join = Smallest() + Smallest();
            total += join;
            joins.Enqueue(join);
        }
        return total;
    }

    /// <summary>The least cost of a code, over how many outcomes have words and how many nodes are open on a level.</summary>
    private static double LevelByLevel(double[] p, int longest)
    {
        double[] falling = [.. p.OrderDescending()];
        double[] tail = [.. Enumerable.Range(0, p.Length + 1).Select(i => falling.Skip(i).Sum())];
        var known = new Dictionary<(int, int, int), double>();

        double Cost(int done, int open, int depth)
        {
            if (done == p.Length)
                return 0;
            if (depth > longest)
                return double.PositiveInfinity;
            if (known.TryGetValue((done, open, depth), out double cost))
                return cost;
            double best = double.PositiveInfinity;
            for (int j = 0; j <= Math.Min(open, p.Length - done); j++)
                best = Math.Min(best, tail[done + j] + Cost(done + j, Math.Min(2 * (open - j), p.Length - done - j), depth + 1));
            return known[(done, open, depth)] = best;
        }

        return tail[0] + Cost(0, 2, 1);
    }
}
