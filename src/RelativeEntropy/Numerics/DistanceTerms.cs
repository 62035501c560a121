using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

// Terms of symmetric and quadratic divergences. Each is total: NaN gives NaN, zeros take their limits.

/// <summary>(p - q) log(p/q).</summary>
internal readonly struct JeffreysTerm : IPairTerm
{
    public static TwoPart Of(double p, double q)
    {
        if (EntropyTerm.IsRegular(p) && EntropyTerm.IsRegular(q))
            return LogRatio.Precise(p, q).Times(p - q);
        return new(p == q ? 0 : double.IsNaN(p - q) ? double.NaN : double.PositiveInfinity, 0);
    }

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Regular(p) & LogRatio.Regular(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => LogRatio.Precise(p, q).Times(p - q);
}

/// <summary>|p - q|, exactly.</summary>
internal readonly struct AbsoluteDifferenceTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => p > q ? TwoPart.Difference(p, q) : TwoPart.Difference(q, p);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => Lanes.Within(p, 0, double.MaxValue) & Lanes.Within(q, 0, double.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => VectorPart.Sum(p, -q).Magnitude();
}

/// <summary>(sqrt p - sqrt q)^2, from p - q.</summary>
internal readonly struct RootDifferenceTerm : IPairTerm
{
    public static TwoPart Of(double p, double q)
    {
        if (p == 0 || q == 0)
            return new(p + q, 0);
        double difference = (p - q) / (Math.Sqrt(p) + Math.Sqrt(q));
        return new(difference * difference, 0);
    }

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Regular(p) & LogRatio.Regular(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q)
    {
        Vector<double> difference = (p - q) / (Vector.SquareRoot(p) + Vector.SquareRoot(q));
        return new(difference * difference, Vector<double>.Zero);
    }
}

/// <summary>sqrt(p q).</summary>
internal readonly struct GeometricMeanTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(Math.Sqrt(p) * Math.Sqrt(q), 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => Lanes.Within(p, 0, double.MaxValue) & Lanes.Within(q, 0, double.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => new(Vector.SquareRoot(p) * Vector.SquareRoot(q), Vector<double>.Zero);
}

/// <summary>(p - q)^2 / q.</summary>
internal readonly struct PearsonTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(QuadraticTerm.Of(p - q, q), 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Moderate(p) & LogRatio.Moderate(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => QuadraticTerm.Of(p - q, q);
}

/// <summary>(p - q)^2 / p.</summary>
internal readonly struct NeymanTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(QuadraticTerm.Of(p - q, p), 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Moderate(p) & LogRatio.Moderate(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => QuadraticTerm.Of(p - q, p);
}

/// <summary>(p - q)^2 / (p + q).</summary>
internal readonly struct TriangularTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(QuadraticTerm.Of(p - q, p + q), 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Moderate(p) & LogRatio.Moderate(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => QuadraticTerm.Of(p - q, p + q);
}

/// <summary>d^2 / scale, without underflow of the square; 0 at 0/0, +infinity for any other d over 0.</summary>
internal static class QuadraticTerm
{
    public static double Of(double d, double scale)
    {
        if (d == 0)
            return double.IsNaN(scale) ? scale : 0;
        double ratio = d / scale;
        if (!double.IsInfinity(ratio))
            return d * ratio;
        return scale == 0 ? double.PositiveInfinity : d * d / scale;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> d, Vector<double> scale) => new(d * (d / scale), Vector<double>.Zero);
}

/// <summary>p/q - 1 - log(p/q); 0 at 0/0, the lower limit.</summary>
internal readonly struct ItakuraSaitoTerm : IPairTerm
{
    public static TwoPart Of(double p, double q)
    {
        if (EntropyTerm.IsRegular(p) && EntropyTerm.IsRegular(q))
            return new(LogRatio.ItakuraSaito(p, q), 0);
        return new(p == q ? 0 : double.IsNaN(p - q) ? double.NaN : double.PositiveInfinity, 0);
    }

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Moderate(p) & LogRatio.Moderate(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => new(LogRatio.Excess(q, p) / q, Vector<double>.Zero);
}
