using System.Numerics;
using System.Runtime.CompilerServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// log(q_i/p_i) for logits a of p and b of q, right to the last digits also where p is near q: it is
/// y_i = (b_i - a_i - c)/T - k for any constant c, with k = log of the sum of p_i e^((b_i - a_i - c)/T).
/// </summary>
/// <remarks>
/// c starts as b - a at the mode of sqrt(pq), so that a common shift of the logits is found exactly. It can be improved
/// once, by k itself: after that k is negligible and y_i keeps the digits of (b_i - a_i - c)/T. e^x - 1 and log(1 + u) are never
/// formed through 1. No difference of two differences of the logits may overflow: <see cref="NarrowedLogits"/> sees to that.
/// </remarks>
internal readonly record struct LogitRatios(
    Peak A, TwoPart ShiftB, double Temperature, TwoPart Centre, double Constant, double TotalA, double TotalB)
{
    // Above this gap between the peaks, c is their difference: p and q then share next to nothing, and nothing cancels.
    public const double FarApart = 40;

    /// <summary>False where p and q have no outcome in common.</summary>
    public static bool TryOf<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double temperature, out LogitRatios ratios)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        LogitRecord none = default;
        return TryOf(pLogits, qLogits, peaks, temperature, ref none, out ratios);
    }

    /// <summary>The same, and a record of what was formed on the way.</summary>
    public static bool TryOf<T>(
        ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double temperature, ref LogitRecord record, out LogitRatios ratios)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ratios = default;
        int pivot = Shared(pLogits, qLogits);
        if (pivot < 0)
            return false;
        TwoPart centre = TwoPart.Difference(double.CreateTruncating(qLogits[pivot]), double.CreateTruncating(pLogits[pivot]));
        ratios = Around(centre, pLogits, qLogits, peaks, temperature, ref record);
        return true;
    }

    /// <summary>The same around c + k T: what sums need that are of first order in an error of k, which the sum of KL is not.</summary>
    public LogitRatios Improved<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        TwoPart better = TwoPart.Sum(Centre.Value, Centre.Tail + Constant * Temperature);
        LogitRecord none = default;
        return Math.Abs(Constant) <= 1 && better != Centre && double.IsFinite(better.Value)
            ? Around(better, pLogits, qLogits, peaks, Temperature, ref none)
            : this;
    }

    /// <summary>p_i.</summary>
    public double P(double ai) => LogitsPass.Weight(ai, A.Value, Temperature) / TotalA;

    /// <summary>q_i.</summary>
    public double Q(double bi) => WeightB(bi) / TotalB;

    /// <summary>log(q_i/p_i); NaN where both are zero.</summary>
    public double Of(double ai, double bi) => TwoPart.Difference(bi, ai).Minus(Centre).Over(Temperature).Rounded - Constant;

    /// <summary>p_i log(q_i/p_i), for positive p_i and q_i of which the logarithm may be no double.</summary>
    public double Weighed(double p, double ai, double bi)
    {
        double y = Of(ai, bi);
        return double.IsInfinity(y) ? LogitsPass.Weighed(p, TwoPart.Difference(bi, ai).Minus(Centre).Value, Temperature) : p * y;
    }

    /// <summary>The vector form.</summary>
    public LogitLanes InLanes => new(new(A.Value), VectorPart.Of(ShiftB), VectorPart.Of(Centre), new(Constant), Temperature);

    /// <summary>q_i - p_i.</summary>
    public double Difference(double ai, double bi)
    {
        double y = Of(ai, bi);
        return Math.Abs(y) <= 1 ? P(ai) * Elementary.Expm1(y) : Q(bi) - P(ai);
    }

    /// <summary>log(p_i e^(s log(q_i/p_i))) + log <see cref="TotalA"/>; -infinity where p_i or q_i is zero.</summary>
    public TwoPart Tilted(double ai, double bi, double s)
    {
        if (double.IsNegativeInfinity(ai) || double.IsNegativeInfinity(bi))
            return new(double.NegativeInfinity, 0);
        TwoPart gap = TwoPart.Difference(ai, A.Value), ratio = TwoPart.Difference(bi, ai).Minus(Centre);
        TwoPart tilted = gap.Over(Temperature).Minus(ratio.Over(Temperature).Minus(new(Constant, 0)).Times(-s));

        // Where a quotient is no double, the tilted one may still be.
        return double.IsFinite(tilted.Value) ? tilted : gap.Minus(ratio.Times(-s)).Over(Temperature);
    }

    private double WeightB(double bi) => TwoPart.Difference(bi, ShiftB.Value).Minus(new(ShiftB.Tail, 0)).Over(Temperature).Exp();

    private static LogitRatios Around<T>(
        TwoPart centre, ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, LogitsPair peaks, double temperature, ref LogitRecord record)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double gap = TwoPart.Difference(peaks.B.Value, peaks.A.Value).Minus(centre).Over(temperature).Value;
        bool isFar = !(Math.Abs(gap) <= FarApart);
        if (isFar)
            centre = TwoPart.Difference(peaks.B.Value, peaks.A.Value);
        TwoPart shift = TwoPart.Sum(peaks.A.Value, centre.Value);
        shift = isFar ? new(peaks.B.Value, 0) : TwoPart.Sum(shift.Value, shift.Tail + centre.Tail);
        LogitRatios ratios = new(peaks.A, shift, temperature, centre, 0, 1, 1);

        Totals totals = new(ratios, record);
        LogitsBlocks.Add(pLogits, qLogits, ref totals);
        record = totals.Record;
        (double totalA, double totalB, double gained) = totals.Values;

        double constant = isFar ? LogRatio.Of(totalB, totalA) : ConstantOf(gained, totalA, totalB);
        return ratios with { Constant = constant, TotalA = totalA, TotalB = totalB };
    }

    /// <summary>k, the logarithm of the ratio of the totals, from their difference where they are near.</summary>
    public static double ConstantOf(double gained, double totalA, double totalB)
    {
        double u = gained / totalA;
        return Math.Abs(u) < 0.5 ? Elementary.Log1p(u) : LogRatio.Of(totalB, totalA);
    }

    /// <summary>The sums of the weights of p, of those of q, and of their differences.</summary>
    private ref struct Totals(LogitRatios ratios, LogitRecord record) : ILogitsSums
    {
        private readonly LogitLanes _lanes = ratios.InLanes;
        private LogitRecord _record = record;
        private CompensatedSum _a, _b, _gained;
        private CompensatedVectorSum _lanesOfA, _lanesOfB, _lanesGained;

        public readonly LogitRecord Record => _record;

        public readonly (double A, double B, double Gained) Values
        {
            get
            {
                (CompensatedSum a, CompensatedSum b, CompensatedSum gained) = (_a, _b, _gained);
                a.Add(_lanesOfA.Parts);
                b.Add(_lanesOfB.Parts);
                gained.Add(_lanesGained.Parts);
                return (a.Value, b.Value, gained.Value);
            }
        }

        public void Add(double a, double b)
        {
            _record.Break();
            double x = ratios.Of(a, b), weightA = ratios.P(a), weightB = ratios.WeightB(b);
            _a.Add(weightA);
            _b.Add(weightB);
            _gained.Add(Math.Abs(x) <= 1 ? weightA * Elementary.Expm1(x) : weightB - weightA);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryAdd(Vector<double> a, Vector<double> b, Vector<long> active)
        {
            if (!_lanes.TryOf(a, b, out VectorPart logA, out VectorPart logB, out Vector<double> x))
                return false;
            Vector<double> weightA = Lanes.Active(Elementary.Exp(logA), active), weightB = Lanes.Active(Elementary.Exp(logB), active);
            x = Lanes.Active(x, active);
            _lanesOfA.Add(weightA);
            _lanesOfB.Add(weightB);
            _lanesGained.Add(LogitLanes.Gained(weightA, weightB, x));
            _record.Add(weightA, weightB, x);
            return true;
        }
    }

    /// <summary>Where sqrt(pq) is largest; -1 where it is zero everywhere.</summary>
    private static int Shared<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double largest = double.NegativeInfinity;
        int index = -1, i = Lanes.AreUsed ? SharedInVectors(pLogits, qLogits, ref largest, ref index) : 0;
        for (; i < pLogits.Length; i++)
        {
            double middle = Middle(pLogits, qLogits, i);
            if (middle > largest)
                (largest, index) = (middle, i);
        }

        return index;
    }

    /// <summary>The same over as many of the first logits as fill vectors, and how many that is.</summary>
    private static int SharedInVectors<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, ref double largest, ref int index)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int end = pLogits.Length - pLogits.Length % Lanes.Step;
        Vector<double> most = new(double.NegativeInfinity), half = new(0.5);
        for (int i = 0; i < end; i += Lanes.Step)
        {
            (Vector<double> a0, Vector<double> a1) = Lanes.Load(pLogits, i);
            (Vector<double> b0, Vector<double> b1) = Lanes.Load(qLogits, i);
            most = Vector.Max(most, Vector.Max(half * a0 + half * b0, half * a1 + half * b1));
        }

        for (int lane = 0; lane < Vector<double>.Count; lane++)
            largest = Math.Max(largest, most[lane]);
        for (int i = 0; i < end && index < 0 && largest > double.NegativeInfinity; i++)
        {
            if (Middle(pLogits, qLogits, i) == largest)
                index = i;
        }

        return end;
    }

    private static double Middle<T>(ReadOnlySpan<T> pLogits, ReadOnlySpan<T> qLogits, int i)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        0.5 * double.CreateTruncating(pLogits[i]) + 0.5 * double.CreateTruncating(qLogits[i]);
}
