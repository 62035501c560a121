using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>The Rényi divergence of an order from N(mean0, covariance0) to N(mean1, covariance1).</summary>
    /// <remarks>
    /// For order a: log(det S1 / det S0)/2 + log(det S1 / det S*) / (2 (a - 1)) + a (m0 - m1)' S*^-1 (m0 - m1) / 2 with S* = a S1 + (1 - a) S0,
    /// and +infinity where S* is not positive definite (only for a above 1). Order 0 gives 0, order 1 the Kullback-Leibler divergence, order
    /// +infinity the logarithm of the largest ratio of the densities: +infinity unless S1 - S0 is positive semi-definite with m0 - m1 in its
    /// range, which is decided exactly only where the arithmetic is exact, as with integers or independent blocks. Near-equal covariances, and orders
    /// near 0 and 1, keep their digits; for orders above 1 the error grows as S* nears a singular matrix. Time O(d^3).
    /// Source: Gil, Alajaji and Linder (2013).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="order">The order a, in [0, +infinity].</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity], non-decreasing in the order; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive definite
    /// (the message names it and the order of the leading minor); an element is infinite;
    /// the work buffer is too short or overlaps an argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative or NaN.</exception>
    [OverloadResolutionPriority(1)]
    public static double Renyi(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        double order, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(RenyiInNats(mean0, covariance0, mean1, covariance1, order, work));

    /// <inheritdoc cref="Renyi(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, double, Span{double}, LogBase)"/>
    public static double Renyi(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        double order, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(RenyiInNats(mean0, covariance0, mean1, covariance1, order, work));

    private static double RenyiInNats<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        double order, Span<double> work)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Order(order, infinite: true);
        using WorkBuffer buffer = Lent(work, mean0, covariance0, mean1, covariance1);
        if (order is 0 or 1 or double.PositiveInfinity)
        {
            WhitenedPair limit = WhitenedPair.Of(mean0, covariance0, mean1, covariance1, buffer.Span);
            return limit.AnyNaN ? double.NaN
                : order == 0 ? 0
                : order == 1 ? HalfSum(limit)
                : Covariance.Resolve(0.5 * LargestLogRatio(limit), false);
        }

        RenyiOrder renyi = RenyiOrder.Of(order);
        if (!renyi.IsSwapped)
            return RenyiOf(WhitenedPair.Of(mean0, covariance0, mean1, covariance1, buffer.Span), covariance0, covariance1, renyi, out _);

        WhitenedPair.CheckArguments(mean0, covariance0, mean1, covariance1);
        WhitenedPair pair = WhitenedPair.Of(mean1, covariance1, mean0, covariance0, buffer.Span, names: (nameof(covariance1), nameof(covariance0)));
        return renyi.Factor * RenyiOf(pair, covariance1, covariance0, renyi, out _);
    }

    /// <summary>The divergence of an order of at least 1/2 and not 1; the pair's matrix and vector are overwritten. Also tr(beta E) - log det(I + beta E).</summary>
    private static double RenyiOf<T>(WhitenedPair pair, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> covariance1, RenyiOrder order, out double mixtureExcess)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        mixtureExcess = double.NaN;
        if (pair.AnyNaN)
            return double.NaN;
        int d = pair.Dimension;
        double beta = order.Beta, spread;
        bool isSmall = Math.Abs(beta) * pair.Norm <= 0.5;

        // S* is S1 but for its last digits where beta is tiny: only I + beta E tells them apart then.
        if ((isSmall || beta is > 0 and < 1e-8) && FactorTilted(pair, beta))
        {
            CompensatedSum excess = default, logarithm = default;
            for (int i = 0; i < d; i++)
            {
                double b = pair.Matrix[i * d + i];
                for (int j = 0; j < i; j++)
                    excess.Add(pair.Matrix[i * d + j] * pair.Matrix[i * d + j]);
                excess.Add(Elementary.XMinusLog1p(b * (2 + b)));
                logarithm.Add(Elementary.Log1p(b * (2 + b)));
                pair.Matrix[i * d + i] = 1 + b;
            }

            spread = isSmall ? pair.Spread - excess.Value / beta : logarithm.Value / beta - pair.LogDeterminant;
            mixtureExcess = excess.Value;
            pair.Z.CopyTo(pair.Vector);
        }
        else if (FactorMixture(pair, covariance0, covariance1, order))
        {
            CompensatedSum logarithm = default;
            for (int i = 0; i < d; i++)
                logarithm.Add(2 * LogRatio.Of(pair.Matrix[i * d + i], pair.L1[i * d + i]));
            spread = logarithm.Value / beta - pair.LogDeterminant;
            mixtureExcess = beta * pair.Trace - logarithm.Value;
            pair.Difference.CopyTo(pair.Vector);
        }
        else
        {
            return double.PositiveInfinity;
        }

        Triangular.Solve(pair.Matrix, d, pair.Vector);
        CompensatedSum location = default;
        foreach (double y in pair.Vector)
            location.Add(y * y);
        return Covariance.Resolve(0.5 * (spread + order.Alpha * location.Value), false);
    }

    /// <summary>The factor of I + beta E less I; false where it has none.</summary>
    private static bool FactorTilted(WhitenedPair pair, double beta)
    {
        for (int i = 0; i < pair.E.Length; i++)
            pair.Matrix[i] = beta * pair.E[i];
        return Cholesky.FactorLessIdentity(pair.Matrix, pair.Dimension) == 0;
    }

    /// <summary>The factor of S* = S1 + beta (S0 - S1), scaled; false where it has none.</summary>
    private static bool FactorMixture<T>(WhitenedPair pair, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> covariance1, RenyiOrder order)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int d = pair.Dimension;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double s0 = double.CreateTruncating(covariance0[i * d + j]) * pair.Scales[i] * pair.Scales[j];
                double s1 = double.CreateTruncating(covariance1[i * d + j]) * pair.Scales[i] * pair.Scales[j];
                pair.Matrix[i * d + j] = Math.FusedMultiplyAdd(order.Beta, s0 - s1, s1);
            }
        }

        return Cholesky.Factor(pair.Matrix, d) == 0;
    }

    /// <summary>Twice the logarithm of the largest ratio of the densities: log det(I + E) and z' (-E)^-1 z where -E is positive, both in its range.</summary>
    private static double LargestLogRatio(WhitenedPair pair)
    {
        int d = pair.Dimension;
        CompensatedSum location = default;
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = -pair.E[i * d + j];
                for (int k = 0; k < j; k++)
                    rest -= pair.Matrix[i * d + k] * pair.Matrix[j * d + k];
                double pivot = pair.Matrix[j * d + j];
                if (j == i ? rest < 0 : pivot == 0 && rest != 0)
                    return double.PositiveInfinity;
                pair.Matrix[i * d + j] = j == i ? Math.Sqrt(rest) : pivot == 0 ? 0 : rest / pivot;
            }

            double y = pair.Z[i];
            for (int k = 0; k < i; k++)
                y -= pair.Matrix[i * d + k] * pair.Vector[k];
            double diagonal = pair.Matrix[i * d + i];
            if (diagonal == 0 && y != 0)
                return double.PositiveInfinity;
            pair.Vector[i] = diagonal == 0 ? 0 : y / diagonal;
            location.Add(pair.Vector[i] * pair.Vector[i]);
        }

        return location.Value - pair.LogDeterminant;
    }
}
