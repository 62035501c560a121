using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>A stationary point of the information bottleneck, or where the iteration stopped on its way to one.</summary>
/// <remarks>The default value is that of no iteration, not converged: its numbers say nothing.</remarks>
/// <param name="Rate">I(T;X), what the clusters tell of the compressed variable.</param>
/// <param name="Relevance">I(T;Y), what they tell of the relevant one.</param>
/// <param name="Functional">I(T;X) - beta I(T;Y), which was made small.</param>
/// <param name="Iterations">Iterations taken.</param>
/// <param name="Converged">Whether the last iteration moved the encoder by no more than the tolerance.</param>
public readonly record struct BottleneckPoint(double Rate, double Relevance, double Functional, int Iterations, bool Converged);

/// <summary>
/// The information bottleneck: a soft clustering T of X that keeps as much information about Y as its price in information about X allows.
/// </summary>
public static class InformationBottleneck
{
    /// <summary>A stationary point of I(T;X) - beta I(T;Y) over the encoders q(t|x), reached from the one given.</summary>
    /// <remarks>
    /// <para>Each iteration sets q(t|x) proportional to q(t) e^(-beta KL(p(y|x) || q(y|t))), in logarithms, for q(t) and q(y|t) of the encoder before. The functional
    /// never rises: an iteration lowers it by at least the mean over x of KL(old q(t|x) || new q(t|x)), and the iteration ends when that is at most the tolerance.
    /// The functional is not convex: the end depends on the start, and the best of several starts (<see cref="RandomEncoder"/>) is what one reports. Its minimum is 0 or less; up to the
    /// critical beta it is 0, attained by every encoder that ignores x. A cluster of probability 0 stays empty; an x of probability 0 keeps its row.</para>
    /// <para>The encoder is the whole state of the iteration: called again with it, the function goes on where it stopped. Time O(rows columns clusters) per iteration; nothing is allocated, the work is
    /// rented. Source: Tishby, Pereira and Bialek (1999).</para>
    /// </remarks>
    /// <param name="joint">p(x, y), row by row; the rows are x.</param>
    /// <param name="columns">The number of values of y.</param>
    /// <param name="clusters">The number of values of t.</param>
    /// <param name="beta">The worth of a unit of I(T;Y) in units of I(T;X); at least 0 and finite. At 0 one iteration makes the encoder ignore x.</param>
    /// <param name="encoder">q(t|x), one distribution over the clusters per row: where to start and, after, what was found. A start that ignores x never leaves it.</param>
    /// <param name="tolerance">The move of the encoder at which to end, in the unit of the result; at least 0.</param>
    /// <param name="iterations">The most iterations to take, at least 1. To run out of them is an outcome, no error.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>Both informations of the encoder found, relevance in [0, I(X;Y)] and rate in [0, log clusters] up to rounding and the
    /// masses, which are one within the tolerance; NaN, and a NaN encoder, if the data hold NaN.</returns>
    /// <exception cref="ArgumentException"><paramref name="joint"/> is empty, no whole number of rows, or no distribution; <paramref name="encoder"/> is too short, overlaps the joint, or has a row that is no distribution.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/>, <paramref name="clusters"/> or <paramref name="iterations"/> is not positive; <paramref name="beta"/> or
    /// <paramref name="tolerance"/> is negative, infinite or NaN.</exception>
    /// <example><code>
    /// double[] encoder = [0.9, 0.1, 0.1, 0.9];
    /// BottleneckPoint point = InformationBottleneck.Solve([0.45, 0.05, 0.05, 0.45], columns: 2, clusters: 2, beta: 5, encoder);
    /// double rate = point.Rate;             // 0.6916481043
    /// double relevance = point.Relevance;   // 0.3677949557
    /// </code></example>
    public static BottleneckPoint Solve(
        ReadOnlySpan<double> joint, int columns, int clusters, double beta, Span<double> encoder,
        double tolerance = 1e-12, int iterations = 100_000, LogBase logBase = default)
    {
        int rows = Check.Rows(joint.Length, columns, nameof(joint));
        bool anyNaN = double.IsNaN(Check.Distribution(joint, nameof(joint)));
        SettingCheck.NotNegative(beta, nameof(beta));
        SettingCheck.NotNegative(tolerance, nameof(tolerance));
        SettingCheck.AtLeast(1, iterations, nameof(iterations));
        encoder = Encoder(rows, clusters, encoder);
        Check.Apart(joint, encoder, encoder.Length, nameof(encoder));
        if (Check.DistributionRows<double>(encoder, clusters, nameof(encoder)) || anyNaN)
        {
            encoder.Fill(double.NaN);
            return new(double.NaN, double.NaN, double.NaN, 0, Converged: false);
        }

        using WorkBuffer work = new(default, checked(Bottleneck.WorkLength(rows, columns, clusters)));
        Bottleneck bottleneck = new(joint, columns, clusters, beta, encoder, work.Span);
        int iteration = 0;
        bool converged = false;
        while (!converged && iteration < iterations)
        {
            converged = logBase.FromNats(bottleneck.Advance()) <= tolerance;
            iteration++;
        }

        double rate = bottleneck.Rate(), relevance = bottleneck.Relevance();
        return new(logBase.FromNats(rate), logBase.FromNats(relevance), logBase.FromNats(rate - beta * relevance), iteration, converged);
    }

    /// <summary>An encoder to start from: each row uniformly distributed over all distributions of the clusters, the same on every machine for the same seed.</summary>
    /// <remarks>Each row is a vector of standard exponentials over their sum; the stream is SplitMix64. Time O(n), memory O(1).
    /// Source: Steele, Lea and Flood (2014).</remarks>
    /// <param name="clusters">The number of clusters.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="encoder">Where the rows go; a whole number of rows.</param>
    /// <exception cref="ArgumentException"><paramref name="encoder"/> is empty or no whole number of rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="clusters"/> is not positive.</exception>
    public static void RandomEncoder(int clusters, long seed, Span<double> encoder)
    {
        int rows = Check.Rows(encoder.Length, clusters, nameof(encoder), nameof(clusters));
        var stream = new SplitMix64(seed);
        foreach (ref double weight in encoder)
            weight = LogRatio.Of(1UL << 52, stream.NextUInt52() + 0.5);
        for (int x = 0; x < rows; x++)
            Vectors.Normalise(encoder.Slice(x * clusters, clusters));
    }

    private static Span<double> Encoder(int rows, int clusters, Span<double> encoder)
    {
        SettingCheck.AtLeast(1, clusters, nameof(clusters));
        if ((long)rows * clusters > encoder.Length)
            throw new ArgumentException(FormattableString.Invariant($"encoder has {encoder.Length} elements; it needs {(long)rows * clusters}, one row of {clusters} for each of the {rows} rows."), nameof(encoder));
        return encoder[..(rows * clusters)];
    }
}
