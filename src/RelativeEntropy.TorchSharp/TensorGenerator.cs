using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>The generator of an f-divergence on tensors: the functions of a <see cref="Generator"/>, element by element and differentiable.</summary>
/// <remarks>
/// D_f(p || q) = sum of q f(p/q). Scales, names and limits are those of <see cref="Scalar"/>. The members are those with a closed conjugate, as a variational
/// bound needs one.
/// </remarks>
public sealed class TensorGenerator
{
    private readonly Func<Tensor, Tensor> _slope;
    private readonly Func<Tensor, Tensor> _conjugate;

    private readonly Func<Tensor, Tensor> _conjugateAtSlope;

    private TensorGenerator(
        Generator scalar, Func<Tensor, Tensor, Tensor> centred, Func<Tensor, Tensor, Tensor> dual, Func<Tensor, Tensor> slope,
        Func<Tensor, Tensor> conjugate, Func<Tensor, Tensor> conjugateAtSlope)
    {
        (Scalar, Term, DualTerm) = (scalar, centred, dual);
        (_slope, _conjugate, _conjugateAtSlope) = (slope, conjugate, conjugateAtSlope);
    }

    /// <summary>The same generator on numbers, with its source.</summary>
    public Generator Scalar { get; }

    /// <summary>mass (f(e^x) - f'(1)(e^x - 1)) of a mass and an x up to 0.</summary>
    internal Func<Tensor, Tensor, Tensor> Term { get; }

    /// <summary>The same of the dual, u f(1/u), whose divergence is that with the arguments exchanged.</summary>
    internal Func<Tensor, Tensor, Tensor> DualTerm { get; }

    /// <summary>u log u: KL(p || q).</summary>
    public static TensorGenerator KullbackLeibler { get; } = new(
        Generator.KullbackLeibler, KullbackLeiblerOf, ReverseOf, x => x + 1, t => (t - 1).exp(), x => x.exp());

    /// <summary>-log u: KL(q || p).</summary>
    public static TensorGenerator Reverse { get; } = new(
        Generator.Reverse, ReverseOf, KullbackLeiblerOf, x => -(-x).exp(), t => -1 - (-t).log(), x => x - 1);

    /// <summary>(u log u - (u + 1) log((u + 1)/2))/2.</summary>
    public static TensorGenerator JensenShannon { get; } = new(
        Generator.JensenShannon, JensenShannonOf, JensenShannonOf,
        x => 0.5 * (Math.Log(2) - torch.nn.functional.softplus(-x)), t => -0.5 * (2 - (2 * t).exp()).log(),
        x => 0.5 * (torch.nn.functional.softplus(x) - Math.Log(2)));

    /// <summary>|u - 1|/2.</summary>
    public static TensorGenerator TotalVariation { get; } = new(
        Generator.TotalVariation, TotalVariationOf, TotalVariationOf, x => 0.5 * x.sign(), t => t.clamp_min(-0.5), x => 0.5 * x.sign());

    /// <summary>(sqrt u - 1)^2/2.</summary>
    public static TensorGenerator SquaredHellinger { get; } = new(
        Generator.SquaredHellinger, SquaredHellingerOf, SquaredHellingerOf,
        x => -0.5 * (-0.5 * x).expm1(), t => t / (1 - 2 * t), x => 0.5 * (0.5 * x).expm1());

    /// <summary>(u - 1)^2.</summary>
    public static TensorGenerator PearsonChiSquared { get; } = new(
        Generator.PearsonChiSquared, PearsonOf, NeymanOf,
        x => 2 * x.expm1(), t => ConjugateOfSquare(t.clamp_min(-2)), x => (2 * x).expm1());

    /// <summary>(u - 1)^2/u.</summary>
    public static TensorGenerator NeymanChiSquared { get; } = new(
        Generator.NeymanChiSquared, NeymanOf, PearsonOf, x => -(-2 * x).expm1(), t => 2 - 2 * (1 - t).sqrt(), x => -2 * (-x).expm1());

    /// <summary>u log u - (u + 1) log(u + 1) + log 4: twice Jensen-Shannon, with the critic log D of a discriminator D.</summary>
    public static TensorGenerator Gan { get; } = new(
        Generator.Gan, GanOf, GanOf, x => -torch.nn.functional.softplus(-x), t => -(-t.expm1()).log() - Math.Log(4),
        x => torch.nn.functional.softplus(x) - Math.Log(4));

    /// <summary>All members.</summary>
    public static IReadOnlyList<TensorGenerator> Catalogue { get; } =
        [KullbackLeibler, Reverse, JensenShannon, TotalVariation, SquaredHellinger, PearsonChiSquared, NeymanChiSquared, Gan];

    /// <summary>f'(e^x): the critic of a network whose output x is its guess at log(p/q). It never leaves the domain of the conjugate. Source: Nowozin, Cseke and Tomioka (2016), for f-GANs.</summary>
    /// <param name="logRatio">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public Tensor Slope(Tensor logRatio)
    {
        Check.Floating(logRatio, nameof(logRatio));
        using DisposeScope scope = torch.NewDisposeScope();
        return _slope(logRatio).MoveToOuterDisposeScope();
    }

    /// <summary>f*(t) = sup over u at least 0 of u t - f(u). Source: as <see cref="Scalar"/> names it.</summary>
    /// <param name="slope">t, any shape.</param>
    /// <returns>The same shape; +infinity above the slope at infinity.</returns>
    public Tensor Conjugate(Tensor slope)
    {
        Check.Floating(slope, nameof(slope));
        using DisposeScope scope = torch.NewDisposeScope();

        // At the slope at infinity itself some conjugates are finite and some are not.
        // The place in which nothing is wanted is one that all domains hold.
        double end = Scalar.SlopeAtInfinity;
        Tensor beyond = double.IsPositiveInfinity(end) || double.IsFinite(Scalar.Conjugate(end)) ? slope > end : slope >= end;
        return _conjugate(slope.masked_fill(beyond, -0.25)).masked_fill(beyond, double.PositiveInfinity).MoveToOuterDisposeScope();
    }

    /// <summary>f*(f'(e^x)) = e^x f'(e^x) - f(e^x), from x itself: <see cref="Conjugate"/> of <see cref="Slope"/>, without what rounding the slope costs.</summary>
    /// <remarks>Where the slope is bounded, a large x comes next to its bound, which is where the conjugate is steepest: Jensen-Shannon in float32 has lost three digits at
    /// x = 15, and is +infinity at 20. Source: Young's equality (Rockafellar 1970, theorem 23.5).</remarks>
    /// <param name="logRatio">x, any shape.</param>
    /// <returns>The same shape.</returns>
    public Tensor ConjugateAtSlope(Tensor logRatio)
    {
        Check.Floating(logRatio, nameof(logRatio));
        using DisposeScope scope = torch.NewDisposeScope();
        return _conjugateAtSlope(logRatio).MoveToOuterDisposeScope();
    }

    /// <inheritdoc />
    public override string ToString() => Scalar.Name;

    private static Tensor KullbackLeiblerOf(Tensor mass, Tensor x)
    {
        Tensor u = x.exp();
        return mass * KullbackLeiblerTerm.Of(u, torch.ones_like(u), -x.expm1());
    }

    private static Tensor ReverseOf(Tensor mass, Tensor x) => mass * Elementary.ExpExcess(x);

    private static Tensor TotalVariationOf(Tensor mass, Tensor x) => 0.5 * mass * x.expm1().abs();

    private static Tensor SquaredHellingerOf(Tensor mass, Tensor x) => 0.5 * mass * (0.5 * x).expm1().square();

    private static Tensor PearsonOf(Tensor mass, Tensor x) => mass * x.expm1().square();

    private static Tensor NeymanOf(Tensor mass, Tensor x)
    {
        // A square that overflows alone may not do so times the mass.
        Tensor root = 2 * (0.5 * x).sinh(), large = root.abs() > Math.Sqrt(torch.finfo(x.dtype).max), rest = root.masked_fill(~large, 0);
        return mass * root.masked_fill(large, 0).square() + mass * rest * rest;
    }

    private static Tensor GanOf(Tensor mass, Tensor x) => 2 * JensenShannonOf(mass, x);

    private static Tensor JensenShannonOf(Tensor mass, Tensor x)
    {
        Tensor u = x.exp();
        return mass * KullbackLeiblerTerm.JensenShannon(u, torch.ones_like(u), -x.expm1(), 0.5);
    }

    private static Tensor ConjugateOfSquare(Tensor t) => t + t.square() / 4;
}
