using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Drift
{
    /// <summary>The G-test of goodness of fit: whether counts come from a given distribution.</summary>
    /// <remarks>
    /// G = 2 sum over i of O_i ln(O_i/E_i) = 2 N KL(O/N || q) for N observations, O_i of them in cell i, where E_i = N q_i were expected:
    /// twice the logarithm of the likelihood ratio. In large samples chi-squared with m - 1 degrees of freedom, m the number of cells in
    /// which something is expected (Wilks 1938); the approximation is poor where E_i is below about 5. The expectation must not have been
    /// fitted to the same counts. An observation where nothing is expected makes the statistic infinite and the p-value 0. Time O(n), and
    /// the p-value's up to O(sqrt(n)) more. Source: Woolf (1957); Sokal and Rohlf (1981), section 17.2.
    /// </remarks>
    /// <param name="observed">The counts, n cells, not all zero.</param>
    /// <param name="expected">What is expected in each, up to a common factor: probabilities, or any masses.</param>
    /// <returns>Statistic, degrees of freedom and p-value; a statistic and p-value of NaN if an element of <paramref name="expected"/> is
    /// NaN. The error of the statistic is below 6 units in the last place, that of a p-value above 1e-300 relative to it below
    /// 1e-12.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative or infinite; all of one are
    /// zero.</exception>
    /// <example><code>
    /// GTestResult test = Drift.GTest([5, 3, 2], [0.5, 0.25, 0.25]);
    /// double statistic = test.Statistic;   // 0.20135514
    /// double pValue = test.PValue;         // 0.90422454
    /// </code></example>
    public static GTestResult GTest(ReadOnlySpan<int> observed, ReadOnlySpan<double> expected) => Fit(observed, expected);

    /// <inheritdoc cref="GTest(ReadOnlySpan{int}, ReadOnlySpan{double})"/>
    public static GTestResult GTest(ReadOnlySpan<long> observed, ReadOnlySpan<double> expected) => Fit(observed, expected);

    /// <summary>The G-test of homogeneity: whether two samples come from one distribution, whatever it is.</summary>
    /// <remarks>
    /// G = 2 (N + M) JS, the Jensen-Shannon divergence of the proportions with the weights N/(N + M) and M/(N + M) of the samples: each is
    /// compared with both together, so that it is finite whatever is empty. In large samples chi-squared with m - 1 degrees of freedom, m
    /// the number of cells that are not empty in both (Wilks 1938). Symmetric. Time O(n), and the p-value's up to O(sqrt(n)) more. Source:
    /// Woolf (1957); Sokal and Rohlf (1981), section 17.4.
    /// </remarks>
    /// <param name="first">The counts of one sample, n cells, not all zero.</param>
    /// <param name="second">The counts of the other.</param>
    /// <returns>Statistic, degrees of freedom and p-value. The error of the statistic is below 10 units in the last place, that of a
    /// p-value above 1e-300 relative to it below 1e-12.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element is negative; all of one are
    /// zero.</exception>
    /// <example><code>
    /// GTestResult test = Drift.GTestOfTwoSamples([8, 8, 8, 8], [4, 4, 13, 11]);
    /// double statistic = test.Statistic;   // 4.39604407
    /// double pValue = test.PValue;         // 0.2217524742
    /// </code></example>
    public static GTestResult GTestOfTwoSamples(ReadOnlySpan<int> first, ReadOnlySpan<int> second) => Homogeneity(first, second);

    /// <inheritdoc cref="GTestOfTwoSamples(ReadOnlySpan{int}, ReadOnlySpan{int})"/>
    public static GTestResult GTestOfTwoSamples(ReadOnlySpan<long> first, ReadOnlySpan<long> second) => Homogeneity(first, second);

    private static GTestResult Fit<T>(ReadOnlySpan<T> observed, ReadOnlySpan<double> expected)
        where T : struct, IBinaryInteger<T>
    {
        var term = default(KullbackLeiblerOfProportions);
        double divergence = ProportionReduction.Of(observed, expected, term, nameof(observed), nameof(expected)).Rounded;
        int cells = 0;
        foreach (double mass in expected)
            cells += mass != 0 ? 1 : 0;
        return Result(2 * (double)Total(observed) * divergence, cells - 1);
    }

    private static GTestResult Homogeneity<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second)
        where T : struct, IBinaryInteger<T>
    {
        double all = (double)(Total(first) + Total(second));
        var term = new JensenShannonOfProportions((double)Total(first) / all);
        double divergence = ProportionReduction.Of(first, second, term, nameof(first), nameof(second)).Rounded;
        int cells = 0;
        for (int i = 0; i < first.Length; i++)
            cells += first[i] != T.Zero || second[i] != T.Zero ? 1 : 0;
        return Result(2 * all * divergence, cells - 1);
    }

    // Nothing can differ in one cell.
    private static GTestResult Result(double statistic, int degreesOfFreedom) =>
        degreesOfFreedom == 0 && statistic < double.PositiveInfinity
            ? new(statistic, 0, 1)
            : new(statistic, degreesOfFreedom, IncompleteGamma.ChiSquaredTail(degreesOfFreedom, statistic));

    private static Int128 Total<T>(ReadOnlySpan<T> counts)
        where T : struct, IBinaryInteger<T>
    {
        Int128 total = 0;
        foreach (T count in counts)
            total += Int128.CreateTruncating(count);
        return total;
    }
}
