using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>The derivatives of a term by its two arguments; zero where both are zero.</summary>
internal interface IPairSlope
{
    static abstract (double ByP, double ByQ) Of(double p, double q);

    /// <inheritdoc cref="IPairTerm.HasVectorForm"/>
    static virtual bool HasVectorForm => false;

    /// <inheritdoc cref="IPairTerm.Regular"/>
    static virtual Vector<long> Regular(Vector<double> p, Vector<double> q) => default;

    static virtual (Vector<double> ByP, Vector<double> ByQ) Of(Vector<double> p, Vector<double> q) => default;
}

/// <summary>Of p log(p/q) - p + q.</summary>
internal readonly struct KullbackLeiblerSlope : IPairSlope
{
    public static (double ByP, double ByQ) Of(double p, double q) => p == q ? (0, 0) : (Terms.LogRatio(p, q), (q - p) / q);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Moderate(p) & LogRatio.Moderate(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> ByP, Vector<double> ByQ) Of(Vector<double> p, Vector<double> q) => (LogRatio.Precise(p, q).Value, (q - p) / q);
}

/// <summary>Of (p log(p/m) + q log(q/m))/2 for m = (p + q)/2.</summary>
internal readonly struct JensenShannonSlope : IPairSlope
{
    public static (double ByP, double ByQ) Of(double p, double q)
    {
        double m = 0.5 * (p + q), half = 0.5 * (q - p);
        return (0.5 * MixtureTerms.LogRatioTo(p, m, half), 0.5 * MixtureTerms.LogRatioTo(q, m, -half));
    }
}

/// <summary>The one loop that writes derivatives.</summary>
internal static class PairSlopes
{
    /// <summary>Both derivatives of every term; an empty destination is not wanted, and either may be p or q itself.</summary>
    public static void Fill<T, TSlope>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, Span<T> byP, Span<T> byQ, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TSlope : struct, IPairSlope
    {
        int i = 0;
        while (i < p.Length)
        {
            // A unit divides each number once more; that loop stays scalar.
            if (TSlope.HasVectorForm && Lanes.AreUsed && logBase == LogBase.Nats)
                i = FillRegular<T, TSlope>(p, q, byP, byQ, i);
            for (int next = Math.Min(i + Lanes.Step, p.Length); i < next; i++)
            {
                (double slopeP, double slopeQ) = TSlope.Of(double.CreateTruncating(p[i]), double.CreateTruncating(q[i]));
                if (!byP.IsEmpty)
                    byP[i] = T.CreateTruncating(logBase.FromNats(slopeP));
                if (!byQ.IsEmpty)
                    byQ[i] = T.CreateTruncating(logBase.FromNats(slopeQ));
            }
        }
    }

    private static int FillRegular<T, TSlope>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, Span<T> byP, Span<T> byQ, int start)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TSlope : struct, IPairSlope
    {
        int i = start;
        for (; i <= p.Length - Lanes.Step; i += Lanes.Step)
        {
            (Vector<double> p0, Vector<double> p1) = Lanes.Load(p, i);
            (Vector<double> q0, Vector<double> q1) = Lanes.Load(q, i);
            if (!Lanes.AreAll(TSlope.Regular(p0, q0) & TSlope.Regular(p1, q1)))
                break;
            (Vector<double> p0Slope, Vector<double> q0Slope) = TSlope.Of(p0, q0);
            (Vector<double> p1Slope, Vector<double> q1Slope) = TSlope.Of(p1, q1);
            if (!byP.IsEmpty)
                Lanes.Store(p0Slope, p1Slope, byP, i);
            if (!byQ.IsEmpty)
                Lanes.Store(q0Slope, q1Slope, byQ, i);
        }

        return i;
    }
}
