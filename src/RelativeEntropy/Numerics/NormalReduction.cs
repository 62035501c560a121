using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>Twice what one dimension adds to the KL of two diagonal normals with means m0, m1 and scales s0, s1.</summary>
internal interface INormalTerm
{
    static abstract double Of(double m0, double s0, double m1, double s1);
}

/// <summary>The scales are variances.</summary>
internal readonly struct VarianceTerm : INormalTerm
{
    public static double Of(double m0, double s0, double m1, double s1) =>
        LogRatio.ItakuraSaito(s0, s1) + NormalTerms.SquaredDifference(m0, m1, s1);
}

/// <summary>The scales are logarithms of variances.</summary>
internal readonly struct LogVarianceTerm : INormalTerm
{
    public static double Of(double m0, double s0, double m1, double s1)
    {
        double location = NormalTerms.StandardisedByLogVariance(m0, m1, s1);
        return Math.FusedMultiplyAdd(location, location, NormalTerms.OfLogVariances(s0, s1));
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
        for (int i = 0; i < m0.Length; i++)
        {
            sum.Add(TTerm.Of(
                double.CreateTruncating(m0[i]), double.CreateTruncating(s0[i]),
                double.CreateTruncating(m1[i]), double.CreateTruncating(s1[i])));
        }

        return 0.5 * sum.Value;
    }
}
