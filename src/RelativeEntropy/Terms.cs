namespace RelativeEntropy;

/// <summary>
/// What one outcome contributes to an entropy or a divergence, in nats: five total functions on which every sum is built.
/// NaN gives NaN; p = 0 takes the limit, whatever q is; an argument below zero is outside the domain and gives the value that
/// keeps the function convex (or concave) on the whole line.
/// </summary>
/// <remarks>The conventions are those of convex analysis (Boyd and Vandenberghe 2004, section 3.1.5), shared with scipy.special.</remarks>
public static class Terms
{
    /// <summary>log(p/q), the log-likelihood ratio, without forming p/q: error below 1 unit in the last place, however near or far apart.</summary>
    /// <remarks>Source: Kullback and Leibler (1951), the information of one outcome for discrimination.</remarks>
    /// <param name="p">A probability or a mass.</param>
    /// <param name="q">A probability or a mass.</param>
    /// <returns>NaN if either is NaN or negative, for 0/0 and for infinity/infinity; otherwise in [-infinity, +infinity].</returns>
    public static double LogRatio(double p, double q)
    {
        if (p > 0 && q > 0 && double.IsFinite(p) && double.IsFinite(q))
            return Numerics.LogRatio.Of(p, q);
        if (double.IsNaN(p) || double.IsNaN(q) || p < 0 || q < 0 || p == q)
            return double.NaN;
        return p == 0 || double.IsInfinity(q) ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>-p log p, with 0 at p = 0: concave, at most 1/e on [0, 1].</summary>
    /// <remarks>Source: Shannon (1948).</remarks>
    /// <param name="p">A probability or a mass.</param>
    /// <returns>NaN at NaN; -infinity for p below 0 and for p = +infinity.</returns>
    public static double Entropy(double p)
    {
        if (p > 0 && double.IsFinite(p))
            return Numerics.LogRatio.Precise(1, p).Times(p).Rounded;
        return p == 0 ? 0 : double.IsNaN(p) ? double.NaN : double.NegativeInfinity;
    }

    /// <summary>-p log q, with 0 at p = 0 whatever q is.</summary>
    /// <remarks>Source: Kerridge (1961), the term of inaccuracy.</remarks>
    /// <param name="p">A probability or a mass.</param>
    /// <param name="q">A probability or a mass.</param>
    /// <returns>NaN if either is NaN, and at p = +infinity, q = 1; +infinity for p &gt; 0 = q and for p or q below 0;
    /// -infinity for p &gt; 0, q = +infinity.</returns>
    public static double CrossEntropy(double p, double q)
    {
        if (p > 0 && q > 0 && double.IsFinite(p) && double.IsFinite(q))
            return Numerics.LogRatio.Precise(1, q).Times(p).Rounded;
        if (double.IsNaN(p) || double.IsNaN(q))
            return double.NaN;
        if (p < 0 || q < 0)
            return double.PositiveInfinity;
        if (p == 0)
            return 0;
        return p * LogRatio(1, q);
    }

    /// <summary>p log(p/q), with 0 at p = 0 whatever q is: jointly convex; scipy's <c>rel_entr</c>.</summary>
    /// <remarks>Source: Kullback and Leibler (1951).</remarks>
    /// <param name="p">A probability or a mass.</param>
    /// <param name="q">A probability or a mass.</param>
    /// <returns>NaN if either is NaN or both are infinite; +infinity for p &gt; 0 = q and for p or q below 0; -infinity for finite p &gt; 0, q = +infinity.</returns>
    public static double RelativeEntropy(double p, double q)
    {
        if (p > 0 && q > 0 && double.IsFinite(p) && double.IsFinite(q))
            return Numerics.LogRatio.Precise(p, q).Times(p).Rounded;
        if (double.IsNaN(p) || double.IsNaN(q))
            return double.NaN;
        if (p < 0 || q < 0)
            return double.PositiveInfinity;
        if (p == 0)
            return 0;
        return LogRatio(p, q);
    }

    /// <summary>
    /// p log(p/q) - p + q, with q at p = 0: non-negative, zero only at p = q (underflow aside), jointly convex; scipy's <c>kl_div</c>.
    /// Error below 4 units in the last place also where p is near q.
    /// </summary>
    /// <remarks>Source: Csiszar (1991), the term of the I-divergence of measures.</remarks>
    /// <param name="p">A probability or a mass.</param>
    /// <param name="q">A probability or a mass.</param>
    /// <returns>NaN if either is NaN or both are infinite; +infinity for p &gt; 0 = q, for p or q below 0, and where one is infinite.</returns>
    /// <example><code>
    /// double term = Terms.KullbackLeibler(0.5, 0.25);   // 0.09657359028
    /// double never = Terms.KullbackLeibler(0, 0.25);    // 0.25
    /// </code></example>
    public static double KullbackLeibler(double p, double q)
    {
        if (p > 0 && q > 0 && double.IsFinite(p) && double.IsFinite(q))
            return Numerics.LogRatio.Excess(p, q);
        if (double.IsNaN(p) || double.IsNaN(q))
            return double.NaN;
        if (p == 0 && q >= 0)
            return q;
        return double.IsPositiveInfinity(p) && double.IsPositiveInfinity(q) ? double.NaN : double.PositiveInfinity;
    }
}
