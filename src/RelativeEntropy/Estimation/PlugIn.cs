using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Entropy, divergence and mutual information of distributions of few outcomes, from counts of independent observations: with the
/// frequencies in place of the
/// probabilities, and with corrections of the bias by name.
/// </summary>
/// <remarks>
/// A span of counts has one element for each outcome, at least 0; they sum to N, at least 1 and below 2^63. The estimates with a correction
/// can leave the range of what they
/// estimate, below 0 for instance: nothing is clamped. The standard error is that of the delta method, from the frequencies: it falls as
/// N^(-1/2) and is 0 where
/// the terms that it spreads over are all equal, as for uniform counts; what is left there is of the order of 1/N. It does not contain the
/// bias. Nothing is allocated.
/// </remarks>
public static partial class PlugIn
{
    private static long Total<T>(ReadOnlySpan<T> counts, string name)
        where T : struct, IBinaryInteger<T>
    {
        Check.NotEmpty(counts.Length, name);
        Int128 total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (T.IsNegative(counts[i]))
                throw new ArgumentException(
                    FormattableString.Invariant($"{name}[{i}] = {counts[i]} is negative; a count must be at least 0."), name);
            total += Int128.CreateTruncating(counts[i]);
        }

        if (total == 0)
            throw new ArgumentException(FormattableString.Invariant($"{name} sums to 0; there must be at least one observation."), name);
        return total <= long.MaxValue
            ? (long)total
            : throw new ArgumentException(
                FormattableString.Invariant($"{name} sums to {total}, above 2^63 - 1; divide the counts by a common factor."), name);
    }

    private static PlugInCorrection Named(PlugInCorrection correction) => Enum.IsDefined(correction)
        ? correction
        : throw new ArgumentOutOfRangeException(
            nameof(correction), correction,
                FormattableString.Invariant($"correction = {correction}; it must be None, MillerMadow or Grassberger."));

    /// <summary>Grassberger's G, whose two digammas and sign come down to psi(floor(n/2) + 1/2) + log 2; for n at least 1.</summary>
    private static double G(ulong n) => GammaFunction.Digamma(n / 2 + 0.5) + LogRatio.Ln2;

    /// <summary>a log(a/b) - a + b of whole numbers, from their exact difference.</summary>
    private static double Term(Int128 a, Int128 b) => a == 0 ? (double)b : GammaFunction.OfEntropy((double)a, (double)b, (double)(a - b));

    /// <summary>log(a/b) of positive whole numbers, from their exact difference where they are near each other.</summary>
    private static double LogRatioOf(Int128 a, Int128 b) => Int128.Abs(a - b) <= b / 2
        ? Elementary.Log1p((double)(a - b) / (double)b)
        : LogRatio.Of((double)a, (double)b);

    /// <summary>The variance of a mean of terms over the cells of a table, each with its frequency.</summary>
    private struct CellSpread(double mean)
    {
        private CompensatedSum _squares;

        public void Add(double frequency, double term) => _squares.Add(frequency * (term - mean) * (term - mean));

        public readonly double Variance(double observations) => _squares.Value / observations;
    }
}
