using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>The terms of Jensen-Shannon divergences, in which each distribution is measured against a mixture.</summary>
internal static class MixtureTerms
{
    /// <summary>p log(p/m) - p + m, given m and m - p each to full relative precision.</summary>
    public static double Excess(double p, double m, double mLessP)
    {
        if (p == 0)
            return m;
        if (LogRatio.IsRegular(p) && LogRatio.IsRegular(m))
            return LogRatio.ExcessGivenDifference(p, m, -mLessP);
        double z = mLessP / p;
        return z is >= -0.5 and <= 1 ? p * Elementary.XMinusLog1p(z) : Terms.KullbackLeibler(p, m);
    }

    /// <summary>log(p/m), given m - p to full relative precision; 0 at 0/0.</summary>
    public static double LogRatioTo(double p, double m, double mLessP)
    {
        if (mLessP == 0)
            return 0;
        double z = mLessP / p;
        return z is >= -0.5 and <= 1 ? -Elementary.Log1p(z) : Terms.LogRatio(p, m);
    }
}

/// <summary>
/// w (p log(p/m) - p + m) + (1 - w)(q log(q/m) - q + m) for m = w p + (1 - w) q: both parts are non-negative, and their sum is
/// stationary in m, so that the rounding of m does not show.
/// </summary>
internal readonly struct JensenShannonTerm(double weight) : IPairFunction
{
    public TwoPart Of(double p, double q) => Of(p, q, q - p);

    /// <summary>The same, given q - p to full relative precision.</summary>
    public TwoPart Of(double p, double q, double difference)
    {
        double other = 1 - weight;
        if (double.IsNaN(p - q))
            return new(double.NaN, 0);
        if (p == 0)
            return Alone(q, other, weight);
        if (q == 0)
            return Alone(p, weight, other);
        double m = Mixture(p, q, difference);
        return m > 0
            ? new(weight * MixtureTerms.Excess(p, m, other * difference) + other * MixtureTerms.Excess(q, m, -weight * difference), 0)
            : new(0, 0);
    }

    /// <summary>The slope by q where q is positive: (1 - w) log(q/m), which is -(1 - w) log(1 - w) at p = 0.</summary>
    public double SlopeAtSecond(double p, double q, double difference) =>
        weight == 1 ? 0
        : (1 - weight) * (p == 0 ? -Elementary.Log1p(-weight) : MixtureTerms.LogRatioTo(q, Mixture(p, q, difference), -weight * difference));

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Moderate(p) & LogRatio.Moderate(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Of(Vector<double> p, Vector<double> q)
    {
        double other = 1 - weight;
        Vector<double> difference = q - p;
        Vector<double> m = weight < 0.5
            ? Vector.FusedMultiplyAdd(new Vector<double>(weight), -difference, q)
            : Vector.FusedMultiplyAdd(new Vector<double>(other), difference, p);
        return new(
            weight * LogRatio.ExcessGivenDifference(p, m, -(other * difference)) + other * LogRatio.ExcessGivenDifference(q, m, weight * difference),
            Vector<double>.Zero);
    }

    private double Mixture(double p, double q, double difference) => weight < 0.5
        ? Math.FusedMultiplyAdd(weight, -difference, q)
        : Math.FusedMultiplyAdd(1 - weight, difference, p);

    /// <summary>-w x log w, what a mass x costs where the other is zero; 1 - w is exact for w of at least a half.</summary>
    private static TwoPart Alone(double x, double weight, double other) =>
        weight == 0 ? new(0, 0)
        : weight <= 0.5 ? LogRatio.Precise(1, weight).Times(weight * x)
        : new(-Elementary.Log1p(-other) * (weight * x), 0);
}
