using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What one element of p and the same element of q add to a sum: a total function, NaN first, in two parts where the last digits of the sum need it.</summary>
internal interface IPairTerm
{
    static abstract TwoPart Of(double p, double q);
}

/// <summary>The sum of a term over all elements, with the sums of both arguments from the same pass.</summary>
/// <param name="Terms">The sum of the terms.</param>
/// <param name="P">The sum of p.</param>
/// <param name="Q">The sum of q.</param>
/// <param name="HasOutlier">Whether any element is negative, infinite or NaN.</param>
internal readonly record struct PairSums(TwoPart Terms, double P, double Q, bool HasOutlier);

/// <summary>The one loop over two spans that every discrete quantity shares, and the two ways to check what it ran over.</summary>
/// <remarks>Precedence, everywhere: what is not a measure or not normalised throws; else a NaN gives NaN; else +infinity.</remarks>
internal static class PairReduction
{
    /// <summary>The sum over two distributions; what is none throws, with <paramref name="remedy"/> for those not normalised.</summary>
    public static TwoPart OverDistributions<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, string remedy)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        PairSums sums = OverMeasures<T, TTerm>(p, q);
        Check.SumsToOne<T>(sums.P, nameof(p), remedy);
        Check.SumsToOne<T>(sums.Q, nameof(q), remedy);
        return sums.Terms;
    }

    /// <summary>The sums over two non-negative measures; what is none throws.</summary>
    public static PairSums OverMeasures<T, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TTerm : struct, IPairTerm
    {
        Check.SameNonZeroLength(p.Length, q.Length, nameof(p), nameof(q));
        PairSums sums = Sum<T, TTerm>(p, q);
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
        where TTerm : struct, IPairTerm
    {
        CompensatedSum terms = default, sumP = default, sumQ = default;
        bool regular = true;
        q = q[..p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            double pi = double.CreateTruncating(p[i]), qi = double.CreateTruncating(q[i]);
            terms.Add(TTerm.Of(pi, qi));
            sumP.Add(pi);
            sumQ.Add(qi);
            regular &= pi is >= 0 and <= double.MaxValue && qi is >= 0 and <= double.MaxValue;
        }

        return new(terms.Total, sumP.Value, sumQ.Value, !regular);
    }
}
