namespace RelativeEntropy.Numerics;

/// <summary>
/// A Rényi order as the closed forms of normals need it: alpha at least 1/2 and beta = 1 - alpha, since
/// (1 - a) D_a(P || Q) = a D_(1-a)(Q || P) (van Erven and Harremoës 2014) takes the smaller orders to the larger.
/// </summary>
internal readonly record struct RenyiOrder(double Alpha, double Beta, double Factor, bool IsSwapped)
{
    public static RenyiOrder Of(double order) =>
        order < 0.5 ? new(1 - order, order, order / (1 - order), true) : new(order, 1 - order, 1, false);
}

/// <summary>The parts of Rényi divergences between normals, in u = v0/v1 - 1 and z^2 = (m0 - m1)^2 / v1.</summary>
/// <remarks>
/// Twice the divergence of order alpha is log(1 + beta u)/beta - log(1 + u) + alpha z^2 / (1 + beta u), +infinity
/// unless 1 + beta u is positive (Gil, Alajaji and Linder 2013). With X(x) = x - log(1 + x) the first part is
/// X(u) - X(beta u)/beta: for beta at most 1/2 neither form cancels where it is used.
/// </remarks>
internal static class RenyiTerms
{
    /// <summary>Twice the divergence of normals with standard deviations s0 and s1, up to the order's factor.</summary>
    public static double OfScales(double m0, double s0, double m1, double s1, RenyiOrder order)
    {
        if (order.IsSwapped)
            (m0, s0, m1, s1) = (m1, s1, m0, s0);
        double u = NormalTerms.SquaredRatioLessOne(s0, s1);
        double logRatio = 2 * LogRatio.Of(s0, s1);
        double z = NormalTerms.StandardisedDifference(m0, m1, s1);
        double root = double.IsPositiveInfinity(u) ? s0 / s1 * Math.Sqrt(order.Beta / order.Alpha) : Math.Sqrt(Share(u, order));
        z = double.IsInfinity(z) || double.IsInfinity(root) ? NormalTerms.StandardisedDifference(m0, m1, s1 * root) : z / root;
        return Twice(u, logRatio, z * z, order);
    }

    /// <summary>Twice the divergence of normals with variances v0 and v1, up to the order's factor.</summary>
    public static double OfVariances(double m0, double v0, double m1, double v1, RenyiOrder order)
    {
        if (order.IsSwapped)
            (m0, v0, m1, v1) = (m1, v1, m0, v0);
        double u = (v0 - v1) / v1;
        double location = NormalTerms.SquaredDifference(m0, m1, v1) / Share(u, order);
        if (!double.IsFinite(location))
            location = NormalTerms.SquaredDifference(m0, m1, v1 + order.Beta / order.Alpha * v0);
        return Twice(u, LogRatio.Of(v0, v1), location, order);
    }

    /// <summary>log(1 + beta u)/beta - log(1 + u), for beta negative or in (0, 1/2]; +infinity unless 1 + beta u is positive.</summary>
    public static double Spread(double u, double logRatio, double beta)
    {
        if (beta == 0)
            return Excess(u, logRatio);
        if (beta < 0)
        {
            double scaled = beta * u;
            return scaled <= -1 ? double.PositiveInfinity : Excess(u, logRatio) - Elementary.XMinusLog1p(scaled) / beta;
        }

        if (Math.Abs(u) <= 0.5)
            return Elementary.XMinusLog1p(u) - Elementary.XMinusLog1p(beta * u) / beta;
        return (double.IsInfinity(u) ? Elementary.Log(beta) + logRatio : Elementary.Log1p(beta * u)) / beta - logRatio;
    }

    /// <summary>Twice the limit of order +infinity: the largest log ratio of the densities.</summary>
    public static double Largest(double u, double logRatio, double squaredDifference) =>
        u < 0 ? squaredDifference / -u - logRatio
        : u == 0 && squaredDifference == 0 ? 0
        : double.IsNaN(u + squaredDifference) ? double.NaN
        : double.PositiveInfinity;

    private static double Twice(double u, double logRatio, double location, RenyiOrder order)
    {
        double spread = Spread(u, logRatio, order.Beta);
        return double.IsPositiveInfinity(spread) && !double.IsNaN(u) ? spread : spread + location;
    }

    private static double Share(double u, RenyiOrder order) => Math.FusedMultiplyAdd(order.Beta, u, 1) / order.Alpha;

    /// <summary>X(u), given log(1 + u).</summary>
    public static double Excess(double u, double logRatio) => Math.Abs(u) <= 0.5 ? Elementary.XMinusLog1p(u) : u - logRatio;
}

/// <summary>The geometric Jensen-Shannon divergence of normals (Nielsen 2019), in the same u and z^2.</summary>
internal static class GeometricJensenShannonTerms
{
    /// <summary>
    /// Twice a KL(0 || G) + b KL(1 || G) for the normalised G = N0^a N1^b, with b = 1 - a at most 1/2:
    /// b times X(t) + X(b u)/b - b u^2/(1 + u) + a z^2 (b (1 + u) + a/(1 + u)) / (1 + b u), for t = -u/(1 + u) = v1/v0 - 1.
    /// </summary>
    public static double Twice(double u, double ratio, double logRatio, double squaredDifference, double b)
    {
        double a = 1 - b;
        if (b == 0)
            return double.IsNaN(u + squaredDifference) ? double.NaN : 0;
        double location = squaredDifference == 0 ? 0
            : ratio > 1 ? squaredDifference * ((b + a / ratio / ratio) / (b + a / ratio)) : squaredDifference * ((b * ratio + a / ratio) / (a + b * ratio));
        double t = -u / ratio;
        if (double.IsPositiveInfinity(u) || double.IsPositiveInfinity(t))
            return double.IsNaN(squaredDifference) ? double.NaN : double.PositiveInfinity;
        return b * (RenyiTerms.Excess(t, -logRatio) + Elementary.XMinusLog1p(b * u) / b + b * u * t + a * location);
    }
}
