namespace RelativeEntropy.Numerics;

/// <summary>
/// KL between distributions whose log-partition is made of log Gamma: each a sum of non-negative terms, or one in which what cancels is small
/// beside the rest. All arguments positive and finite, or NaN, which gives NaN. Relative error below 2e-14 for parameters from 1e-10 to 1e10, and 1e-13
/// from 1e-100 to 1e100; +infinity may mean that the computation overflowed.
/// </summary>
internal static class GammaFamily
{
    /// <summary>KL(Gamma(shape0, rate0) || Gamma(shape1, rate1)).</summary>
    /// <remarks>
    /// In the mean m = a/r and the shape a, which are orthogonal parameters: a1 (m0/m1 - 1 - log(m0/m1)) + B(a1, a0), where B is the Bregman remainder
    /// of log Gamma(x) - x log x + x. Both are non-negative; m0/m1 - 1 = (a0 r1 - a1 r0)/(a1 r0) comes from an exact difference of products.
    /// </remarks>
    public static double Gamma(double shape0, double rate0, double shape1, double rate1)
    {
        // Powers of two: the products of what is left neither over- nor underflow.
        int rate = Exponent(rate0), shape = Exponent(shape1);
        double r0 = Math.ScaleB(rate0, -rate), r1 = Math.ScaleB(rate1, -rate), a1 = Math.ScaleB(shape1, -shape), a0 = Math.ScaleB(shape0, -shape);
        double mean0 = a0 * r1, mean1 = a1 * r0, d = shape1 - shape0;
        double location = shape1 * GammaFunction.OfLog(mean0, mean1, DifferenceOfProducts(a0, r1, a1, r0));
        double form = 0.5 * GammaFunction.OfLog(shape1, shape0, d) + GammaFunction.OfBinet(shape1, shape0, d);
        return Covariance.Resolve(location + form, double.IsNaN(shape0 + rate0 + shape1 + rate1));
    }

    /// <summary>KL(NormalGamma(mean0, count0, shape0, rate0) || NormalGamma(mean1, ...)): the precision is Gamma, the mean given it N(mean, 1/(count precision)).</summary>
    public static double NormalGamma(
        double mean0, double count0, double shape0, double rate0, double mean1, double count1, double shape1, double rate1)
    {
        double difference = mean0 - mean1, square = difference == 0 ? 0 : difference * (count1 * (shape0 / rate0)) * difference;
        double location = 0.5 * (GammaFunction.OfLog(count1, count0, count1 - count0) + square);
        return Covariance.Resolve(location, double.IsNaN(difference + count0 + count1 + shape0 + rate0)) + Gamma(shape0, rate0, shape1, rate1);
    }

    /// <summary>KL(Beta(a0, b0) || Beta(a1, b1)).</summary>
    public static double Beta(double a0, double b0, double a1, double b1) => Beta(new(a0, a1, a1 - a0), new(b0, b1, b1 - b0));

    /// <summary>KL(Dirichlet(concentration0) || Dirichlet(concentration1)), by the chain rule over the sticks of which a Dirichlet is made (Connor and Mosimann 1969).</summary>
    public static double Dirichlet(ReadOnlySpan<double> concentration0, ReadOnlySpan<double> concentration1)
    {
        CompensatedSum value = default, rest0 = default, rest1 = default, step = default;
        for (int i = concentration0.Length - 1; i >= 0; i--)
        {
            Change change = new(concentration0[i], concentration1[i], concentration1[i] - concentration0[i]);
            if (i < concentration0.Length - 1)
                value.Add(Beta(change, new(rest0.Value, rest1.Value, step.Value)));
            rest0.Add(change.From);
            rest1.Add(change.To);
            step.Add(TwoPart.Difference(change.To, change.From));
        }

        return value.Value;
    }

    /// <summary>
    /// The Bregman remainder of log Gamma(x) + log Gamma(y) - log Gamma(x + y) at a change of x and y: the KL of two Betas.
    /// </summary>
    /// <remarks>
    /// y, the larger, is first carried to M + y at 16 or above: B(x, y) = B(x, y + 1) (x + y)/y costs the remainder of log((x + y + k)/(y + k)) per step.
    /// Then with S = x + Y the parts of log Gamma give, by the chain rules of their own divergences,
    /// S1 KL(p1 || p0) + KL(p0 || p1)/2 + (x0/S0 IS(Y1/Y0) + Y0/S0 IS(x1/x0))/2 + B_mu(x) + (B_mu(Y) - B_mu(S)),
    /// where p = (x, Y)/S, IS(r) = r - 1 - log r and B_mu is the remainder of Binet's mu. So a change of y costs about x, as it should,
    /// where x is next to nothing: no two large numbers are subtracted.
    /// </remarks>
    private static double Beta(Change x, Change y)
    {
        if (x.From + x.To > y.From + y.To)
            (x, y) = (y, x);
        int shift = GammaFunction.Shift(Math.Min(y.From, y.To));
        CompensatedSum sum = default;
        for (int k = 0; k < shift; k++)
            sum.Add(OfLogOfTotalOver(x, y.Plus(k)));

        y = y.Plus(shift);
        Change total = Total(x, y);
        double exchange = Exchange(x, y, total);
        Change share = new(x.From / total.From, x.To / total.To, -exchange), rest = new(y.From / total.From, y.To / total.To, exchange);
        sum.Add(total.To * (share.OfEntropy + rest.OfEntropy));
        sum.Add(0.5 * (share.Reversed.OfEntropy + rest.Reversed.OfEntropy));
        sum.Add(0.5 * (share.From * y.OfLog));
        sum.Add(0.5 * (rest.From * x.OfLog));
        sum.Add(GammaFunction.OfBinet(x.To, x.From, x.Step));
        sum.Add(OfStirlingLessTotal(x, y));
        return Covariance.Resolve(sum.Value, double.IsNaN(x.From + x.To + y.From + y.To));
    }

    /// <summary>The remainder of log((x + y)/y): IS(y1/y0) - IS(s1/s0) = q - log(1 + q) + q w, with 1 + w = s1/s0 and 1 + q = (y1/y0)/(s1/s0).</summary>
    private static double OfLogOfTotalOver(Change x, Change y)
    {
        Change total = Total(x, y);
        double q = Exchange(x, y, total) * (total.From / y.From);
        return Math.Abs(q) <= 0.25 ? Elementary.XMinusLog1p(q) + q * (total.Step / total.From) : y.OfLog - total.OfLog;
    }

    /// <summary>B_mu(Y) - B_mu(S) by Stirling's series, Y at least 16: with every term of B_mu(Y) its share in the difference, by a logarithm of its ratio to that of S.</summary>
    private static double OfStirlingLessTotal(Change x, Change y)
    {
        const int Highest = 11;
        Span<double> powersFrom = stackalloc double[Highest + 1], powersTo = stackalloc double[Highest + 1];
        (powersFrom[0], powersTo[0]) = (1, 1);
        for (int n = 1; n <= Highest; n++)
            (powersFrom[n], powersTo[n]) = (powersFrom[n - 1] / y.From, powersTo[n - 1] / y.To);

        double logFrom = Elementary.Log1p(x.From / y.From), logTo = Elementary.Log1p(x.To / y.To);
        double own = y.Step / y.From * (y.Step / y.To), other = x.Step / y.From * ((x.Step + 2 * y.Step) / y.To), sum = 0;
        for (int m = 1; m <= Highest; m += 2)
        {
            double terms = 0;
            for (int j = 1; j <= m; j++)
            {
                double less = -Elementary.Expm1(-((m + 2 - j) * logFrom + j * logTo));
                terms += (m - j + 1) * powersFrom[m + 1 - j] * powersTo[j - 1] * (own * less - other * (1 - less));
            }

            sum += GammaFunction.Stirling[m / 2] * terms;
        }

        return sum;
    }

    /// <summary>(y1 x0 - x1 y0)/(s0 s1), the change of y's share in the total s; from the steps where they are small.</summary>
    private static double Exchange(Change x, Change y, Change total)
    {
        int from = Exponent(total.From), to = Exponent(total.To);
        bool isNear = x.IsNear && y.IsNear;
        double difference = DifferenceOfProducts(
            Math.ScaleB(isNear ? y.Step : y.To, -to), Math.ScaleB(x.From, -from), Math.ScaleB(isNear ? x.Step : x.To, -to), Math.ScaleB(y.From, -from));
        return difference / Math.ScaleB(total.From, -from) / Math.ScaleB(total.To, -to);
    }

    private static Change Total(Change x, Change y) => new(x.From + y.From, x.To + y.To, x.Step + y.Step);

    /// <summary>a b - c d to a unit and a half in the last place (Kahan; Jeannerod, Louvet and Muller 2013).</summary>
    private static double DifferenceOfProducts(double a, double b, double c, double d)
    {
        double product = c * d, rounding = Math.FusedMultiplyAdd(-c, d, product);
        return Math.FusedMultiplyAdd(a, b, -product) + rounding;
    }

    private static int Exponent(double x) => double.IsFinite(x) && x != 0 ? Math.ILogB(x) : 0;

    /// <summary>A parameter of the first distribution, the same of the second, and their difference.</summary>
    private readonly record struct Change(double From, double To, double Step)
    {
        public bool IsNear => Math.Abs(Step) <= 0.5 * From;

        public double OfLog => GammaFunction.OfLog(To, From, Step);

        public double OfEntropy => GammaFunction.OfEntropy(To, From, Step);

        public Change Reversed => new(To, From, -Step);

        public Change Plus(double shift) => new(From + shift, To + shift, Step);
    }
}
