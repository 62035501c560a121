namespace RelativeEntropy.Numerics;

/// <summary>
/// log Gamma, its derivative, and the Bregman remainders f(a) - f(b) - f'(b) (a - b) of its parts, none of which cancel where a is near b.
/// </summary>
/// <remarks>
/// With log Gamma(x) = x log x - x - log(x)/2 + log(2 pi)/2 + mu(x), each part is convex: the remainder of x log x - x is
/// a log(a/b) - a + b, that of -log x is a/b - 1 - log(a/b), and Binet's mu has the series of Stirling, sum over odd m of c_m x^-m, with
/// a^-m - b^-m + m b^(-m-1) (a - b) = (d/b) (d/a) b^-m (m + (m - 1) v + ... + v^(m-1)), d = a - b, v = b/a.
/// The functional equation Gamma(x + 1) = x Gamma(x) carries small arguments to where the series holds; its remainders are those of -log(x + k).
/// Every remainder takes d beside a and b: the caller knows it better than a - b tells. Source: Whittaker and Watson (1927), chapter 12.
/// </remarks>
internal static class GammaFunction
{
    /// <summary>From here on six terms of Stirling's series give mu and its remainders to full precision.</summary>
    public const double StirlingFrom = 16;

    private const double EulerGamma = 0.57721566490153286;
    private const double OneLessEulerGamma = 0.42278433509846714;

    /// <summary>(log(2 pi) - 1)/2.</summary>
    private const double HalfLogTwoPiLessHalf = 0.41893853320467274;

    /// <summary>c_m = B_(m+1)/(m (m + 1)) for m = 1, 3, ..., 11, with the Bernoulli numbers B.</summary>
    public static ReadOnlySpan<double> Stirling => [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360];

    /// <summary>log Gamma(x) for x at least 0; relative error below 1e-14, also at its zeros 1 and 2.</summary>
    public static double Log(double x)
    {
        if (x < 0.5)
            return LogOfOnePlus(x) - Elementary.Log(x);
        if (x <= 1.5)
            return LogOfOnePlus(x - 1);
        if (x < StirlingFrom)
        {
            double product = 1;
            while (x > 2.5)
                product *= --x;
            return Elementary.Log(product) + (OneLessEulerGamma * (x - 2) + Remainder(x, 2, x - 2));
        }

        return double.IsPositiveInfinity(x) ? x : (x - 0.5) * (Elementary.Log(x) - 1) + (HalfLogTwoPiLessHalf + Binet(x));
    }

    /// <summary>psi(x), the derivative of log Gamma, for positive x; error below 1e-14 of max(|psi(x)|, 1).</summary>
    public static double Digamma(double x)
    {
        CompensatedSum shifts = default;
        for (; x < StirlingFrom; x++)
            shifts.Add(1 / x);
        double square = 1 / (x * x), sum = 0;
        for (int j = Stirling.Length - 1; j >= 0; j--)
            sum = square * ((2 * j + 1) * Stirling[j] + sum);
        return Elementary.Log(x) - 0.5 / x - sum - shifts.Value;
    }

    /// <summary>log(Gamma(a + n)/Gamma(a)) for n at least 0: the logarithm of a (a + 1) ... (a + n - 1) where n is whole.</summary>
    public static double LogRising(double a, double n) =>
        n == 0 ? n + 0 * a
        : a < 2 ? Log(a + n) - Log(a)
        : n * Digamma(a) + Remainder(a + n, a, n);

    /// <summary>log Gamma(a) - log Gamma(b) - psi(b) (a - b), a sum of non-negative terms.</summary>
    public static double Remainder(double a, double b, double d)
    {
        int shift = Shift(Math.Min(a, b));
        CompensatedSum sum = default;
        for (int k = 0; k < shift; k++)
            sum.Add(OfLog(a + k, b + k, d));
        a += shift;
        b += shift;
        sum.Add(OfEntropy(a, b, d));
        sum.Add(0.5 * OfLog(a, b, d));
        sum.Add(OfStirling(a, b, d));
        return sum.Value;
    }

    /// <summary>The remainder of mu. Its error is relative to (a log(a/b) - a + b) + (a/b - 1 - log(a/b))/2, beside which it stands wherever it is used.</summary>
    public static double OfBinet(double a, double b, double d)
    {
        int shift = Shift(Math.Min(a, b));
        if (shift == 0)
            return OfStirling(a, b, d);
        double shiftedA = a + shift, shiftedB = b + shift;
        CompensatedSum sum = default;
        sum.Add(0.5 * OfLog(a, b, d));
        for (int k = 1; k < shift; k++)
            sum.Add(OfLog(a + k, b + k, d));
        sum.Add(0.5 * OfLog(shiftedA, shiftedB, d));
        if (Math.Abs(d) > 4 * Math.Min(a, b))
        {
            // What the two remainders below have in common is larger here than their difference.
            sum.Add(shift * LogRatio.Of(shiftedA, shiftedB));
            sum.Add(a * LogOfShifted(a, shift));
            sum.Add(-a * LogOfShifted(b, shift));
        }
        else
        {
            sum.Add(OfEntropy(shiftedA, shiftedB, d));
            sum.Add(-OfEntropy(a, b, d));
        }

        sum.Add(OfStirling(shiftedA, shiftedB, d));
        return sum.Value;
    }

    /// <summary>The remainder of -log x: a/b - 1 - log(a/b).</summary>
    public static double OfLog(double a, double b, double d) =>
        Math.Abs(d) > 0.5 * b ? LogRatio.ItakuraSaito(a, b) : Elementary.XMinusLog1p(d / b);

    /// <summary>The remainder of x log x - x: a log(a/b) - a + b.</summary>
    public static double OfEntropy(double a, double b, double d) =>
        Math.Abs(d) > 0.5 * a ? Terms.KullbackLeibler(a, b) : a * Elementary.XMinusLog1p(-d / a);

    /// <summary>How often 1 must be added before the series holds.</summary>
    public static int Shift(double x) => x < StirlingFrom ? (int)Math.Ceiling(StirlingFrom - x) : 0;

    /// <summary>Binet's mu by Stirling's series, for x of at least <see cref="StirlingFrom"/>.</summary>
    public static double Binet(double x)
    {
        double square = 1 / (x * x), sum = 0;
        for (int j = Stirling.Length - 1; j >= 0; j--)
            sum = Stirling[j] + square * sum;
        return sum / x;
    }

    /// <summary>log Gamma(1 + x).</summary>
    private static double LogOfOnePlus(double x) => Remainder(1 + x, 1, x) - EulerGamma * x;

    /// <summary>log((x + n)/x).</summary>
    private static double LogOfShifted(double x, int n) => x < 1 ? LogRatio.Of(x + n, x) : Elementary.Log1p(n / x);

    // (d/b)(d/a) b^-m (m + (m - 1) v + ... + v^(m-1)); where v > 1, (d/b)^2 a^-m (1 + 2/v + ... + m/v^(m-1)), the same without overflow.
    private static double OfStirling(double a, double b, double d)
    {
        bool isRising = a >= b;
        double ratio = isRising ? b / a : a / b, smaller = isRising ? b : a;
        double scale = d / b * (isRising ? d / a : d / b), power = 1, ones = 0, weight = 0, sum = 0;
        for (int m = 1; m < 2 * Stirling.Length; m++)
        {
            ones += power;
            weight += isRising ? ones : m * power;
            power *= ratio;
            scale /= smaller;
            if (m % 2 == 1)
                sum += Stirling[m / 2] * scale * weight;
        }

        return sum;
    }
}
