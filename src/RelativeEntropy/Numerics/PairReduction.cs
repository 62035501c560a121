using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What one element of p and the same element of q add to a sum: a total function, NaN first, in two parts where the last
/// digits of the sum need it.</summary>
internal interface IPairTerm
{
    static abstract TwoPart Of(double p, double q);
}

/// <summary>A term that has a setting, such as an order or a weight, and so is a value.</summary>
internal interface IPairFunction
{
    TwoPart Of(double p, double q);
}

/// <summary>A term without a setting, as a value.</summary>
internal readonly struct Settled<TTerm> : IPairFunction
    where TTerm : struct, IPairTerm
{
    public TwoPart Of(double p, double q) => TTerm.Of(p, q);
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
        CompensatedSum terms = default, sumP = default, sumQ = default;
        bool regular = true;
        q = q[..p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            double pi = double.CreateTruncating(p[i]), qi = double.CreateTruncating(q[i]);
            terms.Add(term.Of(pi, qi));
            sumP.Add(pi);
            sumQ.Add(qi);
            regular &= pi is >= 0 and <= double.MaxValue && qi is >= 0 and <= double.MaxValue;
        }

        return new(terms.Total, sumP.Value, sumQ.Value, !regular);
    }

    /// <summary>The largest value of a term over two spans of equal length, NaN aside; -infinity where there is none.</summary>
    public static double Largest<T, TFunction>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
    {
        double largest = double.NegativeInfinity;
        q = q[..p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            double value = term.Of(double.CreateTruncating(p[i]), double.CreateTruncating(q[i])).Value;
            if (value > largest)
                largest = value;
        }

        return largest;
    }
}
