using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RelativeEntropy.Numerics;

/// <summary>What one pair of cells adds to a divergence of proportions, from x = p Q and y = q P.</summary>
internal interface IProportionTerm
{
    /// <param name="x">p Q.</param>
    /// <param name="y">q P.</param>
    /// <param name="difference">x - y to full relative precision.</param>
    TwoPart Of(TwoPart x, TwoPart y, double difference);

    /// <inheritdoc cref="IPairTerm.HasVectorForm"/>
    static virtual bool HasVectorForm => false;

    /// <inheritdoc cref="Of(TwoPart, TwoPart, double)"/>
    VectorPart Of(VectorPart x, VectorPart y, Vector<double> difference) => default;
}

/// <summary>The one loop over masses or counts that need not sum to one, and what they must satisfy.</summary>
/// <remarks>Both measures are scaled by powers of two, so that their sums are in [1, 2) and no product leaves the range.</remarks>
internal static class ProportionReduction
{
    // So small that no sum of scaled masses overflows.
    private const int Downscale = 64;

    /// <summary>The sum of a term that is homogeneous of degree one, over P Q.</summary>
    public static TwoPart Of<T, TOther, TTerm>(
        ReadOnlySpan<T> p, ReadOnlySpan<TOther> q, TTerm term, string pName = "p", string qName = "q")
        where T : struct, INumber<T>
        where TOther : struct, INumber<TOther>
        where TTerm : struct, IProportionTerm
    {
        (Scale ofP, Scale ofQ) = ScalesOf(p, q, pName, qName);
        if (double.IsNaN(ofP.Mass.Value + ofQ.Mass.Value))
            return new(double.NaN, 0);
        CompensatedSum terms = default;
        int start = 0;
        bool hasVectors = typeof(TOther) == typeof(T) && (typeof(T) == typeof(double) || typeof(T) == typeof(float));
        if (TTerm.HasVectorForm && Lanes.AreUsed && hasVectors)
            start = AddVectors(p, MemoryMarshal.Cast<TOther, T>(q), ofP, ofQ, term, ref terms);
        for (int i = start; i < p.Length; i++)
            terms.Add(TermOf(p[i], q[i], ofP, ofQ, term));
        return Quotient(Quotient(terms.Total, ofP.Mass), ofQ.Mass);
    }

    private static TwoPart TermOf<T, TOther, TTerm>(T p, TOther q, in Scale ofP, in Scale ofQ, TTerm term)
        where T : struct, INumber<T>
        where TOther : struct, INumber<TOther>
        where TTerm : struct, IProportionTerm
    {
        TwoPart x = Product(ofP.Scaled(p), ofQ.Mass), y = Product(ofQ.Scaled(q), ofP.Mass);
        return term.Of(x, y, x.Minus(y).Value);
    }

    /// <summary>As many of the first elements as fill vectors; where the vector form does not hold for one, its elements go one by
    /// one.</summary>
    private static int AddVectors<T, TTerm>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> q, in Scale ofP, in Scale ofQ, TTerm term, ref CompensatedSum terms)
        where T : struct, INumber<T>
        where TTerm : struct, IProportionTerm
    {
        CompensatedVectorSum sum = default;
        int last = p.Length - Lanes.Step, i = 0;
        while (i <= last)
        {
            i = AddRegular(p, q, i, ofP, ofQ, term, ref sum);
            if (i > last)
                break;
            for (int next = i + Lanes.Step; i < next; i++)
                terms.Add(TermOf(p[i], q[i], ofP, ofQ, term));
        }

        terms.Add(sum.Parts);
        return i;
    }

    /// <summary>Stops where the rest fills no vector, or at the first with an element outside the vector form's range; returns its
    /// index.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int AddRegular<T, TTerm>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> q, int start, in Scale ofP, in Scale ofQ, TTerm term, ref CompensatedVectorSum sum)
        where T : struct, INumber<T>
        where TTerm : struct, IProportionTerm
    {
        CompensatedVectorSum terms = sum;
        Scale scaleP = ofP, scaleQ = ofQ;
        int i = start;
        for (; i <= p.Length - Lanes.Step; i += Lanes.Step)
        {
            (Vector<double> p0, Vector<double> p1) = Lanes.Load(p, i);
            (Vector<double> q0, Vector<double> q1) = Lanes.Load(q, i);
            VectorPart x0 = Product(scaleP.Scaled(p0), scaleQ.Mass), x1 = Product(scaleP.Scaled(p1), scaleQ.Mass);
            VectorPart y0 = Product(scaleQ.Scaled(q0), scaleP.Mass), y1 = Product(scaleQ.Scaled(q1), scaleP.Mass);
            Vector<long> regular = LogRatio.Moderate(x0.Value) & LogRatio.Moderate(x1.Value)
                & LogRatio.Moderate(y0.Value) & LogRatio.Moderate(y1.Value);
            if (!Lanes.AreAll(regular))
                break;
            terms.Add(term.Of(x0, y0, x0.Minus(y0).Value));
            terms.Add(term.Of(x1, y1, x1.Minus(y1).Value));
        }

        sum = terms;
        return i;
    }

    /// <summary>The Jensen-Shannon divergence, whose weight is checked.</summary>
    public static double JensenShannon<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, double weight, LogBase logBase)
        where T : struct, INumber<T>
    {
        Check.Weight(weight);
        return logBase.FromNats(Of(p, q, new JensenShannonOfProportions(weight)));
    }

    /// <summary>The sum of p log(Q/q), over P.</summary>
    public static TwoPart CrossEntropy<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q)
        where T : struct, INumber<T>
    {
        (Scale ofP, Scale ofQ) = ScalesOf(p, q, nameof(p), nameof(q));
        if (double.IsNaN(ofP.Mass.Value + ofQ.Mass.Value))
            return new(double.NaN, 0);
        CompensatedSum terms = default;
        for (int i = 0; i < p.Length; i++)
        {
            TwoPart mass = ofP.Scaled(p[i]), believed = ofQ.Scaled(q[i]);
            if (mass.Value == 0)
                continue;
            if (believed.Value == 0)
                return new(double.PositiveInfinity, 0);
            TwoPart logarithm = LogRatio.Precise(ofQ.Mass.Value, believed.Value);
            double tail = ofQ.Mass.Tail / ofQ.Mass.Value - believed.Tail / believed.Value;
            terms.Add(Product(mass, TwoPart.Sum(logarithm.Value, logarithm.Tail + tail)));
        }

        return Quotient(terms.Total, ofP.Mass);
    }

    private static (Scale P, Scale Q) ScalesOf<T, TOther>(ReadOnlySpan<T> p, ReadOnlySpan<TOther> q, string pName, string qName)
        where T : struct, INumber<T>
        where TOther : struct, INumber<TOther>
    {
        Check.SameNonZeroLength(p.Length, q.Length, pName, qName);
        CheckMasses(p, pName);
        CheckMasses(q, qName);
        return (ScaleOf(p, pName), ScaleOf(q, qName));
    }

    private static void CheckMasses<T>(ReadOnlySpan<T> masses, string name)
        where T : struct, INumber<T>
    {
        if (typeof(T) == typeof(double))
            Check.Measure(MemoryMarshal.Cast<T, double>(masses), name);
        else if (typeof(T) == typeof(float))
            Check.Measure(MemoryMarshal.Cast<T, float>(masses), name);
        else
            Check.Masses(masses, name);
    }

    private static Scale ScaleOf<T>(ReadOnlySpan<T> masses, string name)
        where T : struct, INumber<T>
    {
        TwoPart sum = typeof(T) == typeof(double) ? Sum(MemoryMarshal.Cast<T, double>(masses))
            : typeof(T) == typeof(float) ? Sum(MemoryMarshal.Cast<T, float>(masses))
            : Sum(masses, 1);
        int exponent = 0;
        if (double.IsInfinity(sum.Value))
        {
            exponent = Downscale;
            sum = Sum(masses, Math.ScaleB(1, -Downscale));
        }

        if (sum.Value == 0)
            throw new ArgumentException($"{name} is zero everywhere; at least one element must be positive.", name);
        if (double.IsNaN(sum.Value))
            return new(sum, 1, 1);
        int own = Math.ILogB(sum.Value);
        exponent += own;
        TwoPart mass = new(Math.ScaleB(sum.Value, -own), Math.ScaleB(sum.Tail, -own));
        return new(mass, Math.ScaleB(1, -(exponent / 2)), Math.ScaleB(1, -(exponent - exponent / 2)));
    }

    private static TwoPart Sum<T>(ReadOnlySpan<T> masses)
        where T : struct, IBinaryFloatingPointIeee754<T> => PairReduction.Sum<T, IdentityTerm>(masses, masses).Terms;

    private static TwoPart Sum<T>(ReadOnlySpan<T> masses, double factor)
        where T : struct, INumber<T>
    {
        CompensatedSum sum = default;
        foreach (T mass in masses)
        {
            TwoPart wide = Wide(mass);
            sum.Add(new TwoPart(factor * wide.Value, factor * wide.Tail));
        }

        return sum.Total;
    }

    // Only a long of more than 53 bits is no double.
    private static TwoPart Wide<T>(T mass)
        where T : struct, INumber<T>
    {
        double value = double.CreateTruncating(mass);
        return new(value, typeof(T) == typeof(long) ? (double)(Int128.CreateTruncating(mass) - (Int128)value) : 0);
    }

    private static TwoPart Product(TwoPart a, TwoPart b)
    {
        double product = a.Value * b.Value;
        double tail = Math.FusedMultiplyAdd(a.Value, b.Value, -product) + (a.Value * b.Tail + a.Tail * b.Value);
        return TwoPart.Sum(product, tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static VectorPart Product(Vector<double> a, TwoPart b)
    {
        Vector<double> product = a * b.Value;
        return VectorPart.Sum(product, Vector.FusedMultiplyAdd(a, new Vector<double>(b.Value), -product) + a * b.Tail);
    }

    private static TwoPart Quotient(TwoPart dividend, TwoPart divisor)
    {
        TwoPart quotient = dividend.Over(divisor.Value);
        return double.IsFinite(quotient.Value)
            ? new(quotient.Value, quotient.Tail - quotient.Value * (divisor.Tail / divisor.Value))
            : quotient;
    }

    /// <summary>A sum in [1, 2), and the two powers of two whose product brings the elements there.</summary>
    private readonly record struct Scale(TwoPart Mass, double Factor, double OtherFactor)
    {
        public TwoPart Scaled<T>(T mass)
            where T : struct, INumber<T>
        {
            TwoPart wide = Wide(mass);
            return new(wide.Value * Factor * OtherFactor, wide.Tail * Factor * OtherFactor);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<double> Scaled(Vector<double> masses) => masses * Factor * OtherFactor;
    }
}

/// <summary>x log(x/y) - x + y.</summary>
internal readonly struct KullbackLeiblerOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference)
    {
        if (x.Value == 0 || y.Value == 0 || Math.Abs(difference) <= 0.25 * Math.Min(x.Value, y.Value))
            return new(MixtureTerms.Excess(x.Value, y.Value, -difference), 0);
        // To first order in what x and y were rounded by; the derivative by x is log(x/y), which is the term and x - y, over x.
        double value = Terms.KullbackLeibler(x.Value, y.Value);
        double correction = x.Tail / x.Value * (value + (x.Value - y.Value)) + y.Tail * (1 - x.Value / y.Value);
        return new(value, double.IsFinite(correction) ? correction : 0);
    }

    public static bool HasVectorForm => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VectorPart Of(VectorPart x, VectorPart y, Vector<double> difference)
    {
        Vector<double> rounded = x.Value - y.Value;
        Vector<long> isNear = Vector.LessThanOrEqual(Vector.Abs(difference), 0.25 * Vector.Min(x.Value, y.Value));
        Vector<double> value = LogRatio.ExcessGivenDifference(x.Value, y.Value, Vector.ConditionalSelect(isNear, difference, rounded));
        Vector<double> correction = x.Tail / x.Value * (value + rounded) + y.Tail * (Vector<double>.One - x.Value / y.Value);
        return new(value, Lanes.Active(correction, ~isNear));
    }
}

/// <summary>(x - y) log(x/y).</summary>
internal readonly struct JeffreysOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference) => new(
        x.Value != 0 && y.Value != 0 ? difference * MixtureTerms.LogRatioTo(x.Value, y.Value, -difference)
        : x.Value == y.Value ? 0
        : double.PositiveInfinity, 0);
}

/// <inheritdoc cref="JensenShannonTerm"/>
internal readonly struct JensenShannonOfProportions(double weight) : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference) => new JensenShannonTerm(weight).Of(x.Value, y.Value, -difference);
}

/// <summary>|x - y|/2.</summary>
internal readonly struct TotalVariationOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference) => new(0.5 * Math.Abs(difference), 0);
}

/// <summary>(sqrt x - sqrt y)^2/2.</summary>
internal readonly struct SquaredHellingerOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference)
    {
        if (x.Value == 0 || y.Value == 0)
            return new(0.5 * (x.Value + y.Value), 0);
        double root = difference / (Math.Sqrt(x.Value) + Math.Sqrt(y.Value));
        return new(0.5 * root * root, 0);
    }
}

/// <summary>(x - y)^2/y.</summary>
internal readonly struct PearsonOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference) => new(QuadraticTerm.Of(difference, y.Value), 0);
}

/// <summary>(x - y)^2/x.</summary>
internal readonly struct NeymanOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference) => new(QuadraticTerm.Of(difference, x.Value), 0);
}
