using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>Sum, mean and variance in parts: of losses by example, say, or of log-ratios.</summary>
/// <remarks>
/// The sums of x and of x^2 are exact, and so is the difference that the variance is made of: nothing cancels, however far the mean is
/// from zero. That holds for magnitudes of 0 and from 1e-146 to 1e154; beyond, x^2 is no double, and the variance is that of what is left.
/// Source: <see cref="Accumulator"/>.
/// </remarks>
/// <example><code>
/// MomentAccumulator sum = new();
/// sum.Add([1, 2, 3, 6]);
/// double mean = sum.Mean;             // 3
/// double error = sum.StandardError;   // 1.08012345
/// </code></example>
[JsonConverter(typeof(AccumulatorConverter<MomentAccumulator>))]
public sealed class MomentAccumulator : Accumulator
{
    /// <summary>The sum of nothing.</summary>
    public MomentAccumulator()
        : base(sums: 2)
    {
    }

    /// <summary>The sum, rounded once; 0 of nothing, NaN if an element was NaN.</summary>
    public double Sum => Sums[1].Value;

    /// <summary>The mean, rounded once; NaN of nothing, or if an element was NaN.</summary>
    public double Mean => Sums[1].HasOutsider || Count == 0 ? double.NaN : Quotient(Sums[1].Units, Count, ExactSum.UnitExponent);

    /// <summary>The variance with divisor n - 1, rounded once; NaN for less than two numbers, or if one was NaN; +infinity where a square
    /// is.</summary>
    public double Variance
    {
        get
        {
            if (Count < 2 || Sums[1].HasOutsider)
                return double.NaN;
            if (Sums[0].HasOutsider)
                return double.PositiveInfinity;
            BigInteger sum = Sums[1].Units, squares = Sums[0].Units;
            BigInteger spread = ((Count * squares) << -ExactSum.UnitExponent) - sum * sum;
            return Quotient(BigInteger.Max(spread, BigInteger.Zero), Count * (BigInteger)(Count - 1), 2 * ExactSum.UnitExponent);
        }
    }

    /// <summary>The standard error of the mean, the root of variance over count; NaN for less than two numbers, or if one was
    /// NaN.</summary>
    public double StandardError => Math.Sqrt(Variance / Count);

    /// <summary>Adds numbers.</summary>
    /// <remarks>Time O(n), nothing is allocated.</remarks>
    /// <param name="values">The numbers; there may be none.</param>
    /// <exception cref="ArgumentException">An element is infinite. Then nothing has been added.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(ReadOnlySpan<double> values) => AddValues(values);

    /// <inheritdoc cref="Add(ReadOnlySpan{double})"/>
    public void Add(ReadOnlySpan<float> values) => AddValues(values);

    /// <summary>What <see cref="Accumulator.ToBytes"/> of such an accumulator wrote.</summary>
    /// <param name="bytes">The bytes, whole.</param>
    /// <returns>An accumulator of the same sums.</returns>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> are of another origin, kind or version, incomplete, or
    /// changed.</exception>
    public static MomentAccumulator FromBytes(ReadOnlySpan<byte> bytes) => Read<MomentAccumulator>(bytes);

    private void AddValues<T>(ReadOnlySpan<T> values)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Check.FiniteOrNaN(values, nameof(values));
        Add<T, SquareTerm>(values, values);
    }

    /// <summary>A quotient times 2^exponent, rounded once.</summary>
    private static double Quotient(BigInteger dividend, BigInteger divisor, int exponent)
    {
        BigInteger magnitude = BigInteger.Abs(dividend);
        int more = (int)Math.Max(0, divisor.GetBitLength() - magnitude.GetBitLength() + 64);
        BigInteger quotient = BigInteger.DivRem(magnitude << more, divisor, out BigInteger remainder);
        return dividend.Sign * ExactSum.Rounded(quotient, exponent - more, !remainder.IsZero);
    }
}
