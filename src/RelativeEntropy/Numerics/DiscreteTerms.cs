using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

// The terms of sums of logarithms carry a second part, so that a sum that is a whole number of bits comes out as one.
// The divergence's own term does not: it is non-negative, and right to a few units in the last place as it stands.

/// <summary>-p log p.</summary>
internal readonly struct EntropyTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) =>
        IsRegular(p) ? LogRatio.Precise(1, p).Times(p) : new(Terms.Entropy(p), 0);

    public static bool HasVectorForm => true;

    public static bool IsOfPair => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Regular(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => LogRatio.Precise(Vector<double>.One, p).Times(p);

    internal static bool IsRegular(double x) => x > 0 && double.IsFinite(x);
}

/// <summary>-p log q.</summary>
internal readonly struct CrossEntropyTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) =>
        EntropyTerm.IsRegular(p) && EntropyTerm.IsRegular(q) ? LogRatio.Precise(1, q).Times(p) : new(Terms.CrossEntropy(p, q), 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Regular(p) & LogRatio.Regular(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => LogRatio.Precise(Vector<double>.One, q).Times(p);
}

/// <summary>p log(p/q).</summary>
internal readonly struct RelativeEntropyTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) =>
        EntropyTerm.IsRegular(p) && EntropyTerm.IsRegular(q) ? LogRatio.Precise(p, q).Times(p) : new(Terms.RelativeEntropy(p, q), 0);

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Regular(p) & LogRatio.Regular(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => LogRatio.Precise(p, q).Times(p);
}

/// <summary>p log(p/q) - p + q.</summary>
internal readonly struct KullbackLeiblerTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new(Terms.KullbackLeibler(p, q), 0);

    public static bool HasVectorForm => true;

    public static bool HasTail => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Regular(p) & LogRatio.Regular(q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => new(LogRatio.Excess(p, q), Vector<double>.Zero);
}
