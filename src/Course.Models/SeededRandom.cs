using System.Numerics;

namespace Course.Models;

/// <summary>Random numbers from a seed: the same on every machine and in every version, which <see cref="Random"/> does not promise.</summary>
/// <remarks>
/// xoshiro256++ (Blackman and Vigna 2021), its four words set by SplitMix64 (Steele, Lea and Flood 2014) from the seed. Not for secrets.
/// An instance is for one thread; take one of another seed for another purpose.
/// </remarks>
public sealed class SeededRandom
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spare = double.NaN;

    /// <summary>Numbers that depend on the seed alone.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(long seed)
    {
        ulong state = unchecked((ulong)seed);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    /// <returns>Every value with equal probability.</returns>
    public ulong Bits()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number uniform on [0, 1): the upper 53 bits, divided by 2^53.</summary>
    /// <returns>A multiple of 2^-53.</returns>
    public double Uniform() => (Bits() >> 11) * (1.0 / (1L << 53));

    /// <summary>An integer uniform on 0, 1, ..., bound - 1: the upper half of a product, drawn again where it would favour some (Lemire 2019).</summary>
    /// <param name="bound">The number of values, at least 1.</param>
    /// <returns>One of them.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int Below(int bound)
    {
        Shape.Positive(bound, nameof(bound));
        ulong n = (ulong)bound, high = Math.BigMul(Bits(), n, out ulong low);
        while (low < n && low < unchecked(0 - n) % n)
            high = Math.BigMul(Bits(), n, out low);
        return (int)high;
    }

    /// <summary>A standard normal variate, by Marsaglia's polar method (Marsaglia and Bray 1964): two from each accepted pair of uniforms.</summary>
    /// <returns>A number of mean 0 and variance 1.</returns>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            double spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        double x, y, square;
        do
        {
            x = 2 * Uniform() - 1;
            y = 2 * Uniform() - 1;
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        double scale = Math.Sqrt(-2 * Logarithm.Of(square) / square);
        _spare = y * scale;
        return x * scale;
    }

    /// <summary>Independent standard normal variates.</summary>
    /// <param name="destination">Receives them.</param>
    public void Normal(Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = Normal();
    }

    /// <summary>An outcome drawn from a distribution, by inverting its cumulative sums.</summary>
    /// <param name="probabilities">n probabilities that sum to one; rounding is put on the last outcome that has any.</param>
    /// <returns>An index below n, of positive probability.</returns>
    /// <exception cref="ArgumentException">No probability is positive.</exception>
    public int Outcome(ReadOnlySpan<double> probabilities)
    {
        double u = Uniform();
        int last = -1;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] > 0))
                continue;
            last = i;
            u -= probabilities[i];
            if (u < 0)
                break;
        }

        return last >= 0 ? last : throw new ArgumentException("probabilities has no positive element; it must be a distribution.", nameof(probabilities));
    }

    /// <summary>The integers 0, 1, ..., count - 1 in random order, every order being equally probable (Fisher and Yates; Durstenfeld 1964).</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>A new array.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public int[] Permutation(int count)
    {
        Shape.Positive(count, nameof(count));
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
