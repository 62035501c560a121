namespace RelativeEntropy.Numerics;

/// <summary>The regularised incomplete gamma function, and the tail of the chi-squared distribution that it is.</summary>
/// <remarks>
/// The front x^a e^-x / Gamma(a + 1) is e to the minus of a log(a/x) - a + x, which does not cancel, over sqrt(2 pi a) e^mu(a) with
/// Binet's mu; from there a series below a + 1 and a continued fraction above. Source: Press et al. (2007), section 6.2; DiDonato and
/// Morris (1986).
/// </remarks>
internal static class IncompleteGamma
{
    private const double TwoPi = 6.283185307179586;
    private const double Settled = 2.220446049250313e-16;

    // Instead of zero in Lentz's method.
    private const double Least = 1e-300;

    /// <summary>The probability that a chi-squared variable exceeds a value: Q(degrees/2, value/2).</summary>
    public static double ChiSquaredTail(int degreesOfFreedom, double value) => Upper(0.5 * degreesOfFreedom, 0.5 * value);

    /// <summary>Q(a, x) for a of at least 1/2 and x of at least 0: relative error below 1e-13.</summary>
    public static double Upper(double a, double x) =>
        double.IsNaN(a + x) ? double.NaN
        : x == 0 ? 1
        : double.IsPositiveInfinity(x) ? 0
        : x < a + 1 ? 1 - Front(a, x) * Series(a, x)
        : Front(a, x) * a * Fraction(a, x);

    /// <summary>x^a e^-x / Gamma(a + 1).</summary>
    private static double Front(double a, double x)
    {
        double atMode = a >= GammaFunction.StirlingFrom
            ? Elementary.Exp(-GammaFunction.Binet(a)) / Math.Sqrt(TwoPi * a)
            : Elementary.Exp(a * (Elementary.Log(a) - 1) - GammaFunction.Log(a + 1));
        // Near the mode the two parts of the exponent cancel; far from it both are kept in two doubles.
        return atMode * (Math.Abs(x - a) <= 0.5 * a
            ? Elementary.Exp(-Terms.KullbackLeibler(a, x))
            : Elementary.Exp(LogRatio.Precise(x, a).Times(a).Minus(TwoPart.Difference(x, a))));
    }

    /// <summary>1 + x/(a + 1) + x^2/((a + 1)(a + 2)) + ...</summary>
    private static double Series(double a, double x)
    {
        CompensatedSum sum = default;
        double term = 1;
        for (double n = 1; term > Settled * sum.Parts.Value; n++)
        {
            sum.Add(term);
            term *= x / (a + n);
        }

        return sum.Value;
    }

    /// <summary>1/(x + 1 - a - 1(1 - a)/(x + 3 - a - 2(2 - a)/(x + 5 - a - ...))), by Lentz's method.</summary>
    private static double Fraction(double a, double x)
    {
        double b = x + 1 - a, c = 1 / Least, d = 1 / b, fraction = d, factor = 0;
        for (double n = 1; Math.Abs(factor - 1) > Settled; n++)
        {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / Away(numerator * d + b);
            c = Away(b + numerator / c);
            factor = c * d;
            fraction *= factor;
        }

        return fraction;
    }

    private static double Away(double x) => Math.Abs(x) < Least ? Least : x;
}
