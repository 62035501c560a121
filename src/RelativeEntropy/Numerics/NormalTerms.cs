using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>The parts of a divergence between normals: twice a KL is a spread term plus the square of a standardised difference of means.</summary>
internal static class NormalTerms
{
    private const double SmallestSquarable = 1e-145, LargestSquarable = 1e145;

    /// <summary>r^2 - 1 - log r^2 for r = s0/s1, the spread term from standard deviations.</summary>
    public static double OfScales(double s0, double s1)
    {
        double r = s0 / s1;
        return r is < 0.5 or > 2
            ? Math.FusedMultiplyAdd(r, r, -1) - 2 * LogRatio.Of(s0, s1)
            : Elementary.XMinusLog1p(SquaredRatioLessOne(s0, s1));
    }

    /// <summary>(s0/s1)^2 - 1, from the exact difference where s0 is near s1.</summary>
    public static double SquaredRatioLessOne(double s0, double s1)
    {
        double r = s0 / s1;
        if (r is < 0.5 or > 2)
            return Math.FusedMultiplyAdd(r, r, -1);

        // Powers of two near 1/s1, so that neither s0 + s1 overflows nor s0 - s1 falls below the normal range.
        int exponent = Math.ILogB(s1);
        (s0, s1) = (Math.ScaleB(s0, -exponent), Math.ScaleB(s1, -exponent));
        return (s0 - s1) / s1 * ((s0 + s1) / s1);
    }

    /// <summary>e^l - 1 - l for l = l0 - l1, the spread term from log-variances, with l to twice the precision.</summary>
    public static double OfLogVariances(double l0, double l1) => OfLogRatio(TwoPart.Difference(l0, l1));

    /// <summary>e^l - 1 - l for l = 2 (s0 - s1), the spread term from logarithms of standard deviations.</summary>
    public static double OfLogStandardDeviations(double s0, double s1) => OfLogRatio(Doubled(s0, s1));

    /// <summary>2 (s0 - s1), the logarithm of the ratio of the variances.</summary>
    public static TwoPart Doubled(double s0, double s1)
    {
        TwoPart difference = TwoPart.Difference(s0, s1);
        return new(2 * difference.Value, 2 * difference.Tail);
    }

    private static double OfLogRatio(TwoPart l) => double.IsInfinity(l.Value) ? Elementary.ExpExcess(l.Value) : Elementary.ExpExcess(l);

    /// <summary>(m0 - m1)^2 / v, without overflow or underflow on the way.</summary>
    public static double SquaredDifference(double m0, double m1, double v)
    {
        if (IsSquarable(m0 - m1))
            return (m0 - m1) * (m0 - m1) / v;
        double location = StandardisedDifference(m0, m1, Math.Sqrt(v));
        return location * location;
    }

    /// <summary>Whether the square stays in the range where nothing is lost; zero's does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSquarable(double x) => x == 0 || Math.Abs(x) is >= SmallestSquarable and <= LargestSquarable;

    /// <summary>All bits in the lanes for which it does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> IsSquarable(Vector<double> x) =>
        Vector.Equals(x, Vector<double>.Zero) | Lanes.Within(Vector.Abs(x), SmallestSquarable, LargestSquarable);

    /// <summary>(m0 - m1) e^(-l/2), without overflow on the way.</summary>
    public static double StandardisedByLogVariance(double m0, double m1, double l) => StandardisedByLogScale(m0, m1, 0.5 * l);

    /// <summary>(m0 - m1) e^(-s), without overflow on the way.</summary>
    public static double StandardisedByLogScale(double m0, double m1, double s)
    {
        double difference = m0 - m1;
        if (IsSquarable(difference) && Math.Abs(s) <= 0.5 * Elementary.LargestExponent)
            return difference * Elementary.Exp(-s);
        double root = Elementary.Exp(-0.5 * s);
        if (difference == 0)
            return double.IsNaN(s) ? s : 0;
        return double.IsFinite(difference) ? difference * root * root : 2 * ((0.5 * m0 - 0.5 * m1) * root * root);
    }

    /// <summary>(m0 - m1) e^(-l), without overflow on the way.</summary>
    public static double SlopeByLogVariance(double m0, double m1, double l) => SlopeByLogScale(m0, m1, 0.5 * l);

    /// <summary>(m0 - m1) e^(-2 s), without overflow on the way.</summary>
    public static double SlopeByLogScale(double m0, double m1, double s)
    {
        double location = StandardisedByLogScale(m0, m1, s), root = Elementary.Exp(-0.5 * s);
        return location == 0 ? location : location * root * root;
    }

    /// <summary>e^(l0 - l1) - 1, accurate where l0 is near l1.</summary>
    public static double RatioLessOne(double l0, double l1) => RatioLessOne(TwoPart.Difference(l0, l1));

    /// <summary>e^l - 1.</summary>
    public static double RatioLessOne(TwoPart l) => Math.Abs(l.Value) < 1 ? Elementary.Expm1(l.Value) : l.Exp() - 1;

    /// <summary>(m0 - m1)/s, without overflow on the way.</summary>
    public static double StandardisedDifference(double m0, double m1, double s)
    {
        double difference = m0 - m1;
        return double.IsFinite(difference) ? difference / s : 2 * ((0.5 * m0 - 0.5 * m1) / s);
    }
}
