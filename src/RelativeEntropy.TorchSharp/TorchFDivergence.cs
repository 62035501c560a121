using RelativeEntropy.Tensors.Numerics;

namespace RelativeEntropy.Tensors;

/// <summary>Divergences of Csiszar's family, each named by its <see cref="TensorGenerator"/>, and the lower bound by which a critic estimates them.</summary>
public static class TorchFDivergence
{
    /// <summary>D_f(p || q) = sum of q f(p/q), with the centred generator: no term is negative, and none cancels where p is near q.</summary>
    /// <remarks>q_i = 0 contributes p_i times the centred slope at infinity, p_i = 0 contributes q_i times the centred f(0). Shapes and unread values are as for
    /// <see cref="TorchDivergence"/>. Source: Csiszar (1963); Ali and Silvey (1966).</remarks>
    /// <param name="f">The generator.</param>
    /// <param name="p">Probabilities.</param>
    /// <param name="q">Probabilities.</param>
    /// <param name="dim">The dimension along which the outcomes lie.</param>
    /// <returns>In [0, f(0) + slope at infinity].</returns>
    /// <exception cref="ArgumentNullException">The generator is null.</exception>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type, or the arguments have different numbers of outcomes, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dim"/> is no dimension.</exception>
    public static Tensor Of(TensorGenerator f, Tensor p, Tensor q, long dim)
    {
        ArgumentNullException.ThrowIfNull(f);
        dim = Check.Along(p, q, dim, nameof(p), nameof(q));
        using DisposeScope scope = torch.NewDisposeScope();
        Generator centred = f.Scalar.Centred;
        Tensor outside = ((p == 0) & (q >= 0)) | ((q == 0) & (p >= 0));
        Tensor terms = Terms(f, p.masked_fill(outside, 1), q.masked_fill(outside, 1));
        if (terms.requires_grad)
        {
            // What overflows would send infinity less infinity back.
            Tensor over = terms.isinf();
            terms = Terms(f, p.masked_fill(outside | over, 1), q.masked_fill(outside | over, 1)).masked_fill(over, double.PositiveInfinity);
        }

        Tensor alone = Times(p, centred.SlopeAtInfinity) + Times(q, centred.ValueAtZero);
        return torch.where(outside, alone, terms).sum(dim).MoveToOuterDisposeScope();
    }

    // q f(p/q) where p is the smaller, p times the dual of f at q/p elsewhere: no ratio is above one, so that none overflows.
    private static Tensor Terms(TensorGenerator f, Tensor p, Tensor q)
    {
        Tensor x = Elementary.LogRatio(p, q), larger = x > 0;
        return torch.where(larger, f.DualTerm(p, (-x).masked_fill(~larger, 0)), f.Term(q, x.masked_fill(larger, 0)));
    }

    /// <summary>E_p T - E_q f*(T): what any critic T proves of D_f(p || q) from below, with equality at T = f'(p/q).</summary>
    /// <remarks>The means are over all samples, so that the bound holds up to their sampling error. Source: Nguyen, Wainwright and Jordan (2010); Nowozin, Cseke and Tomioka (2016).</remarks>
    /// <param name="f">The generator.</param>
    /// <param name="criticAtP">T at samples of p, any shape; <see cref="TensorGenerator.Slope"/> makes it from the output of a network.</param>
    /// <param name="criticAtQ">T at samples of q, not necessarily as many.</param>
    /// <returns>One number, a tensor without dimensions.</returns>
    /// <exception cref="ArgumentNullException">The generator is null.</exception>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type.</exception>
    public static Tensor LowerBound(TensorGenerator f, Tensor criticAtP, Tensor criticAtQ)
    {
        ArgumentNullException.ThrowIfNull(f);
        Check.Floating(criticAtP, nameof(criticAtP));
        Check.Floating(criticAtQ, nameof(criticAtQ));
        using DisposeScope scope = torch.NewDisposeScope();
        return (criticAtP.mean() - f.Conjugate(criticAtQ).mean()).MoveToOuterDisposeScope();
    }

    /// <summary>The same bound of the critic T = f'(e^x), from the output x of a network that guesses at log(p/q): every term keeps its digits.</summary>
    /// <remarks>Source: Nguyen, Wainwright and Jordan (2010); Nowozin, Cseke and Tomioka (2016), for the critic.</remarks>
    /// <param name="f">The generator.</param>
    /// <param name="logRatioAtP">x at samples of p, any shape.</param>
    /// <param name="logRatioAtQ">x at samples of q, not necessarily as many.</param>
    /// <returns>One number, a tensor without dimensions.</returns>
    /// <exception cref="ArgumentNullException">The generator is null.</exception>
    /// <exception cref="ArgumentException">A tensor is not of a floating-point type.</exception>
    public static Tensor LowerBoundOfLogRatio(TensorGenerator f, Tensor logRatioAtP, Tensor logRatioAtQ)
    {
        ArgumentNullException.ThrowIfNull(f);
        Check.Floating(logRatioAtP, nameof(logRatioAtP));
        Check.Floating(logRatioAtQ, nameof(logRatioAtQ));
        using DisposeScope scope = torch.NewDisposeScope();
        return (f.Slope(logRatioAtP).mean() - f.ConjugateAtSlope(logRatioAtQ).mean()).MoveToOuterDisposeScope();
    }

    // Nothing times an infinite limit is nothing.
    private static Tensor Times(Tensor mass, double limit) =>
        double.IsInfinity(limit) ? torch.where(mass == 0, torch.zeros_like(mass), torch.full_like(mass, limit)) : mass * limit;
}
