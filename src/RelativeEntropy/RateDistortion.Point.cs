using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>A point near the rate-distortion function of a source, and how near.</summary>
/// <remarks>The default value is that of no iteration, not converged: its numbers say nothing.</remarks>
/// <param name="Rate">The rate of the test channel found: R(<paramref name="Distortion"/>) is at most this.</param>
/// <param name="Distortion">Its mean distortion.</param>
/// <param name="Lower">A lower bound of R(<paramref name="Distortion"/>).</param>
/// <param name="Iterations">Iterations taken.</param>
/// <param name="Converged">Whether rate and lower bound are within the tolerance of each other.</param>
public readonly record struct RateDistortionPoint(double Rate, double Distortion, double Lower, int Iterations, bool Converged);

public static partial class RateDistortion
{
    /// <summary>The point of the rate-distortion function at which its slope is s: the least mutual information of source and reproduction at that mean distortion.</summary>
    /// <remarks>
    /// For reproduction probabilities q the best test channel is Q(y|x) = q_y e^(s d_xy) / Z_x, and its output distribution q_y c_y, with c_y the sum over x of
    /// p_x e^(s d_xy) / Z_x, is the next q. At every q, the rate of that channel is achieved, and rate - (max log c - E log c) bounds the curve from below at the same distortion (so does 0), up to a rounding
    /// of a few units in the last place of s times the distortion. The rate is a sum of non-negative terms. A letter of probability 0 stays at 0; the lower bound counts it nevertheless.
    /// The slopes of a corner of the curve give the same point. Time O(source reproduction) per iteration. Source: Blahut (1972).
    /// </remarks>
    /// <param name="source">p, n probabilities.</param>
    /// <param name="distortions">d, n rows: the distortion, finite and at least 0, of each reproduction letter for a source letter.</param>
    /// <param name="slope">s, at most 0: the derivative of the rate in nats by the distortion. Large negative values ask for little distortion.</param>
    /// <param name="reproduction">q, one probability per column: where to start and, after, the output distribution of the test channel found. All zeros, as in a new array, start at the uniform one.</param>
    /// <param name="tolerance">The gap of rate and lower bound to reach, in the unit of the result; at least 0.</param>
    /// <param name="iterations">The most iterations to take, at least 1.</param>
    /// <param name="logBase">The unit of the rates; nats by default.</param>
    /// <returns>Rate, distortion and bound; NaN, and a NaN reproduction, if the data hold NaN.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is no distribution; the distortions are empty, no whole number of columns, negative or infinite; <paramref name="reproduction"/> is too short,
    /// overlaps the data, or is neither zero nor a distribution.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is positive, infinite or NaN; <paramref name="tolerance"/> is negative, infinite or NaN; <paramref name="iterations"/> is not positive.</exception>
    /// <example><code>
    /// double[] reproduction = new double[2];
    /// RateDistortionPoint point = RateDistortion.Point([0.5, 0.5], [0, 1, 1, 0], slope: -2, reproduction, logBase: LogBase.Bits);
    /// double bits = point.Rate;           // 0.472934659
    /// double errors = point.Distortion;   // 0.119202922
    /// </code></example>
    public static RateDistortionPoint Point(
        ReadOnlySpan<double> source, ReadOnlySpan<double> distortions, double slope, Span<double> reproduction,
        double tolerance = 1e-12, int iterations = 100_000, LogBase logBase = default)
    {
        bool anyNaN = double.IsNaN(Check.Distribution(source, nameof(source)));
        int rows = source.Length, columns = Check.Rows(distortions.Length, rows, nameof(distortions));
        Check.Measure(distortions, nameof(distortions));
        if (slope is not (>= double.MinValue and <= 0))
            throw new ArgumentOutOfRangeException(nameof(slope), slope, FormattableString.Invariant($"slope = {slope}; it must be finite and at most 0, since the rate falls with the distortion."));
        Check.Apart(source, reproduction, columns, nameof(reproduction));
        Check.Apart(distortions, reproduction, columns, nameof(reproduction));
        SettingCheck.NotNegative(tolerance, nameof(tolerance));
        SettingCheck.AtLeast(1, iterations, nameof(iterations));
        reproduction = reproduction[..columns];
        if (Start(reproduction, nameof(reproduction)) || anyNaN || double.IsNaN(Vectors.Largest(distortions)))
        {
            reproduction.Fill(double.NaN);
            return new(double.NaN, double.NaN, double.NaN, 0, Converged: false);
        }

        using WorkBuffer work = new(default, 2 * rows + columns);
        TestChannel channel = new(source, distortions, slope, reproduction, work.Span);
        for (int iteration = 1; ; iteration++)
        {
            double gap = logBase.FromNats(channel.Fit());
            bool converged = gap <= tolerance;
            if (converged || iteration == iterations)
            {
                (double rate, double distortion) = channel.Measure();
                channel.Advance();
                rate = logBase.FromNats(rate);
                return new(rate, distortion, Math.Max(0, rate - gap), iteration, converged);
            }

            channel.Advance();
        }
    }

    // Q(y|x) = q_y e^(s (d_xy - least_x)) / Z_x, where least_x is the distortion of the best letter in use.
    private readonly ref struct TestChannel(
        ReadOnlySpan<double> source, ReadOnlySpan<double> distortions, double slope, Span<double> reproduction, Span<double> work)
    {
        private readonly ReadOnlySpan<double> _source = source;
        private readonly ReadOnlySpan<double> _distortions = distortions;
        private readonly Span<double> _reproduction = reproduction;
        private readonly Span<double> _least = work[..source.Length];
        private readonly Span<double> _total = work.Slice(source.Length, source.Length);
        private readonly Span<double> _change = work[(2 * source.Length)..];

        private int Columns => _reproduction.Length;

        /// <summary>Z and c for the present q; what rate and lower bound differ by.</summary>
        public double Fit()
        {
            for (int x = 0; x < _source.Length; x++)
            {
                ReadOnlySpan<double> row = _distortions.Slice(x * Columns, Columns);
                double least = double.MaxValue;
                for (int y = 0; y < Columns; y++)
                    least = _reproduction[y] > 0 ? Math.Min(least, row[y]) : least;
                CompensatedSum total = default;
                for (int y = 0; y < Columns; y++)
                {
                    if (_reproduction[y] > 0)
                        total.Add(_reproduction[y] * Elementary.Exp(slope * (row[y] - least)));
                }

                (_least[x], _total[x]) = (least, total.Value);
            }

            double largest = double.NegativeInfinity;
            CompensatedSum mean = default;
            for (int y = 0; y < Columns; y++)
            {
                CompensatedSum sum = default;
                for (int x = 0; x < _source.Length; x++)
                {
                    if (_source[x] > 0)
                        sum.Add(_source[x] * Elementary.Exp(slope * (_distortions[x * Columns + y] - _least[x])) / _total[x]);
                }

                _change[y] = sum.Value;
                double logarithm = LogOfChange(y);
                largest = Math.Max(largest, logarithm);
                if (_reproduction[y] > 0 && _change[y] > 0)
                    mean.Add(Output(y) * logarithm);
            }

            return Math.Max(0, largest - mean.Value);
        }

        /// <summary>The mutual information of source and reproduction, and the mean distortion.</summary>
        public (double Rate, double Distortion) Measure()
        {
            CompensatedSum rate = default, distortion = default;
            for (int x = 0; x < _source.Length; x++)
            {
                double logTotal = LogTotal(x);
                for (int y = 0; y < Columns && _source[x] > 0; y++)
                {
                    if (_reproduction[y] == 0 || _change[y] == 0)
                        continue;
                    double exponent = slope * (_distortions[x * Columns + y] - _least[x]), output = Output(y);

                    // Q log(Q/output) - Q + output for Q = output e^l.
                    double l = exponent - logTotal - LogOfChange(y);
                    double joint = _reproduction[y] * Elementary.Exp(exponent) / _total[x];
                    rate.Add(_source[x] * (Math.Abs(l) <= 1 ? joint * Elementary.ExpExcess(-l) : joint == 0 ? output : joint * (l - 1) + output));
                    distortion.Add(_source[x] * joint * _distortions[x * Columns + y]);
                }
            }

            return (rate.Value, distortion.Value);
        }

        /// <summary>The output distribution becomes the next q.</summary>
        public void Advance()
        {
            for (int y = 0; y < Columns; y++)
                _reproduction[y] = _reproduction[y] > 0 ? Output(y) : 0;
            Vectors.Normalise(_reproduction);
        }

        // The probability of y for the present q: q_y c_y, also where q_y is so small that c_y is no double.
        private double Output(int y)
        {
            if (double.IsFinite(_change[y]))
                return _reproduction[y] * _change[y];
            CompensatedSum sum = default;
            for (int x = 0; x < _source.Length; x++)
                sum.Add(_source[x] * (_reproduction[y] * Elementary.Exp(slope * (_distortions[x * Columns + y] - _least[x])) / _total[x]));
            return sum.Value;
        }

        private double LogOfChange(int y) => double.IsFinite(_change[y]) || _reproduction[y] == 0
            ? Elementary.Log(_change[y])
            : LogRatio.Of(Output(y), _reproduction[y]);

        // log Z, as log(1 + u) where it is small.
        private double LogTotal(int x)
        {
            CompensatedSum excess = default;
            for (int y = 0; y < Columns; y++)
            {
                if (_reproduction[y] > 0)
                    excess.Add(_reproduction[y] * Elementary.Expm1(slope * (_distortions[x * Columns + y] - _least[x])));
            }

            return excess.Value > -0.5 ? Elementary.Log1p(excess.Value) : Elementary.Log(_total[x]);
        }
    }
}
