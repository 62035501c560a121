using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>What one pair of cells adds to a divergence of proportions, from x = p Q and y = q P.</summary>
internal interface IProportionTerm
{
    /// <param name="x">p Q.</param>
    /// <param name="y">q P.</param>
    /// <param name="difference">x - y to full relative precision.</param>
    TwoPart Of(TwoPart x, TwoPart y, double difference);
}

/// <summary>The one loop over masses or counts that need not sum to one, and what they must satisfy.</summary>
/// <remarks>Both measures are scaled by powers of two, so that their sums are in [1, 2) and no product leaves the range.</remarks>
internal static class ProportionReduction
{
    // So small that no sum of scaled masses overflows.
    private const int Downscale = 64;

    /// <summary>The sum of a term that is homogeneous of degree one, over P Q.</summary>
    public static TwoPart Of<T, TOther, TTerm>(ReadOnlySpan<T> p, ReadOnlySpan<TOther> q, TTerm term, string pName = "p", string qName = "q")
        where T : struct, INumber<T>
        where TOther : struct, INumber<TOther>
        where TTerm : struct, IProportionTerm
    {
        (Scale ofP, Scale ofQ) = ScalesOf(p, q, pName, qName);
        if (double.IsNaN(ofP.Mass.Value + ofQ.Mass.Value))
            return new(double.NaN, 0);
        CompensatedSum terms = default;
        for (int i = 0; i < p.Length; i++)
        {
            TwoPart x = Product(ofP.Scaled(p[i]), ofQ.Mass), y = Product(ofQ.Scaled(q[i]), ofP.Mass);
            terms.Add(term.Of(x, y, x.Minus(y).Value));
        }

        return Quotient(Quotient(terms.Total, ofP.Mass), ofQ.Mass);
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
        Check.Masses(p, pName);
        Check.Masses(q, qName);
        return (ScaleOf(p, pName), ScaleOf(q, qName));
    }

    private static Scale ScaleOf<T>(ReadOnlySpan<T> masses, string name)
        where T : struct, INumber<T>
    {
        TwoPart sum = Sum(masses, 1);
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
        return new(
            new(Math.ScaleB(sum.Value, -own), Math.ScaleB(sum.Tail, -own)), Math.ScaleB(1, -(exponent / 2)), Math.ScaleB(1, -(exponent - exponent / 2)));
    }

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

    private static TwoPart Quotient(TwoPart dividend, TwoPart divisor)
    {
        TwoPart quotient = dividend.Over(divisor.Value);
        return double.IsFinite(quotient.Value) ? new(quotient.Value, quotient.Tail - quotient.Value * (divisor.Tail / divisor.Value)) : quotient;
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
    }
}

/// <summary>x log(x/y) - x + y.</summary>
internal readonly struct KullbackLeiblerOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference)
    {
        if (x.Value == 0 || y.Value == 0 || Math.Abs(difference) <= 0.25 * Math.Min(x.Value, y.Value))
            return new(MixtureTerms.Excess(x.Value, y.Value, -difference), 0);
        // To first order in what x and y were rounded by.
        double correction = x.Tail * Terms.LogRatio(x.Value, y.Value) + y.Tail * (1 - x.Value / y.Value);
        return new(Terms.KullbackLeibler(x.Value, y.Value), double.IsFinite(correction) ? correction : 0);
    }
}

/// <summary>(x - y) log(x/y).</summary>
internal readonly struct JeffreysOfProportions : IProportionTerm
{
    public TwoPart Of(TwoPart x, TwoPart y, double difference) => new(
        x.Value == 0 || y.Value == 0 ? x.Value == y.Value ? 0 : double.PositiveInfinity : difference * MixtureTerms.LogRatioTo(x.Value, y.Value, -difference), 0);
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
