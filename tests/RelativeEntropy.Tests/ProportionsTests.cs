using System.Reflection;
using FsCheck.Fluent;

namespace RelativeEntropy.Tests;

/// <summary>Divergences of proportions: scale-free, equal to those of distributions where both exist, exact on counts, named by the
/// refusals.</summary>
public sealed class ProportionsTests
{
    private const double Inf = double.PositiveInfinity;

    private delegate double OfPair(double[] p, double[] q);

    /// <summary>Each function, the one of distributions that it equals, and how many units in the last place the two may differ
    /// by.</summary>
    private static readonly Dictionary<string, (OfPair Scaled, OfPair Plain, double Ulps)> Functions = new()
    {
        ["KullbackLeibler"] = (
            (p, q) => Proportions.KullbackLeibler(p, q, LogBase.Bits), (p, q) => Divergence.KullbackLeibler(p, q, LogBase.Bits), 6),
        ["Jeffreys"] = ((p, q) => Proportions.Jeffreys(p, q), (p, q) => Divergence.Jeffreys(p, q), 6),
        ["JensenShannon"] = ((p, q) => Proportions.JensenShannon(p, q), (p, q) => Divergence.JensenShannon(p, q), 6),
        ["JensenShannon of weight 0.2"] = (
            (p, q) => Proportions.JensenShannon(p, q, 0.2), (p, q) => Divergence.JensenShannon(p, q, 0.2), 8),
        ["TotalVariation"] = ((p, q) => Proportions.TotalVariation(p, q), (p, q) => Divergence.TotalVariation(p, q), 2),
        ["SquaredHellinger"] = ((p, q) => Proportions.SquaredHellinger(p, q), (p, q) => Divergence.SquaredHellinger(p, q), 6),
        ["PearsonChiSquared"] = ((p, q) => Proportions.PearsonChiSquared(p, q), (p, q) => Divergence.PearsonChiSquared(p, q), 6),
        ["NeymanChiSquared"] = ((p, q) => Proportions.NeymanChiSquared(p, q), (p, q) => Divergence.NeymanChiSquared(p, q), 6),
        ["Entropy"] = ((p, _) => Proportions.Entropy(p), (p, _) => Entropy.Shannon(p), 2),
        ["CrossEntropy"] = ((p, q) => Proportions.CrossEntropy(p, q), (p, q) => Entropy.Cross(p, q), 2),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    /// <summary>Where a remainder that fills up to a power of two makes every proportion a double.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Of_proportions_that_are_doubles_it_is_the_function_of_distributions(string name)
    {
        (OfPair scaled, OfPair plain, double ulps) = Functions[name];
        Laws.Hold(Laws.Measures, pair =>
        {
            (double[] p, double[] q) = (Filled(pair.P), Filled(pair.Q));
            return AreWithin(ulps, plain([.. p.Select(x => x / Whole)], [.. q.Select(x => x / Whole)]), scaled(p, q));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_common_factor_changes_nothing_and_a_power_of_two_not_a_bit(string name)
    {
        (OfPair scaled, _, double ulps) = Functions[name];
        Laws.Hold(Laws.Measures.Where(pair => pair.P.Sum() > 0), pair =>
        {
            double value = scaled(pair.P, pair.Q);
            return value.Equals(scaled([.. pair.P.Select(x => Math.ScaleB(x, 300))], [.. pair.Q.Select(x => Math.ScaleB(x, -900))]))
                && AreWithin(2 * ulps, value, scaled([.. pair.P.Select(x => 3 * x)], [.. pair.Q.Select(x => 1001 * x)]));
        });
    }

    /// <summary>Data processing: counts in wider bins are no further apart.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void To_merge_two_cells_brings_nothing_further_apart(string name)
    {
        OfPair scaled = Functions[name].Scaled;
        Laws.Hold(Laws.Measures.Where(pair => pair.P.Length > 1 && pair.P.Sum() > 0), pair =>
        {
            double[] p = [pair.P[0] + pair.P[1], .. pair.P[2..]], q = [pair.Q[0] + pair.Q[1], .. pair.Q[2..]];
            return scaled(p, q) <= scaled(pair.P, pair.Q) * (1 + 1e-14);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Proportions_that_are_equal_are_at_distance_zero(string name)
    {
        (OfPair scaled, _, _) = Functions[name];
        if (!name.EndsWith("Entropy", StringComparison.Ordinal))
            Laws.Hold(Laws.Measures, pair => scaled([.. pair.Q.Select(x => 3 * x)], [.. pair.Q.Select(x => 7 * x)]) == 0);
        else
            Assert.Equal(0, scaled([0, 5, 0], [0, 7, 0]));
    }

    [Fact]
    public void Masses_and_counts_of_every_type_are_the_same_numbers()
    {
        int[] p = [30, 0, 50, 20], q = [25, 3, 45, 30];
        long[] longP = [.. p], longQ = [.. q];
        float[] floatP = [.. p], floatQ = [.. q];
        double[] wideP = [.. p], wideQ = [.. q];
        MethodInfo[] ofDoubles = [.. typeof(Proportions).GetMethods()
            .Where(m => m.GetParameters() is [{ ParameterType: var type }, ..] && type == typeof(ReadOnlySpan<double>))];
        Assert.True(ofDoubles.Length >= 10);
        foreach (MethodInfo wide in ofDoubles)
        {
            double expected = Of(wide, wideP, wideQ);
            foreach (Type type in (Type[])[typeof(float), typeof(int), typeof(long)])
            {
                Type span = typeof(ReadOnlySpan<>).MakeGenericType(type);
                IEnumerable<Type> types = wide.GetParameters().Select(x => x.ParameterType)
                    .Select(x => x == typeof(ReadOnlySpan<double>) ? span : x);
                MethodInfo narrow = typeof(Proportions).GetMethod(wide.Name, [.. types])!;
                double actual = type == typeof(float) ? Of(narrow, floatP, floatQ)
                    : type == typeof(int) ? Of(narrow, p, q)
                    : Of(narrow, longP, longQ);
                Assert.Equal(expected, actual);
            }
        }

        static double Of<T>(MethodInfo method, T[] p, T[] q)
        {
            Part<T>[] parts = [new(p), new(q)];
            int next = 0;
            IEnumerable<object> arguments = method.GetParameters().Select(x => (object)(
                x.ParameterType == typeof(double) ? 0.25 : x.ParameterType == typeof(LogBase) ? LogBase.Bits : parts[next++]));
            return (double)new Call(method).On(null, [.. arguments])!;
        }
    }

    [Fact]
    public void Counts_beyond_53_bits_keep_their_last_one()
    {
        long[] p = [(1L << 62) + 1, 1L << 62], q = [1L << 62, (1L << 62) + 1];
        Assert.Equal(Math.ScaleB(1, -63), Proportions.TotalVariation(p, q), 1e-30);
        Assert.Equal(Math.ScaleB(1, -125), Proportions.KullbackLeibler(p, q), 1e-50);
        Assert.Equal(0, Proportions.KullbackLeibler(p, p));
    }

    [Fact]
    public void Nothing_is_smoothed_and_what_is_unknown_stays_so()
    {
        Assert.Equal(Inf, Proportions.KullbackLeibler([1, 1], [3, 0]));
        Assert.Equal(Inf, Proportions.Jeffreys([1, 0], [1, 1]));
        Assert.Equal(Inf, Proportions.NeymanChiSquared([1, 0], [1, 1]));
        Assert.Equal(Inf, Proportions.CrossEntropy([1, 1], [3, 0]));
        Assert.Equal(Math.Log(2), Proportions.JensenShannon([1, 0], [0, 7]), 1e-15);
        Assert.Equal(1, Proportions.TotalVariation([1, 0], [0, 7]));
        Assert.Equal(1, Proportions.SquaredHellinger([1, 0], [0, 7]));
        foreach ((string name, (OfPair scaled, _, _)) in Functions)
        {
            Assert.True(double.IsNaN(scaled([double.NaN, 1], [0, 1])), name);
            if (name != "Entropy")
                Assert.True(double.IsNaN(scaled([1, 1], [0, double.NaN])), name);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_are_no_masses_is_refused(string name)
    {
        OfPair scaled = Functions[name].Scaled;
        BadInputTests.Refuses("p", "p[1] = -2 is negative; every element must be finite and at least 0.",
            () => scaled([double.NaN, -2], [1, 1]));
        BadInputTests.Refuses("p", "p[0] = Infinity is infinite", () => scaled([Inf, 1], [1, 1]));
        BadInputTests.Refuses("p", "p is zero everywhere; at least one element must be positive.", () => scaled([0, 0], [1, 1]));
        BadInputTests.Refuses("p", "p is empty", () => scaled([], []));
        if (name == "Entropy")
            return;
        BadInputTests.Refuses("q", "q[0] = -1 is negative", () => scaled([1, double.NaN], [-1, 1]));
        BadInputTests.Refuses("q", "q is zero everywhere", () => scaled([1, 1], [0, 0]));
        BadInputTests.Refuses("q", "p has 2 elements and q has 1", () => scaled([1, 1], [1]));
    }

    [Fact]
    public void Counts_that_are_negative_are_refused_by_index_and_value()
    {
        BadInputTests.Refuses("q", "q[1] = -3 is negative", () => Proportions.KullbackLeibler((int[])[1, 2], (int[])[1, -3]));
        BadInputTests.Refuses("p", "p[0] = -9223372036854775808 is negative", () => Proportions.Entropy((long[])[long.MinValue]));
        BadInputTests.Refuses("masses", "masses[0] = -1 is negative",
            () => Measures.Smooth((int[])[-1], Pseudocount.Laplace, new double[1]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_refusal_of_what_does_not_sum_to_one_names_it(string name)
    {
        (OfPair scaled, OfPair plain, _) = Functions[name];
        double[] p = [0.3333, 0.3333, 0.3333], q = [1, 2, 3];
        var refusal = Assert.Throws<ArgumentException>(() => plain(p, q));
        Assert.StartsWith(
            "p sums to 0.9999, not to 1 within 1.49E-08; normalise it first with Measures.Normalise, "
            + $"or use Proportions.{name.Split(' ')[0]}, which divides by the sum",
            refusal.Message, StringComparison.Ordinal);
        Assert.True(scaled(p, q) > 0);
    }

    private static readonly Dictionary<string, Action<double[], double[]>> Siblings = new()
    {
        ["Divergence.KullbackLeiblerRows"] = (p, q) => Divergence.KullbackLeiblerRows(p, q, 3, new double[1]),
        ["Divergence.JeffreysRows"] = (p, q) => Divergence.JeffreysRows(p, q, 3, new double[1]),
        ["Divergence.JensenShannonRows"] = (p, q) => Divergence.JensenShannonRows(p, q, 3, new double[1]),
        ["Divergence.TotalVariationRows"] = (p, q) => Divergence.TotalVariationRows(p, q, 3, new double[1]),
        ["Divergence.KullbackLeiblerMatrix"] = (p, q) => Divergence.KullbackLeiblerMatrix(p, q, 3, new double[1]),
        ["Divergence.JensenShannonMatrix"] = (p, q) => Divergence.JensenShannonMatrix(p, q, 3, new double[1]),
        ["Divergence.JensenShannonDistance"] = (p, q) => Divergence.JensenShannonDistance(p, q),
        ["Divergence.Hellinger"] = (p, q) => Divergence.Hellinger(p, q),
        ["Entropy.ShannonRows"] = (p, _) => Entropy.ShannonRows(p, 3, new double[1]),
    };

    public static TheoryData<string> NamesOfSiblings => [.. Siblings.Keys];

    /// <summary>Rows, matrices and square roots of what has a scale-free form name that form too.</summary>
    [Theory]
    [MemberData(nameof(NamesOfSiblings))]
    public void The_refusals_of_rows_and_distances_name_it_too(string name)
    {
        string form = name switch
        {
            "Divergence.Hellinger" => "the square root of Proportions.SquaredHellinger",
            "Divergence.JensenShannonDistance" => "the square root of Proportions.JensenShannon",
            "Entropy.ShannonRows" => "Proportions.Entropy",
            _ => "Proportions." + name.Split('.')[1].Replace("Rows", "", StringComparison.Ordinal).Replace("Matrix", "", StringComparison.Ordinal),
        };
        var refusal = Assert.Throws<ArgumentException>(() => Siblings[name]([0.3333, 0.3333, 0.3333], [1, 2, 3]));
        Assert.Contains($"or use {form}, which divides by the sum", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_and_no_matrix_of_a_scale_free_form_are_left_out() => Assert.Equal([], Library.PublicFunctions
        .Where(name => name.EndsWith("Rows", StringComparison.Ordinal) || name.EndsWith("Matrix", StringComparison.Ordinal))
        .Where(name => name.StartsWith("Divergence.", StringComparison.Ordinal) && Functions.ContainsKey(
            name.Split('.')[1].Replace("Rows", "", StringComparison.Ordinal).Replace("Matrix", "", StringComparison.Ordinal)))
        .Except(Siblings.Keys));

    [Fact]
    public void No_function_is_left_out()
    {
        string[] tried = [.. Functions.Keys.Select(name => "Proportions." + name.Split(' ')[0]).Distinct()];
        Assert.Equal([], Library.PublicFunctions.Where(name => name.StartsWith("Proportions.", StringComparison.Ordinal)).Except(tried));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] p = Functions.Keys.Select(name => (double)name.Length).ToArray(), q = [.. p.Reverse()];
        foreach ((string name, (OfPair scaled, _, _)) in Functions)
            Assert.True(Allocation.Of(() => scaled(p, q)) == 0, name);
    }

    [Fact]
    public void Smoothed_counts_are_those_of_the_same_masses()
    {
        double[] wide = new double[3], narrow = new double[3], of64 = new double[3];
        Measures.Smooth([7, 0, 3], Pseudocount.Jeffreys, wide);
        Measures.Smooth((int[])[7, 0, 3], Pseudocount.Jeffreys, narrow);
        Measures.Smooth((long[])[7, 0, 3], Pseudocount.Jeffreys, of64);
        Assert.Equal([7.5 / 11.5, 0.5 / 11.5, 3.5 / 11.5], wide);
        Assert.Equal(wide, narrow);
        Assert.Equal(wide, of64);
    }

    private const double Whole = 1 << 25;

    private static double[] Filled(double[] masses) => [.. masses, Whole - masses.Sum()];

    private static bool AreWithin(double ulps, double expected, double actual) =>
        expected.Equals(actual) || Math.Abs(actual - expected) <= ulps * ErrorUnit.UlpOf(expected);
}
