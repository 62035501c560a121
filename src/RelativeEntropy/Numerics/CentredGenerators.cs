namespace RelativeEntropy.Numerics;

/// <summary>
/// The centred generators g, with g(1) = g'(1) = 0: their perspectives q g(p/q), their derivatives at e^x, their conjugates g* and the
/// inverses of g', in forms that lose nothing near p = q.
/// </summary>
internal static class CentredGenerators
{
    private const double Ln2 = LogRatio.Ln2;

    /// <summary>The power family: (u^a - a u - (1 - a))/(a (a - 1)), with s = a - 1 to full precision; u log u - u + 1 at a = 1, u - 1 - log u at a = 0.</summary>
    public readonly record struct Power(double A, double S)
    {
        public double Perspective(Likelihoods r)
        {
            if (A < 0.5)
                return new Power(-S, -A).Perspective(r.Exchanged);
            double tilt = S * r.Log;
            if (r.IsNear)
                return r.P * ((S == 0 ? 0 : Elementary.ExpExcess(tilt) / S) + Elementary.ExpExcess(-r.Log)) / A;
            double root = r.PreciseLog.Times(0.5 * S).Exp();
            double share = r.P / A;
            double growth = share == 0 ? 0
                : S == 0 ? share * r.Log
                : Math.Abs(tilt) < 1 ? share * (Elementary.Expm1(tilt) / S)
                : share / S * root * root - share / S;
            return growth - r.Excess / A;
        }

        /// <summary>(u^a - u)/(a - 1), not centred: the larger power is taken out.</summary>
        public double Tsallis(Likelihoods r)
        {
            return S * r.Log > 1
                ? Elementary.TimesExp(Growth(r.PreciseLog, -S), r.PreciseLog.Times(A))
                : S == 0 ? RelativeEntropy(r) : Elementary.TimesExp(Growth(r.PreciseLog, S), r.PreciseLog);
        }

        /// <summary>(u^s - 1)/s at u = e^x, which is x where s x is next to nothing.</summary>
        public static double Growth(TwoPart x, double s)
        {
            TwoPart tilt = x.Times(s);
            return s == 0 || Math.Abs(tilt.Value) < 1e-290 ? x.Value : Elementary.Expm1(tilt) / s;
        }

        public double Slope(double x) => S == 0 || Math.Abs(S * x) < 1e-290 ? x : Elementary.Expm1(S * x) / S;

        /// <summary>log u at which the slope is t.</summary>
        public double LogAtSlope(double t)
        {
            double power = S * t;
            return S == 0 ? t : power > -1 ? Elementary.Log1p(power) / S : S > 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        public double Conjugate(double t)
        {
            double x = LogAtSlope(t);
            return S < 0 && S * t < -1 ? double.PositiveInfinity : A == 0 ? x : Elementary.Expm1(A * x) / A;
        }
    }

    /// <summary>u log u, not centred.</summary>
    public static double RelativeEntropy(Likelihoods r) => double.IsNormal(r.P) ? r.P * r.Log : Elementary.TimesExp(r.Log, r.PreciseLog);

    public static double Jeffreys(Likelihoods r) => r.Excess * r.Log;

    public static double JeffreysSlope(double x) => x - Elementary.Expm1(-x);

    public static double JensenShannon(Likelihoods r) => 0.25 * (r.P + r.Q) * JensenShannonByLogRatio.Of(r.Log);

    /// <summary>log(2u/(1 + u))/2.</summary>
    public static double JensenShannonSlope(double x) =>
        0.5 * (x < 0 ? x - Elementary.Log1p(0.5 * Elementary.Expm1(x)) : -Elementary.Log1p(0.5 * Elementary.Expm1(-x)));

    public static double JensenShannonConjugate(double t) =>
        2 * t > Ln2 ? double.PositiveInfinity : -0.5 * Elementary.Log1p(-Elementary.Expm1(2 * t));

    public static double JensenShannonInverse(double t) =>
        2 * t >= Ln2 ? double.PositiveInfinity : Elementary.Exp(2 * t) / (1 - Elementary.Expm1(2 * t));

    /// <summary>u log u - (u + 1) log(u + 1) + log 4, not centred; at q = 1.</summary>
    public static double Gan(Likelihoods r) => Math.Abs(r.Log) < Ln2 ? 2 * JensenShannon(r) - Ln2 * r.Excess : GanAtFar(r.Log);

    /// <summary>u f(1/u) for the f of <see cref="Gan"/>.</summary>
    public static double DualOfGan(Likelihoods r) =>
        Math.Abs(r.Log) < Ln2 ? 2 * JensenShannon(r) + Ln2 * r.Excess : Elementary.TimesExp(GanAtFar(-r.Log), r.PreciseLog);

    // With v = e^-|x|: u log(1 + 1/u) is log(1 + v)/v above 1, and u log(1 + u) - u x below.
    private static double GanAtFar(double x)
    {
        double v = Elementary.Exp(-Math.Abs(x)), growth = Elementary.Log1p(v);
        return x > 0 ? 2 * Ln2 - (v < 1e-17 ? 1 : growth / v) - growth - x : 2 * Ln2 - (1 + v) * growth + v * x;
    }

    public static double TotalVariation(Likelihoods r) => 0.5 * Math.Abs(r.Excess);

    public static double TotalVariationSlope(double x) => double.IsNaN(x) ? x : 0.5 * Math.Sign(x);

    public static double TotalVariationConjugate(double t) => t > 0.5 ? double.PositiveInfinity : t < -0.5 ? -0.5 : t;

    public static double TotalVariationInverse(double t) => t > 0.5 ? double.PositiveInfinity : t < -0.5 ? 0 : double.IsNaN(t) ? t : 1;

    public static double SquaredHellinger(Likelihoods r)
    {
        double root = r.Excess / (Math.Sqrt(r.P) + Math.Sqrt(r.Q));
        return 0.5 * root * root;
    }

    public static double SquaredHellingerSlope(double x) => -0.5 * Elementary.Expm1(-0.5 * x);

    public static double SquaredHellingerConjugate(double t) =>
        t < -1 ? 1 / (1 / t - 2) : t < 0.5 ? t / (1 - 2 * t) : double.IsNaN(t) ? t : double.PositiveInfinity;

    public static double SquaredHellingerInverse(double t) => t < 0.5 ? 1 / ((1 - 2 * t) * (1 - 2 * t)) : double.IsNaN(t) ? t : double.PositiveInfinity;

    // The square first where it is in range: it may still be, where its root over q is not.
    public static double Pearson(Likelihoods r) =>
        Math.Abs(r.Excess) is > 1e-150 and < 1e150 ? r.Excess * r.Excess / r.Q : r.Excess * (r.Excess / r.Q);

    public static double PearsonSlope(double x) => 2 * Elementary.Expm1(x);

    public static double PearsonConjugate(double t) => t < -2 ? -1 : t * (1 + 0.25 * t);

    public static double PearsonInverse(double t) => t < -2 ? 0 : 1 + 0.5 * t;

    public static double NeymanSlope(double x) => -Elementary.Expm1(-2 * x);

    public static double NeymanConjugate(double t) => t > 1 ? double.PositiveInfinity : 2 * (t / (1 + Math.Sqrt(1 - t)));

    public static double NeymanInverse(double t) => t > 1 ? double.PositiveInfinity : 1 / Math.Sqrt(1 - t);

    public static double Triangular(Likelihoods r) => r.Excess * (r.Excess / (r.P + r.Q));

    /// <summary>1 - 4/(u + 1)^2 = s (2 - s) with s = (u - 1)/(u + 1).</summary>
    public static double TriangularSlope(double x)
    {
        double growth = Elementary.Expm1(-Math.Abs(x)), s = -Math.Sign(x) * growth / (2 + growth);
        return s * (2 - s);
    }

    public static double TriangularConjugate(double t)
    {
        double root = Math.Sqrt(1 - t);
        return t > 1 ? double.PositiveInfinity : t < -3 ? -1 : t * (3 - root) / (1 + root);
    }

    public static double TriangularInverse(double t) => t > 1 ? double.PositiveInfinity : t < -3 ? 0 : 2 / Math.Sqrt(1 - t) - 1;

    public static double ArithmeticGeometric(Likelihoods r) => 0.5 * (r.P + r.Q) * LogCosh(0.5 * r.Log);

    public static double ArithmeticGeometricSlope(double x) =>
        double.IsNegativeInfinity(x) ? x
        : x < -Elementary.LargestExponent ? 0.5 * LogCosh(0.5 * x) + 0.25 - Elementary.TimesExp(0.25, -x)
        : 0.5 * LogCosh(0.5 * x) - 0.25 * Elementary.Expm1(-x);

    private static double LogCosh(double x)
    {
        x = Math.Abs(x);
        if (!(x < 1))
            return x - Ln2 + Elementary.Log1p(Elementary.Exp(-2 * x));
        double growth = Elementary.Expm1(x), sinh = 0.5 * (growth + growth / (1 + growth));
        return 0.5 * Elementary.Log1p(sinh * sinh);
    }
}
