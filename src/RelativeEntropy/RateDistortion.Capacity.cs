using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>The capacity of a channel between two bounds.</summary>
/// <remarks>The default value is that of no iteration, not converged: its numbers say nothing.</remarks>
/// <param name="Lower">A lower bound; the mutual information at the input distribution found is at least this.</param>
/// <param name="Upper">An upper bound.</param>
/// <param name="Iterations">Iterations taken.</param>
/// <param name="Converged">Whether the bounds are within the tolerance of each other.</param>
public readonly record struct ChannelCapacity(double Lower, double Upper, int Iterations, bool Converged)
{
    /// <summary>The estimate: the lower bound, whose error is of second order in that of the input distribution, while the upper bound's is of first.</summary>
    public double Value => Lower;
}

public static partial class RateDistortion
{
    /// <summary>The capacity of a discrete memoryless channel: the largest mutual information of input and output, and the input distribution that attains it.</summary>
    /// <remarks>
    /// With D(x) = KL(W_x || output) for the rows W_x of the channel, each iteration sets p_x to p_x e^D(x), normalised. At every p,
    /// log of the sum of p_x e^D(x) is a lower bound of the capacity and the largest D(x) an upper one, up to a rounding of a few units in the last place; the best of each is kept.
    /// Small capacities keep their digits: D is a sum of non-negative terms, and the logarithm is taken as log(1 + u). An input of probability 0 stays at 0; the upper bound counts it nevertheless.
    /// The bounds close at a linear rate, more slowly where an input that is not used is about as good as those that are, and where the rows nearly agree.
    /// Time O(rows columns) per iteration. Source: Arimoto (1972); Blahut (1972).
    /// </remarks>
    /// <param name="channel">W, row by row: the distribution of the output for each input.</param>
    /// <param name="columns">The number of outputs.</param>
    /// <param name="input">p, one probability per row: where to start and, after, the distribution found. All zeros, as in a new array, start at the uniform one.</param>
    /// <param name="tolerance">The gap of the bounds to reach, in the unit of the result; at least 0.</param>
    /// <param name="iterations">The most iterations to take, at least 1.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>Bounds in [0, log min(rows, columns)] (up to the masses of the rows, which are one within the tolerance), the upper one
    /// possibly +infinity where an input of probability 0 alone reaches an output; NaN, and a NaN input distribution, if the data hold
    /// NaN.</returns>
    /// <exception cref="ArgumentException"><paramref name="channel"/> is empty or no whole number of rows, or has a row that is no distribution; <paramref name="input"/> is too short, overlaps the channel,
    /// or is neither zero nor a distribution.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> or <paramref name="iterations"/> is not positive; <paramref name="tolerance"/> is negative, infinite or NaN.</exception>
    /// <example><code>
    /// double[] input = new double[2];
    /// ChannelCapacity capacity = RateDistortion.Capacity([0.9, 0.1, 0.1, 0.9], columns: 2, input, logBase: LogBase.Bits);
    /// double bitsPerUse = capacity.Value;   // 0.5310044064
    /// </code></example>
    public static ChannelCapacity Capacity(
        ReadOnlySpan<double> channel, int columns, Span<double> input, double tolerance = 1e-12, int iterations = 100_000, LogBase logBase = default)
    {
        int rows = Check.Rows(channel.Length, columns, nameof(channel));
        bool anyNaN = Check.DistributionRows(channel, columns, nameof(channel));
        Check.Apart(channel, input, rows, nameof(input));
        SettingCheck.NotNegative(tolerance, nameof(tolerance));
        SettingCheck.AtLeast(1, iterations, nameof(iterations));
        input = input[..rows];
        if (Start(input, nameof(input)) || anyNaN)
        {
            input.Fill(double.NaN);
            return new(double.NaN, double.NaN, 0, Converged: false);
        }

        using WorkBuffer work = new(default, rows + columns);
        Span<double> divergence = work.Span[..rows], output = work.Span[rows..];
        double lower = 0, upper = double.PositiveInfinity;
        for (int iteration = 1; ; iteration++)
        {
            Mix(channel, input, output);
            CompensatedSum gained = default;
            double largest = 0;
            for (int x = 0; x < rows; x++)
            {
                CompensatedSum sum = default;
                ReadOnlySpan<double> row = channel.Slice(x * columns, columns);
                for (int y = 0; y < columns; y++)
                    sum.Add(Terms.KullbackLeibler(row[y], output[y]));
                divergence[x] = sum.Value;
                largest = Math.Max(largest, divergence[x]);
                if (input[x] > 0)
                    gained.Add(divergence[x] < Elementary.LargestExponent
                        ? input[x] * Elementary.Expm1(divergence[x])
                        : Elementary.TimesExp(input[x], divergence[x]));
            }

            double capacity = Elementary.Log1p(gained.Value);
            lower = Math.Max(lower, capacity);
            upper = Math.Max(lower, Math.Min(upper, largest));
            for (int x = 0; x < rows; x++)
            {
                if (input[x] > 0)
                    input[x] = Elementary.TimesExp(input[x], divergence[x] - capacity);
            }

            Vectors.Normalise(input);
            bool converged = logBase.FromNats(upper - lower) <= tolerance;
            if (converged || iteration == iterations)
                return new(logBase.FromNats(lower), logBase.FromNats(upper), iteration, converged);
        }
    }

    // The distribution of the output.
    private static void Mix(ReadOnlySpan<double> channel, ReadOnlySpan<double> input, Span<double> output)
    {
        for (int y = 0; y < output.Length; y++)
        {
            CompensatedSum sum = default;
            for (int x = 0; x < input.Length; x++)
                sum.Add(input[x] * channel[x * output.Length + y]);
            output[y] = sum.Value;
        }
    }
}
