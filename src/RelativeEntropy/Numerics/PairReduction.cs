using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>What one element of p and the same element of q add to a sum: a total function, NaN first, in two parts where the last
/// digits of the sum need it.</summary>
internal interface IPairTerm
{
    static abstract TwoPart Of(double p, double q);

    /// <summary>Whether there is a vector form, with the bits of the scalar one in each lane.</summary>
    static virtual bool HasVectorForm => false;

    /// <summary>Whether the second part is ever anything but zero.</summary>
    static virtual bool HasTail => true;

    /// <summary>Whether q plays a part.</summary>
    static virtual bool IsOfPair => true;

    /// <summary>All bits in the lanes for which the vector form holds.</summary>
    static virtual Vector<long> Regular(Vector<double> p, Vector<double> q) => default;

    static virtual VectorPart Of(Vector<double> p, Vector<double> q) => default;
}

/// <summary>A term that has a setting, such as an order or a weight, and so is a value.</summary>
internal interface IPairFunction
{
    TwoPart Of(double p, double q);

    /// <inheritdoc cref="IPairTerm.HasVectorForm"/>
    static virtual bool HasVectorForm => false;

    /// <inheritdoc cref="IPairTerm.Regular"/>
    Vector<long> Regular(Vector<double> p, Vector<double> q) => default;

    VectorPart Of(Vector<double> p, Vector<double> q) => default;
}

/// <summary>A term without a setting, as a value.</summary>
internal readonly struct Settled<TTerm> : IPairFunction
    where TTerm : struct, IPairTerm
{
    public static bool HasVectorForm => TTerm.HasVectorForm;

    public TwoPart Of(double p, double q) => TTerm.Of(p, q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<long> Regular(Vector<double> p, Vector<double> q) => TTerm.Regular(p, q);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Of(Vector<double> p, Vector<double> q) => TTerm.Of(p, q);
}

/// <summary>The sum of a term over all elements, with the sums of both arguments from the same pass.</summary>
/// <remarks>The sums of the arguments serve to check them: they are right to 1e-12, the sum of the terms to the last digits.</remarks>
/// <param name="Terms">The sum of the terms.</param>
/// <param name="P">The sum of p.</param>
/// <param name="Q">The sum of q.</param>
/// <param name="HasOutlier">Whether any element is negative, infinite or NaN.</param>
internal readonly record struct PairSums(TwoPart Terms, double P, double Q, bool HasOutlier);

/// <summary>The one loop over two spans that every discrete quantity shares, and the two ways to check what it ran over.</summary>
/// <remarks>Terms that have a vector form go through it, elements that it does not hold for one by one beside it: a term has the same bits either way,
/// and the compensated sums are too precise for their order to show. Precedence, everywhere: what is not a measure or not normalised throws; else a NaN gives NaN; else +infinity.</remarks>
internal static class PairReduction
{
    /// <summary>The sum over two distributions; what is none throws, with <paramref name="remedy"/> for those not normalised.</summary>
    public static TwoPart OverDistributions<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, string remedy)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm =>
        OverDistributions(p, q, default(Settled<TTerm>), remedy);

    /// <inheritdoc cref="OverDistributions{T, TTerm}(ReadOnlySpan{T}, ReadOnlySpan{T}, string)"/>
    public static TwoPart OverDistributions<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term, string remedy)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        PairSums sums = OverMeasures(p, q, term);
        Check.SumsToOne<T>(sums.P, nameof(p), remedy);
        Check.SumsToOne<T>(sums.Q, nameof(q), remedy);
        return sums.Terms;
    }

    /// <summary>The sums over two non-negative measures; what is none throws.</summary>
    public static PairSums OverMeasures<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm =>
        OverMeasures(p, q, default(Settled<TTerm>));

    /// <inheritdoc cref="OverMeasures{T, TTerm}(ReadOnlySpan{T}, ReadOnlySpan{T})"/>
    public static PairSums OverMeasures<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        Check.SameNonZeroLength(p.Length, q.Length, nameof(p), nameof(q));
        PairSums sums = Sum(p, q, term);
        if (sums.HasOutlier)
        {
            Check.Measure(p, nameof(p));
            Check.Measure(q, nameof(q));
        }

        return sums;
    }

    /// <summary>Sums <typeparamref name="TTerm"/> over two spans of equal length, in order, in float64.</summary>
    public static PairSums Sum<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm =>
        Sum(p, q, default(Settled<TTerm>));

    /// <inheritdoc cref="Sum{T, TTerm}(ReadOnlySpan{T}, ReadOnlySpan{T})"/>
    public static PairSums Sum<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        PairAccumulator sums = default;
        q = q[..p.Length];
        int start = TFunction.HasVectorForm && Lanes.AreUsed ? sums.AddVectors(p, q, term) : 0;
        for (int i = start; i < p.Length; i++)
            sums.Add(double.CreateTruncating(p[i]), double.CreateTruncating(q[i]), term);
        return sums.Sums;
    }

    /// <summary>The largest value of a term over two spans of equal length, NaN aside; -infinity where there is none.</summary>
    public static double Largest<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        double largest = double.NegativeInfinity;
        q = q[..p.Length];
        int i = 0;
        while (i < p.Length)
        {
            if (TFunction.HasVectorForm && Lanes.AreUsed)
                i = LargestOfRegular(p, q, i, term, ref largest);
            for (int next = Math.Min(i + Lanes.Step, p.Length); i < next; i++)
            {
                double value = term.Of(double.CreateTruncating(p[i]), double.CreateTruncating(q[i])).Value;
                if (value > largest)
                    largest = value;
            }
        }

        return largest;
    }

    /// <summary>Goes on until the rest fills no vector or holds what the vector form does not, and gives its place.</summary>
    private static int LargestOfRegular<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, int start, TFunction term, ref double largest)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        Vector<double> lanes = new(largest);
        int i = start;
        for (; i <= p.Length - Lanes.Step; i += Lanes.Step)
        {
            (Vector<double> p0, Vector<double> p1) = Lanes.Load(p, i);
            (Vector<double> q0, Vector<double> q1) = Lanes.Load(q, i);
            if (!Lanes.AreAll(term.Regular(p0, q0) & term.Regular(p1, q1)))
                break;
            lanes = Vector.Max(lanes, Vector.Max(term.Of(p0, q0).Value, term.Of(p1, q1).Value));
        }

        for (int lane = 0; lane < Vector<double>.Count; lane++)
            largest = Math.Max(largest, lanes[lane]);
        return i;
    }
}

/// <summary>The three sums of a pass.</summary>
internal struct PairAccumulator
{
    private CompensatedSum _terms, _p, _q;
    private bool _hasOutlier;

    public readonly PairSums Sums => new(_terms.Total, _p.Value, _q.Value, _hasOutlier);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TFunction>(double p, double q, TFunction term)
        where TFunction : struct, IPairFunction
    {
        _terms.Add(term.Of(p, q));
        _p.Add(p);
        _q.Add(q);
        _hasOutlier |= !(p is >= 0 and <= double.MaxValue && q is >= 0 and <= double.MaxValue);
    }

    /// <summary>As many of the first elements as fill vectors; where the vector form does not hold for one, its elements go one by one.</summary>
    public int AddVectors<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        PairVectors sums = default;
        int last = p.Length - Lanes.Step, i = 0;
        while (i <= last)
        {
            int end = Math.Min(last, i + PairVectors.Longest);
            while (i <= end)
            {
                i = sums.AddRegular(p, q, i, end, term);
                if (i > end)
                    break;
                for (int next = i + Lanes.Step; i < next; i++)
                    Add(double.CreateTruncating(p[i]), double.CreateTruncating(q[i]), term);
            }

            _p.Add(new VectorPart(sums.P, default));
            _q.Add(new VectorPart(sums.Q, default));
            (sums.P, sums.Q) = (default, default);
        }

        _terms.Add(sums.Terms.Parts);
        return i;
    }
}

/// <summary>The three sums in each lane; those of the arguments are plain, and so may not grow long.</summary>
internal struct PairVectors
{
    /// <summary>After so many elements the plain sums are to be taken away.</summary>
    public const int Longest = 1 << 13;

    public CompensatedVectorSum Terms;
    public Vector<double> P;
    public Vector<double> Q;

    /// <summary>Adds until a vector begins past <paramref name="end"/> or holds what the vector form does not, and gives its place. No call is made in the
    /// loop, so that everything stays in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int AddRegular<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, int start, int end, TFunction term)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        CompensatedVectorSum terms = Terms;
        (Vector<double> sumP, Vector<double> sumQ) = (P, Q);
        int i = start;
        for (; i <= end; i += Lanes.Step)
        {
            (Vector<double> p0, Vector<double> p1) = Lanes.Load(p, i);
            (Vector<double> q0, Vector<double> q1) = Lanes.Load(q, i);
            if (!Lanes.AreAll(term.Regular(p0, q0) & term.Regular(p1, q1)))
                break;
            terms.Add(term.Of(p0, q0));
            terms.Add(term.Of(p1, q1));
            sumP += p0 + p1;
            sumQ += q0 + q1;
        }

        Terms = terms;
        (P, Q) = (sumP, sumQ);
        return i;
    }
}
