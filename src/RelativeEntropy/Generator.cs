using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// The generator of an f-divergence: a convex f on [0, +infinity) with f(1) = 0, its derivative, its convex conjugate and its limits.
/// D_f(p || q) = sum over i of q_i f(p_i/q_i).
/// </summary>
/// <remarks>
/// <para>A member of the family is a value of this one type: <see cref="Catalogue"/> holds the named ones, <see cref="Alpha"/> and <see cref="Tsallis"/> the families,
/// <see cref="Create"/> makes any other. Scales are those of <see cref="Divergence"/>, so that D_f is the divergence of the same name.</para>
/// <para>f and f + c (u - 1) have one divergence. The catalogue keeps the f that the literature writes; <see cref="Centred"/> is the one
/// of them that touches zero at u = 1 and is nowhere negative.</para>
/// <para>The conjugate is f*(t) = sup over u at least 0 of u t - f(u): below the range of f' it is -f(0), a tighter value than the formulas which
/// Nowozin, Cseke and Tomioka (2016) continue there.</para>
/// <para>Sources: Csiszar (1963); Ali and Silvey (1966); Liese and Vajda (2006).</para>
/// </remarks>
public sealed class Generator
{
    private readonly Func<Likelihoods, double> _perspective;
    private readonly Func<double, double> _slope;
    private readonly Func<double, double>? _conjugate;
    private readonly Func<double, double>? _inverse;
    private readonly double _slopeAtOne;
    private readonly double _centredAtZero;
    private readonly double _centredSlopeAtInfinity;
    private Generator? _dual;
    private Func<Generator>? _exchange;

    // What the literature's f has that the centred one has not: digits where the two differ most.
    private Func<Likelihoods, double>? _ownValue;
    private Func<double, double>? _ownConjugate;
    private Func<double, double>? _ownSlope;
    private Func<double, double>? _ownInverse;

    private Generator(
        string name, string citation,
        Func<Likelihoods, double> perspective, Func<double, double> slope, Func<double, double>? conjugate, Func<double, double>? inverse,
        double centredAtZero, double centredSlopeAtInfinity, double curvatureAtOne, double slopeAtOne = 0)
    {
        (Name, Citation, CurvatureAtOne) = (name, citation, curvatureAtOne);
        (_perspective, _slope, _conjugate, _inverse) = (perspective, slope, conjugate, inverse);
        (_centredAtZero, _centredSlopeAtInfinity, _slopeAtOne) = (centredAtZero, centredSlopeAtInfinity, slopeAtOne);
    }

    /// <summary>What the divergence is called.</summary>
    public string Name { get; }

    /// <summary>Who wrote it down, and the formula of f.</summary>
    public string Citation { get; }

    /// <summary>f(0), the limit at 0 from above: what an outcome impossible under p costs per unit of q. In (-infinity, +infinity].</summary>
    public double ValueAtZero => _centredAtZero - _slopeAtOne;

    /// <summary>The limit of f(u)/u, which is that of f'(u): what an outcome impossible under q costs per unit of p. In (-infinity, +infinity].</summary>
    public double SlopeAtInfinity => _centredSlopeAtInfinity + _slopeAtOne;

    /// <summary>f''(1): D_f is f''(1)/2 times chi-squared where p is near q. +infinity where f has a corner at 1.</summary>
    public double CurvatureAtOne { get; }

    /// <summary>f'(1); zero for a centred generator.</summary>
    public double SlopeAtOne => _slopeAtOne;

    /// <summary>f(u).</summary>
    /// <param name="u">A likelihood ratio p/q, in [0, +infinity).</param>
    /// <returns>In (-infinity, +infinity]: +infinity for u below 0; NaN at NaN. At +infinity the limit, in [-infinity, +infinity]; of a
    /// user-defined generator whose <see cref="SlopeAtInfinity"/> is 0, what its function gives there, and NaN for its dual.
    /// Relative error at most 1e-13, but where f crosses zero away from 1.</returns>
    public double Value(double u) => u switch
    {
        < 0 => double.PositiveInfinity,
        0 => ValueAtZero,
        double.PositiveInfinity or double.NaN => ValueAtLog(u),
        _ when _ownValue is not null => _ownValue(Likelihoods.Of(u, 1)),
        > 1e280 => Math.ScaleB(_perspective(Likelihoods.Of(Math.ScaleB(u, -64), Math.ScaleB(1, -64))), 64),
        _ => _perspective(Likelihoods.Of(u, 1)),
    };

    /// <summary>f'(u); 0 in the middle of the corner of the total variation.</summary>
    /// <param name="u">A likelihood ratio p/q, in [0, +infinity]; at the ends the limits are taken.</param>
    /// <returns>In [-infinity, +infinity], non-decreasing; NaN at NaN and below 0. Of the dual of a user-defined generator
    /// whose slope at infinity is finite, NaN too at 0 and where 1/u is no double: the limit is not known. Error at most 2.4e-13 of |f'(u)|
    /// + |f'(1)|, and of |f'(u)| alone where the slope at infinity is 0, for the catalogue and the families.</returns>
    public double Derivative(double u) => u switch
    {
        < 0 or double.NaN => double.NaN,
        0 => _slope(double.NegativeInfinity) + _slopeAtOne,
        double.PositiveInfinity => SlopeAtInfinity,
        _ => DerivativeAtLog(LogRatio.Of(u, 1)),
    };

    /// <summary>The convex conjugate f*(t) = sup over u at least 0 of u t - f(u).</summary>
    /// <param name="t">A slope, such as the output of a critic.</param>
    /// <returns>In [-infinity, +infinity]: +infinity above <see cref="SlopeAtInfinity"/>; -f(0) below the range of f', which is -infinity
    /// only at t = -infinity where f(0) is +infinity; NaN at NaN. Relative error at most 1e-13, but where f* crosses zero away from t =
    /// f'(1).</returns>
    public double Conjugate(double t)
    {
        if (double.IsNaN(t) || double.IsPositiveInfinity(t))
            return t;
        if (double.IsNegativeInfinity(t))
            return -ValueAtZero;
        if (_ownConjugate is not null)
            return _ownConjugate(t);
        double s = t - _slopeAtOne;
        if (_conjugate is not null)
            return _conjugate(s) + _slopeAtOne;
        double x = LogAtSlope(s);
        return double.IsPositiveInfinity(x) ? x
            : double.IsNegativeInfinity(x) ? _slopeAtOne - _centredAtZero
            : (x > 0
                ? Elementary.TimesExp(s - _perspective(Likelihoods.OfLog(-x).Exchanged), x)
                : Elementary.TimesExp(s, x) - _perspective(Likelihoods.OfLog(x))) + _slopeAtOne;
    }

    /// <summary>The derivative of the conjugate, which is the inverse of f': the likelihood ratio at which f has slope t.</summary>
    /// <param name="t">A slope.</param>
    /// <returns>In [0, +infinity]: 0 below the range of f', +infinity above it; NaN at NaN. Relative error at most 1e-13 times 1 + |log u|.</returns>
    public double ConjugateDerivative(double t)
    {
        if (double.IsNaN(t) || double.IsPositiveInfinity(t))
            return t;
        if (double.IsNegativeInfinity(t))
            return 0;
        if (_ownInverse is not null)
            return _ownInverse(t);
        double s = t - _slopeAtOne;
        return _inverse is null ? Elementary.Exp(LogAtSlope(s)) : _inverse(s);
    }

    /// <summary>The generator u f(1/u), whose divergence is that of f with p and q exchanged. The dual of the dual is the generator itself.</summary>
    /// <remarks>Of a member of the catalogue or of a family it is another of them, as accurate; of a user-defined one, its conjugate is found by solving f'(u) = t, and
    /// f' near 0 carries the rounding of f(1/u) - f'(1/u)/u. Its value is the limit where 1/u, or +infinity where f(1/u), exceeds the
    /// largest double; where f(0) = 0 it loses digits as 1/u falls below 2.2e-308, and is NaN where 1/u is 0, log u above 745.</remarks>
    public Generator Dual
    {
        get
        {
            if (_dual is null)
            {
                _dual = _exchange?.Invoke() ?? new(
                    $"dual of {Name}", $"u f(1/u) for f of {Name}. {Citation}",
                    r => _perspective(r.Exchanged), DualSlope, null, null,
                    _centredSlopeAtInfinity, _centredAtZero, CurvatureAtOne, -_slopeAtOne);
                if (_ownValue is not null && _exchange is null)
                    _dual.With(OwnDualValue, null);
                _dual._dual ??= this;
            }

            return _dual;
        }
    }

    /// <summary>The generator (f(u) + u f(1/u))/2, whose divergence is the mean of D_f(p || q) and D_f(q || p).</summary>
    public Generator Symmetrised
    {
        get
        {
            if (_dual == this)
                return Centred;
            Generator dual = Dual;
            double limit = 0.5 * (_centredAtZero + _centredSlopeAtInfinity);
            Generator symmetrised = new(
                $"symmetrised {Name}", $"(f(u) + u f(1/u))/2 for f of {Name}. {Citation}",
                MeanOfBoth, x => 0.5 * (_slope(x) + dual._slope(x)), null, null,
                limit, limit, CurvatureAtOne);
            return symmetrised._dual = symmetrised;
        }
    }

    /// <summary>The generator f(u) - f'(1) (u - 1): the same divergence, non-negative, and without cancellation where u is near 1.</summary>
    public Generator Centred => _slopeAtOne == 0 && _ownValue is null ? this : new Generator(
        Name, $"f(u) - f'(1) (u - 1). {Citation}", _perspective, _slope, _conjugate, _inverse, _centredAtZero, _centredSlopeAtInfinity, CurvatureAtOne)
        .DualTo(() => Dual.Centred);

    /// <summary>u log u: KL(p || q).</summary>
    public static Generator KullbackLeibler { get; } = OfPower("Kullback-Leibler", "u log u. Kullback and Leibler (1951).", 1, 0, 1, 1)
        .With(CentredGenerators.RelativeEntropy, t => Elementary.Exp(t - 1)).DualTo(() => Reverse!);

    /// <summary>-log u: KL(q || p).</summary>
    public static Generator Reverse { get; } = OfPower("reverse Kullback-Leibler", "-log u. Kullback and Leibler (1951).", 0, -1, 1, -1)
        .With(r => 0 - r.Log, t => t < 0 ? -1 - Elementary.Log(-t) : double.PositiveInfinity)
        .WithSlope(x => -Elementary.Exp(-x), t => t < 0 ? -1 / t : double.PositiveInfinity).DualTo(() => KullbackLeibler);

    /// <summary>(u - 1) log u: KL(p || q) + KL(q || p).</summary>
    public static Generator Jeffreys { get; } = new Generator(
        "Jeffreys", "(u - 1) log u. Jeffreys (1946).",
        CentredGenerators.Jeffreys, CentredGenerators.JeffreysSlope, null, null, double.PositiveInfinity, double.PositiveInfinity, 2).SelfDual();

    /// <summary>(u log u - (u + 1) log((u + 1)/2))/2: (KL(p || m) + KL(q || m))/2, m = (p + q)/2. Half of the one in Nowozin et al. (2016) and tfp.vi.</summary>
    public static Generator JensenShannon { get; } = new Generator(
        "Jensen-Shannon", "(u log u - (u + 1) log((u + 1)/2))/2. Lin (1991).",
        CentredGenerators.JensenShannon, CentredGenerators.JensenShannonSlope, CentredGenerators.JensenShannonConjugate, CentredGenerators.JensenShannonInverse,
        0.5 * LogRatio.Ln2, 0.5 * LogRatio.Ln2, 0.25).SelfDual();

    /// <summary>|u - 1|/2: the total variation, in [0, 1]. The derivative at 1 is taken as 0.</summary>
    public static Generator TotalVariation { get; } = new Generator(
        "total variation", "|u - 1|/2. Nowozin, Cseke and Tomioka (2016), table 1.",
        CentredGenerators.TotalVariation, CentredGenerators.TotalVariationSlope, CentredGenerators.TotalVariationConjugate, CentredGenerators.TotalVariationInverse,
        0.5, 0.5, double.PositiveInfinity).SelfDual();

    /// <summary>(sqrt u - 1)^2/2: 1 - sum sqrt(pq), in [0, 1]. Half of the one in Nowozin et al. (2016) and tfp.vi.</summary>
    public static Generator SquaredHellinger { get; } = new Generator(
        "squared Hellinger", "(sqrt u - 1)^2/2. Le Cam (1986).",
        CentredGenerators.SquaredHellinger, CentredGenerators.SquaredHellingerSlope, CentredGenerators.SquaredHellingerConjugate, CentredGenerators.SquaredHellingerInverse,
        0.5, 0.5, 0.25).SelfDual();

    /// <summary>(u - 1)^2: sum (p - q)^2/q.</summary>
    public static Generator PearsonChiSquared { get; } = new Generator(
        "Pearson chi-squared", "(u - 1)^2. Pearson (1900).",
        CentredGenerators.Pearson, CentredGenerators.PearsonSlope, CentredGenerators.PearsonConjugate, CentredGenerators.PearsonInverse,
        1, double.PositiveInfinity, 2).DualTo(() => NeymanChiSquared!);

    /// <summary>(u - 1)^2/u: sum (p - q)^2/p.</summary>
    public static Generator NeymanChiSquared { get; } = new Generator(
        "Neyman chi-squared", "(u - 1)^2/u. Neyman (1949).",
        r => CentredGenerators.Pearson(r.Exchanged), CentredGenerators.NeymanSlope, CentredGenerators.NeymanConjugate, CentredGenerators.NeymanInverse,
        double.PositiveInfinity, 1, 2).DualTo(() => PearsonChiSquared);

    /// <summary>(u - 1)^2/(u + 1): sum (p - q)^2/(p + q).</summary>
    public static Generator Triangular { get; } = new Generator(
        "triangular", "(u - 1)^2/(u + 1). Le Cam (1986); Topsoe (2000).",
        CentredGenerators.Triangular, CentredGenerators.TriangularSlope, CentredGenerators.TriangularConjugate, CentredGenerators.TriangularInverse,
        1, 1, 1).SelfDual();

    /// <summary>(u + 1)/2 log((u + 1)/(2 sqrt u)): (KL(m || p) + KL(m || q))/2, m = (p + q)/2. Half of the one in tfp.vi.</summary>
    public static Generator ArithmeticGeometric { get; } = new Generator(
        "arithmetic-geometric", "(u + 1)/2 log((u + 1)/(2 sqrt u)). Taneja (1995).",
        CentredGenerators.ArithmeticGeometric, CentredGenerators.ArithmeticGeometricSlope, null, null, double.PositiveInfinity, double.PositiveInfinity, 0.25).SelfDual();

    /// <summary>u log u - (u + 1) log(u + 1) + log 4: twice Jensen-Shannon, with the critic log D of a discriminator D = u/(1 + u).</summary>
    /// <remarks>Nowozin et al. (2016) leave the constant log 4 out, so that their f(1) is -log 4; here f(1) = 0, and D_f is a divergence.</remarks>
    public static Generator Gan { get; } = OfGan("GAN", "u log u - (u + 1) log(u + 1) + log 4. Goodfellow et al. (2014).", -LogRatio.Ln2)
        .With(
            CentredGenerators.Gan, t => t < 0 ? -Elementary.LogOfOneLessExp(t) - 2 * LogRatio.Ln2 : double.PositiveInfinity)
        .WithSlope(
            x => x > 1 ? -Elementary.Log1p(Elementary.Exp(-x)) : 2 * CentredGenerators.JensenShannonSlope(x) - LogRatio.Ln2,
            t => t < 0 ? Elementary.Exp(t) / -Elementary.Expm1(t) : double.PositiveInfinity)
        .DualTo(() => OfGan("dual of GAN", "(u + 1) log(2/(u + 1)) + u log u + log 2 (u - 1). Goodfellow et al. (2014).", LogRatio.Ln2)
            .With(CentredGenerators.DualOfGan, null));

    /// <summary>Amari's alpha-divergence: 4/(1 - alpha^2) ((1 - alpha)/2 u + (1 + alpha)/2 - u^((1 - alpha)/2)), with limits at -1 and 1.</summary>
    /// <remarks>-1 is KL(p || q), 1 is KL(q || p), 0 is four times the squared Hellinger distance, as in <see cref="Divergence"/>. In tfp.vi's parameter a,
    /// alpha is 1 - 2a. Source: Amari (1985).</remarks>
    /// <param name="alpha">Any finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is NaN or infinite.</exception>
    public static Generator Alpha(double alpha)
    {
        if (!double.IsFinite(alpha))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, FormattableString.Invariant($"alpha = {alpha}; it must be finite."));
        return OfPower(
            FormattableString.Invariant($"alpha ({alpha})"),
            FormattableString.Invariant($"4/(1 - alpha^2) ((1 - alpha)/2 u + (1 + alpha)/2 - u^((1 - alpha)/2)), alpha = {alpha}. Amari (1985)."),
            0.5 - 0.5 * alpha, -0.5 - 0.5 * alpha, scale: 1, slopeAtOne: 0)
            .DualTo(() => Alpha(-alpha));
    }

    /// <summary>The Tsallis divergence: (u^order - u)/(order - 1), u log u at 1.</summary>
    /// <remarks>Order 0 has a divergence but no generator with a conjugate: u^0 jumps at 0. Source: Tsallis (1998).</remarks>
    /// <param name="order">Positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is not positive and finite.</exception>
    public static Generator Tsallis(double order)
    {
        if (order is not (> 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(order), order, FormattableString.Invariant($"order = {order}; it must be positive and finite."));
        double s = order - 1;
        return OfPower(
            FormattableString.Invariant($"Tsallis ({order})"),
            FormattableString.Invariant($"(u^order - u)/(order - 1), order = {order}. Tsallis (1998)."),
            order, s, scale: order, slopeAtOne: 1)
            .With(
                new CentredGenerators.Power(order, s).Tsallis,
                t => s < 0 && s * (t - 1) / order <= -1 ? double.PositiveInfinity
                    : Elementary.Exp(order * new CentredGenerators.Power(order, s).LogAtSlope((t - 1) / order)))
            .DualTo(() => OfPower(
                FormattableString.Invariant($"dual of Tsallis ({order})"),
                FormattableString.Invariant($"(u^(1 - order) - 1)/(order - 1), order = {order}. Tsallis (1998)."),
                -s, -order, scale: order, slopeAtOne: -1)
                .With(
                    r => 0 - CentredGenerators.Power.Growth(r.PreciseLog, -s),
                    t => t > 0
                        ? double.PositiveInfinity
                        : -1 - (s == 0 ? Elementary.Log(-t) : Elementary.Expm1(s / order * Elementary.Log(-t)) / s * order))
                .WithSlope(x => -Elementary.Exp(-order * x), t => t < 0 ? Elementary.Exp(-Elementary.Log(-t) / order) : double.PositiveInfinity));
    }

    /// <summary>The named generators, one of each.</summary>
    public static IReadOnlyList<Generator> Catalogue { get; } =
    [
        KullbackLeibler, Reverse, Jeffreys, JensenShannon, TotalVariation, SquaredHellinger, PearsonChiSquared,
        NeymanChiSquared, Triangular, ArithmeticGeometric, Gan,
    ];

    /// <summary>Any other generator, from its value and derivative.</summary>
    /// <remarks>Convexity is not checked. Values near u = 1 are as accurate as <paramref name="value"/> and <paramref name="derivative"/> make them. Where the conjugate is not
    /// given, it is found by solving f'(u) = t, in about a hundred evaluations.</remarks>
    /// <param name="name">What to call it.</param>
    /// <param name="value">f on (0, +infinity), convex, with f(1) = 0.</param>
    /// <param name="derivative">f' on (0, +infinity).</param>
    /// <param name="valueAtZero">f(0), the limit from above; +infinity allowed.</param>
    /// <param name="slopeAtInfinity">The limit of f(u)/u; +infinity allowed.</param>
    /// <param name="curvatureAtOne">f''(1).</param>
    /// <param name="conjugate">f*, or null.</param>
    /// <param name="conjugateDerivative">The inverse of f', or null.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty; f(1) is not 0 within 1e-12; a limit is NaN or -infinity.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> or <paramref name="derivative"/> is null.</exception>
    /// <example><code>
    /// Generator chiSquared = Generator.Create(
    ///     "chi-squared", u => (u - 1) * (u - 1), u => 2 * (u - 1),
    ///     valueAtZero: 1, slopeAtInfinity: double.PositiveInfinity, curvatureAtOne: 2);
    /// double own = FDivergence.Of(chiSquared, [0.5, 0.5], [0.25, 0.75]);         // 0.3333333333
    /// double builtIn = Divergence.PearsonChiSquared([0.5, 0.5], [0.25, 0.75]);   // 0.3333333333
    /// </code></example>
    public static Generator Create(
        string name, Func<double, double> value, Func<double, double> derivative,
        double valueAtZero, double slopeAtInfinity, double curvatureAtOne,
        Func<double, double>? conjugate = null, Func<double, double>? conjugateDerivative = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(derivative);
        if (!(Math.Abs(value(1)) <= 1e-12))
            throw new ArgumentException(FormattableString.Invariant($"value(1) = {value(1)}; a generator is 0 at 1: subtract the constant."), nameof(value));
        Limit(valueAtZero, nameof(valueAtZero));
        Limit(slopeAtInfinity, nameof(slopeAtInfinity));
        Limit(curvatureAtOne, nameof(curvatureAtOne));
        double slope = derivative(1), centredAtZero = valueAtZero + slope, centredSlopeAtInfinity = slopeAtInfinity - slope;
        return new Generator(
            name, "User-defined.",
            r => r.P / r.Q is > 0 and <= double.MaxValue and double u ? r.Q * Math.Max(value(u) - slope * (r.Excess / r.Q), 0)
                : r.P < r.Q ? r.Q * centredAtZero : r.P * centredSlopeAtInfinity,
            x => derivative(Elementary.Exp(x)) - slope,
            conjugate is null ? null : t => conjugate(t + slope) - slope, conjugateDerivative is null ? null : t => conjugateDerivative(t + slope),
            centredAtZero, centredSlopeAtInfinity, curvatureAtOne, slope)
            .With(
                r => r.P / r.Q is > 0 and <= double.MaxValue and double u ? value(u)
                    : r.P < r.Q ? valueAtZero
                    : slopeAtInfinity == 0 ? value(double.PositiveInfinity)
                    : Elementary.TimesExp(slopeAtInfinity, r.PreciseLog),
                conjugate).WithSlope(x => derivative(Elementary.Exp(x)), conjugateDerivative);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>q (f(p/q) - f'(1) (p/q - 1)), with the limits: a total function of two masses, NaN first.</summary>
    internal double CentredTerm(double p, double q)
    {
        if (p > 0 && q > 0 && double.IsFinite(p) && double.IsFinite(q))
            return _perspective(Likelihoods.Of(p, q));
        if (double.IsNaN(p) || double.IsNaN(q))
            return double.NaN;
        return p == 0 && q == 0 ? 0 : p == 0 ? q * _centredAtZero : q == 0 ? p * _centredSlopeAtInfinity : double.NaN;
    }

    /// <summary>f(e^x), from x itself; the limits at both infinities.</summary>
    internal double ValueAtLog(double x) =>
        double.IsNaN(x) ? x
        : double.IsNegativeInfinity(x) ? ValueAtZero
        : double.IsPositiveInfinity(x) && SlopeAtInfinity != 0 ? SlopeAtInfinity * x
        : _ownValue is not null ? _ownValue(Likelihoods.OfLog(x))
        : x > 0 ? Elementary.TimesExp(_perspective(Likelihoods.OfLog(-x).Exchanged), x)
        : _perspective(Likelihoods.OfLog(x));

    /// <summary>f'(p/q) for two masses, without forming p/q; f'(1) where both are zero.</summary>
    internal double DerivativeAtRatio(double p, double q) =>
        p > 0 && q > 0 ? DerivativeAtLog(LogRatio.Of(p, q))
        : double.IsNaN(p) || double.IsNaN(q) ? double.NaN
        : p > 0 ? SlopeAtInfinity
        : q > 0 ? Derivative(0)
        : _slopeAtOne;

    // Halved before the two are formed, where that costs no digits: their mean may be finite where one of them is not.
    private double MeanOfBoth(Likelihoods r)
    {
        return CanBeHalved(r.P) && CanBeHalved(r.Q)
            ? _perspective(r.Half) + _perspective(r.Half.Exchanged)
            : 0.5 * _perspective(r) + 0.5 * _perspective(r.Exchanged);

        static bool CanBeHalved(double x) => x is 0 or > 3.5e-310;
    }

    private double DerivativeAtLog(double x) => _ownSlope is null ? _slope(x) + _slopeAtOne : _ownSlope(x);

    private static Generator OfPower(string name, string citation, double a, double s, double scale, double slopeAtOne)
    {
        CentredGenerators.Power g = new(a, s);
        return new(
            name, citation,
            r => scale * g.Perspective(r), x => scale * g.Slope(x), t => scale * g.Conjugate(t / scale), t => Elementary.Exp(g.LogAtSlope(t / scale)),
            a > 0 ? scale / a : double.PositiveInfinity, s < 0 ? scale / -s : double.PositiveInfinity, scale, slopeAtOne);
    }

    private static Generator OfGan(string name, string citation, double slopeAtOne) => new(
        name, citation,
        r => 2 * CentredGenerators.JensenShannon(r), x => 2 * CentredGenerators.JensenShannonSlope(x),
        t => 2 * CentredGenerators.JensenShannonConjugate(0.5 * t), t => CentredGenerators.JensenShannonInverse(0.5 * t),
        LogRatio.Ln2, LogRatio.Ln2, 0.5, slopeAtOne);

    private static void Limit(double limit, string name)
    {
        if (double.IsNaN(limit) || double.IsNegativeInfinity(limit))
            throw new ArgumentException(FormattableString.Invariant($"{name} = {limit}; it must be finite or +infinity."), name);
    }

    private Generator With(Func<Likelihoods, double> value, Func<double, double>? conjugate)
    {
        (_ownValue, _ownConjugate) = (value, conjugate);
        return this;
    }

    private Generator WithSlope(Func<double, double>? slopeAtLog, Func<double, double>? inverse)
    {
        (_ownSlope, _ownInverse) = (slopeAtLog, inverse);
        return this;
    }

    private Generator SelfDual()
    {
        _dual = this;
        return this;
    }

    private Generator DualTo(Func<Generator> exchange)
    {
        _exchange = exchange;
        return this;
    }

    // u f(1/u) for Q = 1, with the limits where 1/u is no positive double: where it is 0 and f(0) too, the limit is not known, and NaN.
    private double OwnDualValue(Likelihoods r)
    {
        if (double.IsInfinity(1 / r.P))
            return SlopeAtInfinity;
        if (double.IsFinite(r.P))
            return r.P * _ownValue!(r.Exchanged);
        Likelihoods inverse = Likelihoods.OfLog(-r.Log);
        double value = _ownValue!(inverse);
        return ValueAtZero == 0 ? value / inverse.P : Elementary.TimesExp(value, r.PreciseLog);
    }

    // The derivative of u g(1/u), at u = e^x; unknown at 0 unless it is infinite.
    private double DualSlope(double x) => x switch
    {
        double.NegativeInfinity => double.IsInfinity(_centredSlopeAtInfinity) ? double.NegativeInfinity : double.NaN,
        double.PositiveInfinity => _centredAtZero,
        _ => _perspective(Likelihoods.OfLog(-x)) - Elementary.Exp(-x) * _slope(-x) is var slope && double.IsNaN(slope)
            ? DualSlope(double.NegativeInfinity)
            : slope,
    };

    /// <summary>log u with g'(u) = t, by bisection between neighbouring doubles; an infinity where g' does not reach t.</summary>
    private double LogAtSlope(double t)
    {
        // Beyond these, e^x or what has slope -e^-x is no double.
        const double Lowest = -712, Highest = 709.78;
        if (t == 0 || double.IsNaN(t))
            return t;
        double sign = Math.Sign(t), outer = 1, limit = t > 0 ? Highest : -Lowest;
        while (sign * _slope(sign * outer) < sign * t)
        {
            if (outer == limit)
                return t > 0 ? double.PositiveInfinity : double.NegativeInfinity;
            outer = Math.Min(2 * outer, limit);
        }

        double inner = 0.5 * outer;
        while (inner > 0 && sign * _slope(sign * inner) >= sign * t)
            (outer, inner) = (inner, 0.5 * inner);
        while (true)
        {
            double middle = 0.5 * (inner + outer);
            if (middle <= inner || middle >= outer)
                return sign * outer;
            if (sign * _slope(sign * middle) < sign * t)
                inner = middle;
            else
                outer = middle;
        }
    }
}
