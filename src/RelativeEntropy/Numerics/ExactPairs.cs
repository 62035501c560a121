using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>The loop over two spans for sums without rounding: the terms, and both arguments.</summary>
/// <remarks>
/// In each lane the running sum is an expansion of two doubles (<see cref="Expansion"/>), which holds about 106 bits without error; they
/// go to the fixed-point sums now and then. Elements that have no vector form, or whose last bits are below the expansion, go there one by
/// one. Nothing is rounded either way, so that neither the width of the vectors nor the order shows. Source: Collange, Defour, Graillat
/// and Iakymchuk (2015).
/// </remarks>
internal static class ExactPairs
{
    // A multiple of what vectors of every width take at a time.
    private const int Run = 128;

    /// <summary>Adds the terms of two spans of equal length, and the spans themselves, the second only where it plays a part.</summary>
    public static void Add<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, ExactSum terms, ExactSum pMass, ExactSum? qMass)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        q = q[..p.Length];
        int i = 0;
        if (TTerm.HasVectorForm && Lanes.AreUsed)
        {
            PairExpansions sums = default;
            int last = p.Length - Lanes.Step;
            while (i <= last)
            {
                int end = Math.Min(last, i + PairExpansions.Longest);
                while (i <= end)
                {
                    i = sums.AddRegular<T, TTerm>(p, q, i, end);
                    if (i > end)
                        break;
                    if (sums.IsFull)
                    {
                        i = AddVectors<T, TTerm>(p, q, i, end, terms, pMass, qMass);
                        continue;
                    }

                    for (int next = i + Lanes.Step; i < next; i++)
                        Add<T, TTerm>(p[i], q[i], terms, pMass, qMass);
                }

                sums.MoveTo(terms, pMass, qMass);
            }
        }

        for (; i < p.Length; i++)
            Add<T, TTerm>(p[i], q[i], terms, pMass, qMass);
    }

    /// <summary>Some vectors to the fixed-point sums, without the expansions: stops at <paramref name="end"/>, after a while, or at the
    /// first with an element outside the vector form's range; returns its index.</summary>
    private static int AddVectors<T, TTerm>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> q, int start, int end, ExactSum terms, ExactSum pMass, ExactSum? qMass)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        Span<double> values = stackalloc double[Run], tails = stackalloc double[Run];
        Span<double> ps = stackalloc double[Run], qs = stackalloc double[Run];
        int i = start, n = 0;
        for (; i <= end && n < Run; i += Lanes.Step, n += Lanes.Step)
        {
            (Vector<double> p0, Vector<double> p1) = Lanes.Load(p, i);
            (Vector<double> q0, Vector<double> q1) = Lanes.Load(q, i);
            if (!Lanes.AreAll(TTerm.Regular(p0, q0) & TTerm.Regular(p1, q1)))
                break;
            VectorPart term0 = TTerm.Of(p0, q0), term1 = TTerm.Of(p1, q1);
            Lanes.Store(term0.Value, term1.Value, values, n);
            Lanes.Store(term0.Tail, term1.Tail, tails, n);
            Lanes.Store(p0, p1, ps, n);
            Lanes.Store(q0, q1, qs, n);
        }

        terms.Add(values[..n]);
        if (TTerm.HasTail)
            terms.Add(tails[..n]);
        pMass.Add(ps[..n]);
        if (TTerm.IsOfPair)
            qMass!.Add(qs[..n]);
        return i;
    }

    private static void Add<T, TTerm>(T p, T q, ExactSum terms, ExactSum pMass, ExactSum? qMass)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        double wideP = double.CreateTruncating(p), wideQ = double.CreateTruncating(q);
        TwoPart term = TTerm.Of(wideP, wideQ);
        terms.Add(term.Value);
        if (TTerm.HasTail)
            terms.Add(term.Tail);
        pMass.Add(wideP);
        if (TTerm.IsOfPair)
            qMass!.Add(wideQ);
    }
}

/// <summary>A sum in each lane as two doubles, without rounding as long as what is returned is zero.</summary>
internal struct Expansion
{
    public Vector<double> High;
    public Vector<double> Low;

    /// <summary>What does not fit: where it is not zero, the sum is not the true one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> Add(Vector<double> term)
    {
        VectorPart high = VectorPart.Sum(High, term), low = VectorPart.Sum(Low, high.Tail);
        (High, Low) = (high.Value, low.Value);
        return low.Tail;
    }

    public readonly void MoveTo(ExactSum sum)
    {
        sum.Add(High);
        sum.Add(Low);
    }
}

/// <summary>The three sums in each lane, and that of the terms' second parts, whose last bits are below those of the first.</summary>
internal struct PairExpansions
{
    /// <summary>After so many elements the sums are to be moved: so many terms of the largest arguments that have a vector form stay
    /// finite.</summary>
    public const int Longest = 1 << 12;

    private Expansion _terms, _tails, _p, _q;

    /// <summary>Whether it was for the expansions that the loop stopped.</summary>
    public bool IsFull { get; private set; }

    public void MoveTo(ExactSum terms, ExactSum p, ExactSum? q)
    {
        _terms.MoveTo(terms);
        _tails.MoveTo(terms);
        _p.MoveTo(p);
        if (q is not null)
            _q.MoveTo(q);
        this = default;
    }

    /// <summary>Stops past <paramref name="end"/>, or at the first vector with an element outside the vector form's range or below the
    /// expansions; returns its index. No call is made in the loop, so that everything stays in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int AddRegular<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, int start, int end)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        Expansion terms = _terms, tails = _tails, sumP = _p, sumQ = _q;
        bool isFull = false;
        int i = start;
        for (; i <= end; i += Lanes.Step)
        {
            (Vector<double> p0, Vector<double> p1) = Lanes.Load(p, i);
            (Vector<double> q0, Vector<double> q1) = Lanes.Load(q, i);
            if (!Lanes.AreAll(TTerm.Regular(p0, q0) & TTerm.Regular(p1, q1)))
                break;
            Expansion nextTerms = terms, nextTails = tails, nextP = sumP, nextQ = sumQ;
            Vector<double> rest = nextP.Add(p0) | nextP.Add(p1);
            if (TTerm.IsOfPair)
                rest |= nextQ.Add(q0) | nextQ.Add(q1);
            VectorPart term0 = TTerm.Of(p0, q0), term1 = TTerm.Of(p1, q1);
            rest |= nextTerms.Add(term0.Value) | nextTerms.Add(term1.Value);
            if (TTerm.HasTail)
                rest |= nextTails.Add(term0.Tail) | nextTails.Add(term1.Tail);
            if (!Vector.EqualsAll(rest, Vector<double>.Zero))
            {
                isFull = true;
                break;
            }

            (terms, tails, sumP, sumQ) = (nextTerms, nextTails, nextP, nextQ);
        }

        (_terms, _tails, _p, _q, IsFull) = (terms, tails, sumP, sumQ, isFull);
        return i;
    }
}

/// <summary>p^2, exactly as long as its last bits are doubles.</summary>
internal readonly struct SquareTerm : IPairTerm
{
    public static TwoPart Of(double p, double q) => new TwoPart(p, 0).Times(p);

    public static bool HasVectorForm => true;

    public static bool IsOfPair => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<long> Regular(Vector<double> p, Vector<double> q) => LogRatio.Moderate(Vector.Abs(p));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Of(Vector<double> p, Vector<double> q) => new VectorPart(p, Vector<double>.Zero).Times(p);
}
