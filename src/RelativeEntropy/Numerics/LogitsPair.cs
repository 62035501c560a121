using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What every function of two sets of logits begins with: both checked, the largest of each, and where their supports lie.</summary>
/// <param name="A">The largest of the first set, a.</param>
/// <param name="B">The largest of the second set, b.</param>
internal readonly record struct LogitsPair(Peak A, Peak B)
{
    public bool AnyNaN => A.AnyNaN || B.AnyNaN;

    /// <summary>Whether the logits need <see cref="NarrowedLogits"/>.</summary>
    public bool IsWide => A.IsWide || B.IsWide;

    /// <summary>The same two sets in the other order.</summary>
    public LogitsPair Exchanged => new(B, A);

    public static LogitsPair Of<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row = Check.NoRow,
        string pName = "pLogits", string qName = "qLogits")
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(pLogits.Length, qLogits.Length, pName, qName);
        Check.Temperature(temperature);
        return new(LogitsPass.OfDistribution(pLogits, pName, row), LogitsPass.OfDistribution(qLogits, qName, row));
    }

    /// <summary>The same, and whether NaN or q's support already decides a mean of log q under p.</summary>
    public static bool IsSettled<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row, out LogitsPair peaks, out double answer)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        peaks = Of(pLogits, qLogits, temperature, row);
        answer = peaks.Settled(pLogits, qLogits);
        return answer != 0;
    }

    /// <summary>NaN or +infinity where the data alone decide a mean of log q under p; else 0.</summary>
    public double Settled<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        AnyNaN ? double.NaN : B.AnyExcluded && IsOutsideSupport(pLogits, qLogits) ? double.PositiveInfinity : 0;

    /// <summary>Whether q has probability zero where p has not.</summary>
    public static bool IsOutsideSupport<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < pLogits.Length; i++)
        {
            if (T.IsFinite(pLogits[i]) && T.IsNegativeInfinity(qLogits[i]))
                return true;
        }

        return false;
    }
}
