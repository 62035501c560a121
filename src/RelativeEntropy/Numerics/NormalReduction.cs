using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>Twice what one dimension adds to the KL of two diagonal normals with means m0, m1 and scales s0, s1.</summary>
internal interface INormalTerm
{
    static abstract double Of(double m0, double s0, double m1, double s1);

    /// <inheritdoc cref="IPairTerm.Regular"/>
    static abstract Vector<long> Regular(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1);

    static abstract Vector<double> Of(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1);
}

/// <summary>The scales are variances.</summary>
internal readonly struct VarianceTerm : INormalTerm
{
    public static double Of(double m0, double s0, double m1, double s1) =>
        LogRatio.ItakuraSaito(s0, s1) + NormalTerms.SquaredDifference(m0, m1, s1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1) =>
        LogRatio.Moderate(s0) & LogRatio.Moderate(s1) & NormalTerms.IsSquarable(m0 - m1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1)
    {
        Vector<double> difference = m0 - m1;
        return LogRatio.Excess(s1, s0) / s1 + difference * difference / s1;
    }
}

/// <summary>The scales are logarithms of variances.</summary>
internal readonly struct LogVarianceTerm : INormalTerm
{
    public static double Of(double m0, double s0, double m1, double s1)
    {
        double location = NormalTerms.StandardisedByLogVariance(m0, m1, s1);
        return Math.FusedMultiplyAdd(location, location, NormalTerms.OfLogVariances(s0, s1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1) =>
        NormalTerms.IsSquarable(m0 - m1) & Elementary.IsExponent(2 * s0) & Elementary.IsExponent(2 * s1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1)
    {
        Vector<double> location = (m0 - m1) * Elementary.Exp(new VectorPart(-0.5 * s1, Vector<double>.Zero));
        return Vector.FusedMultiplyAdd(location, location, Elementary.ExpExcess(VectorPart.Sum(s0, -s1)));
    }
}

/// <summary>The scales are logarithms of standard deviations.</summary>
internal readonly struct LogStandardDeviationTerm : INormalTerm
{
    public static double Of(double m0, double s0, double m1, double s1)
    {
        double location = NormalTerms.StandardisedByLogScale(m0, m1, s1);
        return Math.FusedMultiplyAdd(location, location, NormalTerms.OfLogStandardDeviations(s0, s1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1) =>
        NormalTerms.IsSquarable(m0 - m1) & Elementary.IsExponent(4 * s0) & Elementary.IsExponent(4 * s1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Of(Vector<double> m0, Vector<double> s0, Vector<double> m1, Vector<double> s1)
    {
        Vector<double> location = (m0 - m1) * Elementary.Exp(new VectorPart(-s1, Vector<double>.Zero));
        VectorPart difference = VectorPart.Sum(s0, -s1);
        return Vector.FusedMultiplyAdd(location, location, Elementary.ExpExcess(new VectorPart(2 * difference.Value, 2 * difference.Tail)));
    }
}

/// <summary>A mean and a log-variance against the standard normal, over two spans instead of four.</summary>
internal readonly struct StandardNormalTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(Math.FusedMultiplyAdd(p, p, Elementary.ExpExcess(q)), 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => Elementary.IsExponent(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) =>
        new(Vector.FusedMultiplyAdd(p, p, Elementary.ExpExcess(q)), Vector<double>.Zero);
}

/// <summary>The one loop over the dimensions of two diagonal normals.</summary>
internal static class NormalReduction
{
    public static double HalfSum<T, TTerm>(ReadOnlySpan<T> m0, ReadOnlySpan<T> s0, ReadOnlySpan<T> m1, ReadOnlySpan<T> s1)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, INormalTerm
    {
        CompensatedSum sum = default;
        s0 = s0[..m0.Length];
        m1 = m1[..m0.Length];
        s1 = s1[..m0.Length];
        int i = 0;
        while (i < m0.Length)
        {
            if (Lanes.AreUsed)
                i = AddRegular<T, TTerm>(m0, s0, m1, s1, i, ref sum);
            for (int next = Math.Min(i + Lanes.Step, m0.Length); i < next; i++)
            {
                sum.Add(TTerm.Of(
                    double.CreateTruncating(m0[i]), double.CreateTruncating(s0[i]),
                    double.CreateTruncating(m1[i]), double.CreateTruncating(s1[i])));
            }
        }

        return 0.5 * sum.Value;
    }

    /// <summary>Goes on until the rest fills no vector or holds what the vector form does not, and gives its place.</summary>
    private static int AddRegular<T, TTerm>(
        ReadOnlySpan<T> m0, ReadOnlySpan<T> s0, ReadOnlySpan<T> m1, ReadOnlySpan<T> s1, int start, ref CompensatedSum sum)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, INormalTerm
    {
        CompensatedVectorSum lanes = default;
        int i = start;
        for (; i <= m0.Length - Lanes.Step; i += Lanes.Step)
        {
            (Vector<double> m00, Vector<double> m01) = Lanes.Load(m0, i);
            (Vector<double> s00, Vector<double> s01) = Lanes.Load(s0, i);
            (Vector<double> m10, Vector<double> m11) = Lanes.Load(m1, i);
            (Vector<double> s10, Vector<double> s11) = Lanes.Load(s1, i);
            if (!Lanes.AreAll(TTerm.Regular(m00, s00, m10, s10) & TTerm.Regular(m01, s01, m11, s11)))
                break;
            lanes.Add(TTerm.Of(m00, s00, m10, s10));
            lanes.Add(TTerm.Of(m01, s01, m11, s11));
        }

        if (i > start)
            sum.Add(lanes.Parts);
        return i;
    }
}
