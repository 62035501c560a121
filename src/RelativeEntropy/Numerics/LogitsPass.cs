using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>What one pass over logits finds: the largest, where it is, whether any is NaN, whether any is -infinity, and whether any is so
/// large that differences of differences may leave the range.</summary>
internal readonly record struct Peak(double Value, int Index, bool AnyNaN, bool AnyExcluded, bool IsWide);

/// <summary>The passes over logits that softmax and all divergences from logits share, shifted by the largest logit.</summary>
internal static class LogitsPass
{
    // An eighth of the largest double: below it, no difference of two differences overflows.
    private const double Widest = double.MaxValue / 8;

    /// <summary>The largest logit; +infinity throws, and so do logits that are all -infinity: neither gives a distribution.</summary>
    public static Peak OfDistribution<T>(ReadOnlySpan<T> logits, string name, int row = Check.NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Peak peak = Of(logits);
        for (int i = 0; double.IsPositiveInfinity(peak.Value) && i < logits.Length; i++)
        {
            if (T.IsPositiveInfinity(logits[i]))
                throw new ArgumentException(FormattableString.Invariant($"{Check.Row(row)}{name}[{i}] = {logits[i]}; a logit must be finite or -infinity."), name);
        }

        if (double.IsNegativeInfinity(peak.Value) && !peak.AnyNaN)
            throw new ArgumentException(FormattableString.Invariant($"{Check.Row(row)}{name}[0] = {logits[0]} and so are all {logits.Length} logits; at least one must be finite."), name);
        return peak;
    }

    /// <summary>The largest logit, NaN aside.</summary>
    public static Peak Of<T>(ReadOnlySpan<T> logits)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        (double largest, int index, bool anyNaN, bool anyExcluded, bool isWide) = (double.NegativeInfinity, 0, false, false, false);
        int start = Lanes.AreUsed ? OfVectors(logits, ref largest, ref index, ref anyExcluded, ref isWide) : 0;
        for (int i = start; i < logits.Length; i++)
        {
            double logit = double.CreateTruncating(logits[i]);
            anyNaN |= double.IsNaN(logit);
            anyExcluded |= double.IsNegativeInfinity(logit);
            isWide |= IsWide(logit);
            if (logit > largest)
                (largest, index) = (logit, i);
        }

        return new(largest, index, anyNaN, anyExcluded, isWide);
    }

    private static bool IsWide(double logit) => Math.Abs(logit) is > Widest and <= double.MaxValue;

    /// <summary>The same over as many of the first logits as fill vectors, and how many that is: none where one is NaN.</summary>
    private static int OfVectors<T>(ReadOnlySpan<T> logits, ref double largest, ref int index, ref bool anyExcluded, ref bool isWide)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int end = logits.Length - logits.Length % Vector<T>.Count;
        if (end == 0)
            return 0;
        Vector<T> highest = new(logits), lowest = highest;
        for (int i = Vector<T>.Count; i < end; i += Vector<T>.Count)
        {
            Vector<T> next = new(logits[i..]);
            (highest, lowest) = (Vector.Max(highest, next), Vector.Min(lowest, next));
        }

        if (!Vector.EqualsAll(highest, highest) || !Vector.EqualsAll(lowest, lowest))
            return 0;
        T most = highest[0];
        for (int lane = 1; lane < Vector<T>.Count; lane++)
            most = T.Max(most, highest[lane]);
        largest = double.CreateTruncating(most);
        anyExcluded = Vector.EqualsAny(lowest, new Vector<T>(T.NegativeInfinity));
        if (typeof(T) == typeof(double))
        {
            for (int lane = 0; lane < Vector<T>.Count; lane++)
                isWide |= IsWide(double.CreateTruncating(highest[lane])) || IsWide(double.CreateTruncating(lowest[lane]));

            // In a lane whose least is -infinity, another one may be wide.
            if (anyExcluded)
            {
                for (int i = 0; i < end; i++)
                    isWide |= IsWide(double.CreateTruncating(logits[i]));
            }
        }

        int block = 0;
        while (!Vector.EqualsAny(new Vector<T>(logits[block..]), new Vector<T>(most)))
            block += Vector<T>.Count;
        for (index = block; logits[index] != most; index++)
        {
        }

        return end;
    }

    /// <summary>The sum of e^((logit - largest)/temperature) over all but the largest itself, so that log1p of it loses nothing.</summary>
    public static double SumBesidePeak<T>(ReadOnlySpan<T> logits, Peak peak, double temperature)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        WeightSum sum = new(peak.Value, temperature);
        LogitsBlocks.Add(logits[..peak.Index], logits, ref sum);
        LogitsBlocks.Add(logits[(peak.Index + 1)..], logits[(peak.Index + 1)..], ref sum);
        return sum.Value;
    }

    /// <summary>e^((logit - shift)/temperature), from the exact difference.</summary>
    public static double Weight(double logit, double shift, double temperature) => GapOf(logit, shift, temperature).Exp();

    /// <summary>(logit - shift)/temperature, also where the difference is no double.</summary>
    public static TwoPart GapOf(double logit, double shift, double temperature)
    {
        TwoPart gap = TwoPart.Difference(logit, shift);
        return double.IsInfinity(gap.Value) && double.IsFinite(logit) && double.IsFinite(shift)
            ? TwoPart.Difference(0.5 * logit, 0.5 * shift).Over(temperature).Times(2)
            : gap.Over(temperature);
    }

    /// <summary>
    /// weight (logit - shift)/temperature, for a weight of at most 1, also where the difference or the quotient is no double.
    /// </summary>
    public static double Weighed(double weight, double logit, double shift, double temperature)
    {
        double gap = GapOf(logit, shift, temperature).Value;
        return double.IsInfinity(gap) && double.IsFinite(logit) && double.IsFinite(shift)
            ? 2 * Weighed(weight, 0.5 * logit - 0.5 * shift, temperature)
            : weight * gap;
    }

    /// <summary>weight difference/temperature, for a weight of at most 1, also where the quotient is no double.</summary>
    public static double Weighed(double weight, double difference, double temperature)
    {
        double share = weight / temperature;
        return double.IsInfinity(share) ? weight * difference / temperature : share * difference;
    }

    /// <inheritdoc cref="Weight(double, double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Weight(Vector<double> logits, double shift, double temperature) =>
        Elementary.Exp(Gap(logits, shift, temperature));

    /// <summary>(logit - shift)/temperature.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPart Gap(Vector<double> logits, double shift, double temperature) =>
        VectorPart.Sum(logits, new Vector<double>(-shift)).Over(temperature);

    /// <summary>The sum of the weights of the first logits; the second are not looked at.</summary>
    private struct WeightSum(double shift, double temperature) : ILogitsSums
    {
        private CompensatedSum _sum;
        private CompensatedVectorSum _lanes;

        public readonly double Value
        {
            get
            {
                CompensatedSum sum = _sum;
                sum.Add(_lanes.Parts);
                return sum.Value;
            }
        }

        public void Add(double a, double b) => _sum.Add(Weight(a, shift, temperature));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryAdd(Vector<double> a, Vector<double> b, Vector<long> active)
        {
            VectorPart gap = Gap(a, shift, temperature);
            if (!Lanes.AreAll(Elementary.IsExponent(gap.Value)))
                return false;
            _lanes.Add(Lanes.Active(Elementary.Exp(gap), active));
            return true;
        }
    }
}
