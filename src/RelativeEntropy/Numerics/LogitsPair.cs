using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What every function of two sets of logits begins with: both checked, the largest of each, and where their supports lie.</summary>
internal readonly record struct LogitsPair(Peak A, Peak B)
{
    public bool AnyNaN => A.AnyNaN || B.AnyNaN;

    public static LogitsPair Of<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.SameNonZeroLength(pLogits.Length, qLogits.Length, nameof(pLogits), nameof(qLogits));
        Check.Temperature(temperature);
        return new(LogitsPass.OfDistribution(pLogits, nameof(pLogits), row), LogitsPass.OfDistribution(qLogits, nameof(qLogits), row));
    }

    /// <summary>The same, and whether NaN or q's support already decides a mean of log q under p.</summary>
    public static bool IsSettled<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, double temperature, int row, out LogitsPair peaks, out double answer)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        peaks = Of(pLogits, qLogits, temperature, row);
        answer = peaks.AnyNaN ? double.NaN : IsOutsideSupport(pLogits, qLogits) ? double.PositiveInfinity : 0;
        return answer != 0;
    }

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
