namespace RelativeEntropy.Numerics;

/// <summary>
/// The elementary functions of which .NET has no accurate form (its LogP1 and ExpM1 form 1 + x and e^x first).
/// Each is total: NaN gives NaN, and the ends of the range give their limits.
/// </summary>
internal static class Elementary
{
    /// <summary>log(1 + x); error below 2 units in the last place.</summary>
    public static double Log1p(double x)
    {
        if (x is > -1.0 / 3 and < 0.5)
        {
            double s = x / (2 + x), square = s * s;
            return Math.FusedMultiplyAdd(s * square, LogRatio.Series(square), 2 * s);
        }

        if (!(x > -1) || double.IsPositiveInfinity(x))
            return x == -1 ? double.NegativeInfinity : x > 0 ? x : double.NaN;

        (double sum, double tail) = OnePlus(x);
        return LogRatio.Of(sum, 1) + tail / sum;
    }

    /// <summary>x - log(1 + x), never negative; error below 4 units in the last place.</summary>
    public static double XMinusLog1p(double x)
    {
        if (x is > -1.0 / 3 and < 0.5)
        {
            double s = x / (2 + x), square = s * s;
            return s * Math.FusedMultiplyAdd(-square, LogRatio.Series(square), x);
        }

        if (!(x > -1) || double.IsPositiveInfinity(x))
            return x == -1 || x > 0 ? double.PositiveInfinity : double.NaN;

        (double sum, double tail) = OnePlus(x);
        return LogRatio.Excess(1, sum) + tail * (x / sum);
    }

    /// <summary>e^x - 1; error below 2 units in the last place.</summary>
    public static double Expm1(double x) => Math.Abs(x) < 1 ? x + ExpExcess(x) : Math.Exp(x) - 1;

    /// <summary>e^x - 1 - x, never negative; error below 4 units in the last place.</summary>
    public static double ExpExcess(double x)
    {
        if (!(Math.Abs(x) < 1))
            return double.IsPositiveInfinity(x) ? x : Math.Exp(x) - 1 - x;

        // sum of x^k / k! over k = 2..20; the first term left out is below 2^-64 of the sum on |x| < 1.
        double sum = 1.0 / 2432902008176640000;
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 121645100408832000);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 6402373705728000);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 355687428096000);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 20922789888000);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 1307674368000);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 87178291200);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 6227020800);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 479001600);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 39916800);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 3628800);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 362880);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 40320);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 5040);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 720);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 120);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 24);
        sum = Math.FusedMultiplyAdd(sum, x, 1.0 / 6);
        sum = Math.FusedMultiplyAdd(sum, x, 0.5);
        return x * x * sum;
    }

    /// <summary>log(1 - e^x) for x below 0 (Maechler 2012).</summary>
    public static double LogOfOneLessExp(double x) => x > -LogRatio.Ln2 ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));

    private static (double Sum, double Tail) OnePlus(double x)
    {
        double sum = 1 + x;
        double virtualX = sum - 1;
        return (sum, (1 - (sum - virtualX)) + (x - virtualX));
    }
}
