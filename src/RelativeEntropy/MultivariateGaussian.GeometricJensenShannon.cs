using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class MultivariateGaussian
{
    /// <summary>The geometric Jensen-Shannon divergence of N(mean0, covariance0) and N(mean1, covariance1).</summary>
    /// <remarks>
    /// w KL(N0 || G) + (1 - w) KL(N1 || G), where G is the normalised geometric mean N0^w N1^(1-w), itself a normal, of covariance
    /// (w S0^-1 + (1-w) S1^-1)^-1. The weight is that of the first distribution; Nielsen's is the other. It has no upper bound. In whitened
    /// coordinates, so that near-equal covariances keep their digits, and without an inverse. Time O(d^3). Source: Nielsen (2019).
    /// </remarks>
    /// <param name="mean0">m0, the d means of the first distribution.</param>
    /// <param name="covariance0">S0, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="mean1">m1, the d means of the second distribution.</param>
    /// <param name="covariance1">S1, its d x d covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="weight">w, the weight of the first distribution, in [0, 1]; at 0 and 1 the divergence is 0.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(d) elements, overwritten; empty to have it rented from the pool.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>A number in [0, +infinity]; NaN if an element that is read is NaN.</returns>
    /// <exception cref="ArgumentException">The means are empty or differ in length; a covariance is not d x d, or not positive definite
    /// (the message names it and the order of the leading minor); an element is infinite;
    /// the work buffer is too short or overlaps an argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is outside [0, 1] or NaN.</exception>
    [OverloadResolutionPriority(1)]
    public static double GeometricJensenShannon(
        ReadOnlySpan<double> mean0, ReadOnlySpan<double> covariance0, ReadOnlySpan<double> mean1, ReadOnlySpan<double> covariance1,
        double weight, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(GeometricJensenShannonInNats(mean0, covariance0, mean1, covariance1, weight, work));

    /// <inheritdoc cref="GeometricJensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, ReadOnlySpan{double}, double, Span{double}, LogBase)"/>
    public static double GeometricJensenShannon(
        ReadOnlySpan<float> mean0, ReadOnlySpan<float> covariance0, ReadOnlySpan<float> mean1, ReadOnlySpan<float> covariance1,
        double weight, Span<double> work = default, LogBase logBase = default) =>
        logBase.FromNats(GeometricJensenShannonInNats(mean0, covariance0, mean1, covariance1, weight, work));

    private static double GeometricJensenShannonInNats<T>(
        ReadOnlySpan<T> mean0, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> mean1, ReadOnlySpan<T> covariance1,
        double weight, Span<double> work)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.Weight(weight);
        using WorkBuffer buffer = Lent(work, mean0, covariance0, mean1, covariance1);
        if (weight >= 0.5)
            return GeometricJensenShannonOf(WhitenedPair.Of(mean0, covariance0, mean1, covariance1, buffer.Span), covariance0, covariance1, 1 - weight);
        WhitenedPair.CheckArguments(mean0, covariance0, mean1, covariance1);
        return GeometricJensenShannonOf(
            WhitenedPair.Of(mean1, covariance1, mean0, covariance0, buffer.Span, names: (nameof(covariance1), nameof(covariance0))), covariance1, covariance0, weight);
    }

    // With a = 1 - b and T = (I + E)^-1 - I, and y = (I + bE)^-1 z for the means, it is half of b times
    // (tr T - log det(I + T)) + (tr bE - log det(I + bE))/b - b tr(E (I + E)^-1 E) + a (b z'(I + E) y + a z'(I + E)^-1 y): all functions of E commute.
    private static double GeometricJensenShannonOf<T>(WhitenedPair pair, ReadOnlySpan<T> covariance0, ReadOnlySpan<T> covariance1, double b)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (pair.AnyNaN)
            return double.NaN;
        if (b == 0)
            return 0;
        int d = pair.Dimension;
        double a = 1 - b;
        RenyiOf(pair, covariance0, covariance1, new RenyiOrder(a, b, 1, false), out double mixtureExcess);

        // RenyiOf leaves in Matrix the factor F of I + bE or of S*, and in Vector F^-1 of z or of the scaled difference: the half-way to y.
        Triangular.SolveTransposed(pair.Matrix, d, pair.Vector);
        if (b * pair.Norm > 0.5)
        {
            // S*^-1 (m0 - m1) = L1^-T y.
            Span<double> y = pair.Matrix[..d];
            for (int i = 0; i < d; i++)
            {
                double sum = 0;
                for (int k = i; k < d; k++)
                    sum += pair.L1[k * d + i] * pair.Vector[k];
                y[i] = sum;
            }

            y.CopyTo(pair.Vector);
        }

        CompensatedSum location = default;
        for (int i = 0; i < d; i++)
        {
            double image = pair.Vector[i];
            for (int k = 0; k < d; k++)
                image += pair.E[i * d + k] * pair.Vector[k];
            location.Add(b * pair.Z[i] * image);
        }

        Triangular.Solve(pair.A, d, pair.Z);
        Triangular.Solve(pair.A, d, pair.Vector);
        for (int i = 0; i < d; i++)
            location.Add(a * pair.Z[i] * pair.Vector[i]);

        // tr(E (I + E)^-1 E) is tr E + tr T.
        double reversed = ReversedSpread(pair), trace = pair.Trace + (reversed - pair.LogDeterminant);
        if (double.IsNaN(reversed))
        {
            Triangular.Solve(pair.A, d, pair.E, d);
            CompensatedSum sum = default;
            foreach (double x in pair.E)
                sum.Add(x * x);
            trace = sum.Value;
            reversed = trace - pair.Spread;
        }

        return Covariance.Resolve(0.5 * b * (reversed + mixtureExcess / b - b * trace + a * location.Value), false);
    }

    /// <summary>tr T - log det(I + T) from A^-1, far from equality; NaN near it, where it is tr(E (I + E)^-1 E) - (tr E - log det(I + E)).</summary>
    private static double ReversedSpread(WhitenedPair pair)
    {
        if (pair.IsNear)
            return double.NaN;
        int d = pair.Dimension;
        SetIdentity(pair.Matrix, d);
        Triangular.Solve(pair.A, d, pair.Matrix, d);
        CompensatedSum sum = default;
        for (int i = 0; i < d; i++)
        {
            sum.Add(NormalTerms.OfScales(1, pair.A[i * d + i]));
            for (int j = 0; j < i; j++)
                sum.Add(pair.Matrix[i * d + j] * pair.Matrix[i * d + j]);
        }

        return sum.Value;
    }
}
