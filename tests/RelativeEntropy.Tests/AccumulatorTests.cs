using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>Sums that are made in parts: the same bits, however the parts were cut, ordered, merged and carried about.</summary>
public sealed class AccumulatorTests
{
    private const double Inf = double.PositiveInfinity;

    /// <summary>An accumulator of one kind: a new one, one read from bytes, how data are added, and what it says.</summary>
    public sealed record Kind(
        Func<Accumulator> New, Func<byte[], Accumulator> FromBytes,
        Action<Accumulator, double[], double[]> Add, Func<Accumulator, double[]> Says);

    private static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["KullbackLeibler"] = new(
            () => new KullbackLeiblerAccumulator(), bytes => KullbackLeiblerAccumulator.FromBytes(bytes),
            (sum, p, q) => ((KullbackLeiblerAccumulator)sum).Add(p, q),
            sum => sum is KullbackLeiblerAccumulator s ? [s.OfMeasures(), s.OfProportions(LogBase.Bits), s.PMass, s.QMass] : []),
        ["CrossEntropy"] = new(
            () => new CrossEntropyAccumulator(), bytes => CrossEntropyAccumulator.FromBytes(bytes),
            (sum, p, q) => ((CrossEntropyAccumulator)sum).Add(p, q),
            sum => sum is CrossEntropyAccumulator s ? [s.OfProportions(), s.PMass, s.QMass] : []),
        ["Entropy"] = new(
            () => new EntropyAccumulator(), bytes => EntropyAccumulator.FromBytes(bytes),
            (sum, p, _) => ((EntropyAccumulator)sum).Add(p),
            sum => sum is EntropyAccumulator s ? [s.OfProportions(), s.Mass] : []),
        ["Moments"] = new(
            () => new MomentAccumulator(), bytes => MomentAccumulator.FromBytes(bytes),
            (sum, p, q) => ((MomentAccumulator)sum).Add([.. p.Zip(q, (x, y) => x - y)]),
            sum => sum is MomentAccumulator s ? [s.Sum, s.Mean, s.Variance, s.StandardError] : []),
        ["Logits"] = new(
            () => new LogitsAccumulator(), bytes => LogitsAccumulator.FromBytes(bytes),
            (sum, p, q) => ((LogitsAccumulator)sum).Add(Logs(p), Logs(q)),
            sum => sum is LogitsAccumulator s ? [s.KullbackLeibler(), s.PLogSumExp, s.QLogSumExp] : []),
    };

    private static readonly Dictionary<string, (double[] P, double[] Q)> Data = new()
    {
        ["ordinary"] = Generated.Masses(seed: 11, n: 5003, delta: 0, normalised: true),
        ["nearly equal"] = Generated.Masses(seed: 12, n: 5003, delta: 1, normalised: true),
        ["with zeros"] = Generated.Masses(seed: 13, n: 1000, delta: 0, normalised: false) is var (p, q)
            ? ([.. p.Select((x, i) => i % 3 == 0 ? 0 : x)], [.. q.Select((x, i) => i % 9 == 0 ? 0 : x)]) : default,
        ["of all magnitudes"] = ([.. Powers(14)], [.. Powers(15)]),
        ["subnormal and tiny"] =
            ([.. Generated.Stream(16, 300).Select(x => x * 5e-324)], [.. Generated.Stream(17, 300).Select(x => x * 1e-310)]),
        ["with an infinite term"] = ([0.5, 0.25, 0.25, 0.5], [0.5, 0, 0.5, 0.5]),
        ["with an unknown"] = ([0.5, double.NaN, 0.25, 0.5], [0.5, 0.25, 0.5, 0.5]),
    };

    public static TheoryData<string, string> KindsAndData =>
        [.. Kinds.Keys.SelectMany(kind => Data.Keys.Select(data => new TheoryDataRow<string, string>(kind, data)))];

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindsAndData))]
    public void Parts_merge_to_the_same_bits(string kindName, string data)
    {
        Kind kind = Kinds[kindName];
        (double[] p, double[] q) = Data[data];
        Accumulator whole = kind.New();
        kind.Add(whole, p, q);
        byte[] expected = whole.ToBytes();
        double[] said = kind.Says(whole);
        var random = new Random(19510301);
        foreach (int shards in (int[])[1, 2, 7, 64])
        {
            foreach (bool isSerialised in (bool[])[false, true])
            {
                int[] order = [.. Enumerable.Range(0, p.Length)];
                random.Shuffle(order);
                int[][] shares = [.. order.GroupBy(_ => random.Next(shards)).Select(share => share.ToArray())];
                var parts = new Accumulator[shares.Length];
                ParallelOptions onFour = new() { MaxDegreeOfParallelism = 4 };
                Parallel.For(0, shares.Length, onFour, i => parts[i] = PartOf(kind, shares[i], p, q));
                Accumulator merged = Merged(kind, [.. parts, kind.New()], isSerialised, random);
                Assert.Equal(expected, merged.ToBytes());
                Assert.Equal(said, kind.Says(merged));
                Assert.Equal(p.Length, merged.Count);
            }
        }
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Bytes_are_few_and_any_change_of_them_is_refused(string kindName)
    {
        Kind kind = Kinds[kindName];
        Accumulator sum = kind.New();
        kind.Add(sum, [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]);
        byte[] bytes = sum.ToBytes();
        TestContext.Current.TestOutputHelper?.WriteLine($"{kindName}: {bytes.Length} bytes");
        Assert.InRange(bytes.Length, 500, 2600);
        for (int length = 0; length < bytes.Length; length++)
            BadInputTests.Refuses("bytes", length < 16 ? "is no accumulator's" : $"has {length} bytes, and a",
                () => { kind.FromBytes(bytes[..length]); });
        BadInputTests.Refuses("bytes", $"has {bytes.Length + 1} bytes", () => { kind.FromBytes([.. bytes, 0]); });
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            string fault = i < 4 ? "is no accumulator's" : i == 4 ? "is of version 0, and this library reads version 1"
                : i == 5 ? "is of the kind" : "has been changed";
            BadInputTests.Refuses("bytes", fault, () => { kind.FromBytes(changed); });
        }
    }

    [Fact]
    public void The_bytes_of_one_kind_are_refused_by_every_other()
    {
        foreach ((string name, Kind kind) in Kinds)
        {
            byte[] bytes = kind.New().ToBytes();
            foreach ((string otherName, Kind other) in Kinds.Where(pair => pair.Key != name))
            {
                BadInputTests.Refuses("bytes", $"is of the kind {name.TrimEnd('s')}", () => { other.FromBytes(bytes); });
                BadInputTests.Refuses("other", "only parts of one kind merge", () => kind.New().Merge(other.New()));
                Assert.NotEqual(name, otherName);
            }
        }
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public void A_part_does_not_merge_with_itself(string kindName)
    {
        Accumulator sum = Kinds[kindName].New();
        BadInputTests.Refuses("other", "is this accumulator itself", () => sum.Merge(sum));
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public void To_add_and_to_merge_allocates_nothing(string kindName)
    {
        (double[] p, double[] q) = Data["ordinary"];
        Accumulator sum = Kinds[kindName].New(), other = Kinds[kindName].New();
        Assert.Equal(0, Allocation.Of(() => other.Merge(sum)));
        switch (sum)
        {
            case KullbackLeiblerAccumulator s: Assert.Equal(0, Allocation.Of(() => s.Add(p, q))); break;
            case CrossEntropyAccumulator s: Assert.Equal(0, Allocation.Of(() => s.Add(p, q))); break;
            case EntropyAccumulator s: Assert.Equal(0, Allocation.Of(() => s.Add(p))); break;
            case MomentAccumulator s: Assert.Equal(0, Allocation.Of(() => s.Add(p))); break;
            case LogitsAccumulator s: Assert.Equal(0, Allocation.Of(() => s.Add(p, q))); break;
            default: Assert.Fail($"{kindName} is not tried"); break;
        }
    }

    [Fact]
    public void What_is_refused_has_not_been_added()
    {
        var kl = new KullbackLeiblerAccumulator();
        kl.Add([0.5], [0.25]);
        byte[] before = kl.ToBytes();
        BadInputTests.Refuses("p", "p[2] = -1 is negative", () => kl.Add([0.25, 0.5, -1], [0.25, 0.5, 1]));
        BadInputTests.Refuses("q", "q[1] = Infinity is infinite", () => kl.Add([0.25, 0.5], [0.25, Inf]));
        BadInputTests.Refuses("q", "p has 2 elements and q has 1; they must have the same length.", () => kl.Add([0.25, 0.5], [0.25]));
        BadInputTests.Refuses("p", "p[1] = -Infinity is infinite", () => new EntropyAccumulator().Add([0.25, -Inf]));
        BadInputTests.Refuses("values", "values[1] = Infinity is infinite", () => new MomentAccumulator().Add([0.25, Inf]));
        BadInputTests.Refuses("qLogits", "qLogits[1] = Infinity; a logit must be -infinity or at most 2^40",
            () => new LogitsAccumulator().Add([0, 1], [0, Inf]));
        BadInputTests.Refuses("pLogits", "pLogits[0] = -10000000000000", () => new LogitsAccumulator().Add([-1e13, 1], [0, 1]));
        Assert.Equal(before, kl.ToBytes());
    }

    [Fact]
    public void The_whole_must_be_a_distribution_where_it_is_taken_for_one()
    {
        var kl = new KullbackLeiblerAccumulator();
        kl.Add([0.5, 0.25], [0.25, 0.5]);
        Throws("What was added of p sums to 0.75, not to 1 within 1.49E-08; add the rest, or use OfMeasures or OfProportions.",
            () => kl.OfDistributions());
        kl.Add([0.25], [0.5]);
        Throws("What was added of q sums to 1.25", () => kl.OfDistributions());
        Throws("The sum of p is 0, so there are no proportions", () => new EntropyAccumulator().OfProportions());
        Throws("All logits of p are -infinity so far, or there are none", () => new LogitsAccumulator().KullbackLeibler());
        Assert.Equal(0, new KullbackLeiblerAccumulator().OfMeasures());
        Assert.True(double.IsNaN(new MomentAccumulator().Mean));
        Assert.Equal(-Inf, new LogitsAccumulator().PLogSumExp);

        static void Throws(string words, Func<double> call) =>
            Assert.StartsWith(words, Assert.Throws<InvalidOperationException>(() => call()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1001, 1)]
    [InlineData(100_000, 1000)]
    public void The_number_is_that_of_the_function_over_the_whole(int n, long delta)
    {
        (double[] p, double[] q) = Generated.Masses(seed: n, n, delta, normalised: true);
        var kl = new KullbackLeiblerAccumulator();
        var entropy = new EntropyAccumulator();
        var cross = new CrossEntropyAccumulator();
        var logits = new LogitsAccumulator();
        kl.Add(p, q);
        entropy.Add(p);
        cross.Add(p, q);
        logits.Add(Logs(p), Logs(q));
        AssertWithin(1, Divergence.KullbackLeibler(p, q, LogBase.Bits), kl.OfDistributions(LogBase.Bits));
        AssertWithin(1, Measures.KullbackLeibler(p, q), kl.OfMeasures());
        AssertWithin(8, Proportions.KullbackLeibler(p, q), kl.OfProportions());
        AssertWithin(1, Entropy.Shannon(p), entropy.OfDistribution());
        AssertWithin(1, Entropy.Cross(p, q), cross.OfDistributions());
        AssertWithin(2, Proportions.Entropy(p), entropy.OfProportions());
        AssertWithin(2, Proportions.CrossEntropy(p, q), cross.OfProportions());
        AssertWithin(16, Logits.KullbackLeibler(Logs(p), Logs(q)), logits.KullbackLeibler());
    }

    [Fact]
    public void Floats_are_the_doubles_they_stand_for()
    {
        float[] p = [.. Data["ordinary"].P.Select(x => (float)x)], q = [.. Data["ordinary"].Q.Select(x => (float)x)];
        double[] wideP = [.. p.Select(x => (double)x)], wideQ = [.. q.Select(x => (double)x)];
        var narrow = new KullbackLeiblerAccumulator();
        var wide = new KullbackLeiblerAccumulator();
        narrow.Add(p, q);
        wide.Add(wideP, wideQ);
        Assert.Equal(wide.ToBytes(), narrow.ToBytes());
    }

    /// <summary>Sums of the terms' own bits, by whole numbers: what nothing is rounded in.</summary>
    [Theory]
    [InlineData("ordinary"), InlineData("nearly equal"), InlineData("of all magnitudes"), InlineData("subnormal and tiny")]
    public void The_sum_is_that_of_the_terms_as_whole_numbers(string data)
    {
        (double[] p, double[] q) = Data[data];
        var terms = new ExactSum();
        var masses = new ExactSum();
        var others = new ExactSum();
        ExactPairs.Add<double, KullbackLeiblerTerm>(p, q, terms, masses, others);
        BigInteger sum = p.Zip(q, Terms.KullbackLeibler).Aggregate(BigInteger.Zero, (total, term) => total + Units(term));
        Assert.Equal(sum, terms.Units);
        Assert.Equal(p.Aggregate(BigInteger.Zero, (total, x) => total + Units(x)), masses.Units);
        Assert.Equal(q.Aggregate(BigInteger.Zero, (total, x) => total + Units(x)), others.Units);
    }

    [Fact]
    public void An_exact_sum_is_rounded_once_and_to_even()
    {
        double half = Math.ScaleB(1, -53);
        Assert.Equal(1, SumOf(1, half));
        Assert.Equal(Math.BitIncrement(1), SumOf(1, half, double.Epsilon));
        Assert.Equal(1, SumOf(1, half, -double.Epsilon));
        Assert.Equal(Math.BitIncrement(Math.BitIncrement(1)), SumOf(Math.BitIncrement(1), half));
        Assert.Equal(-1, SumOf(-1, -half));
        Assert.Equal(1, SumOf(1e300, 1, -1e300));
        Assert.Equal(double.MaxValue, SumOf(double.MaxValue, double.MaxValue, -double.MaxValue));
        Assert.Equal(Inf, SumOf(double.MaxValue, double.MaxValue));
        Assert.Equal(-Inf, SumOf(-double.MaxValue, -double.MaxValue));
        foreach (int n in (int[])[3, 4, 1000, 1_000_000])
            Assert.Equal(Inf, SumOf([.. Enumerable.Repeat(double.MaxValue, n)]));
        Assert.Equal(Inf, SumOf(double.MaxValue, Math.ScaleB(1, 970)));
        Assert.Equal(double.MaxValue, SumOf(double.MaxValue, Math.BitDecrement(Math.ScaleB(1, 970))));
        Assert.Equal(double.Epsilon, SumOf(Math.ScaleB(1, -1022), double.Epsilon, -Math.ScaleB(1, -1022)));
        Assert.Equal(0, SumOf(3, -3));
        Assert.True(double.IsNaN(SumOf(Inf, -Inf)));
        Assert.True(double.IsNaN(SumOf(double.NaN, Inf)));
        Assert.Equal(Inf, SumOf(Inf, -double.MaxValue));
    }

    [Fact]
    public void Carries_are_passed_on_before_a_digit_overflows()
    {
        var sum = new ExactSum();
        for (int i = 0; i < 100_000; i++)
            sum.Add(Math.BitDecrement(2));
        Assert.Equal(100_000 * Math.BitDecrement(2.0), sum.Value);
        for (int i = 0; i < 20; i++)
        {
            var twice = new ExactSum();
            twice.Merge(sum);
            twice.Merge(sum);
            sum = twice;
        }

        Assert.Equal(Math.ScaleB(100_000 * Math.BitDecrement(2.0), 20), sum.Value);
    }

    [Theory]
    [InlineData("1", -1, false, 0.5)]
    [InlineData("9007199254740993", 0, false, 9007199254740992)]
    [InlineData("9007199254740993", 0, true, 9007199254740994)]
    [InlineData("1", -1075, false, 0)]
    [InlineData("1", -1075, true, double.Epsilon)]
    [InlineData("3", -1075, false, 2 * double.Epsilon)]
    [InlineData("1", -2000, true, 0)]
    [InlineData("1", 1024, false, double.PositiveInfinity)]
    public void A_whole_number_times_a_power_of_two_is_rounded_once(string magnitude, int exponent, bool isInexact, double expected) =>
        Assert.Equal(expected, ExactSum.Rounded(BigInteger.Parse(magnitude), exponent, isInexact));

    [Fact]
    public void The_variance_is_right_however_far_the_mean()
    {
        double[] near = [1, 2, 4, 8];
        foreach (double shift in (double[])[0, 1e6, 1e15])
        {
            var moments = new MomentAccumulator();
            moments.Add([.. near.Select(x => x + shift)]);
            Assert.Equal(28.75 / 3, moments.Variance);
            Assert.Equal(3.75 + shift, moments.Mean);
            Assert.Equal(Math.Sqrt(28.75 / 3 / 4), moments.StandardError);
        }
    }

    [Fact]
    public void Logits_of_every_size_merge_to_the_same_bits_and_small_ones_count_as_zero()
    {
        var random = new Random(4);
        double[] a = [.. Enumerable.Range(0, 500).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 10)))];
        double[] b = [.. Enumerable.Range(0, 500).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(0, 10)))];
        var whole = new LogitsAccumulator();
        whole.Add(a, b);
        for (int round = 0; round < 20; round++)
        {
            int[] order = [.. Enumerable.Range(0, a.Length)];
            random.Shuffle(order);
            LogitsAccumulator[] parts = [.. order.Chunk(1 + round * 7).Select(share =>
            {
                var part = new LogitsAccumulator();
                part.Add([.. share.Select(i => a[i])], [.. share.Select(i => b[i])]);
                return part;
            })];
            foreach (LogitsAccumulator part in parts[1..])
                parts[0].Merge(part);
            Assert.Equal(whole.ToBytes(), parts[0].ToBytes());
        }

        AssertWithin(4, Logits.LogSumExp(a), whole.PLogSumExp);
        AssertWithin(4, Logits.KullbackLeibler(a, b), whole.KullbackLeibler());
    }

    private static double SumOf(params double[] terms)
    {
        var sum = new ExactSum();
        foreach (double term in terms)
            sum.Add(term);
        return sum.Value;
    }

    private static BigInteger Units(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x), mantissa = bits & ((1L << 52) - 1);
        int exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger units = exponent == 0 ? mantissa : (BigInteger)(mantissa | 1L << 52) << (exponent - 1);
        return bits < 0 ? -units : units;
    }

    private static Accumulator PartOf(Kind kind, int[] share, double[] p, double[] q)
    {
        Accumulator part = kind.New();
        foreach (int[] portion in share.Chunk(1 + share.Length / 3))
            kind.Add(part, [.. portion.Select(i => p[i])], [.. portion.Select(i => q[i])]);
        return part;
    }

    /// <summary>Two of them are taken at random and merged, until one is left.</summary>
    private static Accumulator Merged(Kind kind, List<Accumulator> parts, bool isSerialised, Random random)
    {
        while (parts.Count > 1)
        {
            int into = random.Next(parts.Count), from = (into + 1 + random.Next(parts.Count - 1)) % parts.Count;
            parts[into].Merge(isSerialised ? kind.FromBytes(parts[from].ToBytes()) : parts[from]);
            parts.RemoveAt(from);
        }

        return parts[0];
    }

    private static IEnumerable<double> Powers(int seed) =>
        Generated.Stream(seed, 600).Select(x => Math.ScaleB(1 + x / 4294967296.0, (int)((x >> 8) % 1400) - 700));

    private static double[] Logs(double[] masses) => [.. masses.Select(x => x == 0 ? -Inf : double.IsNaN(x) ? x : Terms.LogRatio(x, 1))];

    private static void AssertWithin(double ulps, double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= ulps * ErrorUnit.UlpOf(expected), $"{actual:R} for {expected:R}");
}
