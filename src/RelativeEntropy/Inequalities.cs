using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>What one divergence between two distributions says about another. Divergences with a logarithm are in nats, scales are those of <see cref="Divergence"/>.</summary>
/// <remarks>Each function is monotone in its argument and takes NaN to NaN; an argument outside the range of its divergence throws.
/// So does a value that is outside because the masses were not exactly one: <see cref="Measures"/> normalises them.</remarks>
public static class Inequalities
{
    /// <summary>Pinsker's inequality: the total variation is at most sqrt(KL/2).</summary>
    /// <remarks>The constant is the best possible; above KL = 2 the bound says nothing, and <see cref="BretagnolleHuberTotalVariation"/> still does.
    /// Source: Pinsker (1964), with the constant of Csiszar (1967) and Kullback (1967).</remarks>
    /// <param name="kullbackLeibler">KL(p || q), or at least that, in nats.</param>
    /// <returns>An upper bound in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kullbackLeibler"/> is negative.</exception>
    /// <example><code>
    /// double largest = Inequalities.PinskerTotalVariation(0.02);                 // 0.1
    /// double atAnyDivergence = Inequalities.BretagnolleHuberTotalVariation(5);   // 0.9966253323
    /// </code></example>
    public static double PinskerTotalVariation(double kullbackLeibler) =>
        Math.Min(1, 0.5 * Math.Sqrt(2 * Within(kullbackLeibler, double.PositiveInfinity, nameof(kullbackLeibler))));

    /// <summary>The Bretagnolle-Huber inequality: the total variation is at most sqrt(1 - e^-KL).</summary>
    /// <remarks>Below one for every finite KL. Source: Bretagnolle and Huber (1979).</remarks>
    /// <param name="kullbackLeibler">KL(p || q), or at least that, in nats.</param>
    /// <returns>An upper bound in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kullbackLeibler"/> is negative.</exception>
    public static double BretagnolleHuberTotalVariation(double kullbackLeibler) =>
        Math.Sqrt(-Elementary.Expm1(-Within(kullbackLeibler, double.PositiveInfinity, nameof(kullbackLeibler))));

    /// <summary>Le Cam's inequalities: H^2 is at most the total variation, and that at most H sqrt(2 - H^2).</summary>
    /// <remarks>With H^2 = 1 - sum sqrt(pq). Source: Le Cam (1973); Tsybakov (2009), section 2.4.</remarks>
    /// <param name="squaredHellinger">H^2, in [0, 1].</param>
    /// <returns>Bounds of the total variation, both in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="squaredHellinger"/> is not in [0, 1].</exception>
    public static (double Lower, double Upper) HellingerTotalVariation(double squaredHellinger)
    {
        double h = Within(squaredHellinger, 1, nameof(squaredHellinger));
        return (h, Math.Sqrt(h * (2 - h)));
    }

    /// <summary>KL(p || q) is at most log(1 + chi^2), with Pearson's chi^2 = sum (p - q)^2/q.</summary>
    /// <remarks>By Jensen: the right side is the Renyi divergence of order 2. Source: Gibbs and Su (2002); Tsybakov (2009), section 2.4.</remarks>
    /// <param name="pearsonChiSquared">chi^2(p || q), or at least that.</param>
    /// <returns>An upper bound in [0, +infinity], in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pearsonChiSquared"/> is negative.</exception>
    public static double ChiSquaredKullbackLeibler(double pearsonChiSquared) =>
        Elementary.Log1p(Within(pearsonChiSquared, double.PositiveInfinity, nameof(pearsonChiSquared)));

    /// <summary>Topsoe's inequalities: the Jensen-Shannon divergence is at least a quarter of the triangular one, and at most (log 2)/2 times it.</summary>
    /// <remarks>Both constants are the best possible. Source: Topsoe (2000), whose capacitory discrimination is twice the Jensen-Shannon divergence.</remarks>
    /// <param name="triangular">sum (p - q)^2/(p + q), in [0, 2].</param>
    /// <returns>Bounds of the Jensen-Shannon divergence with equal weights, in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="triangular"/> is not in [0, 2].</exception>
    public static (double Lower, double Upper) TriangularJensenShannon(double triangular)
    {
        double delta = Within(triangular, 2, nameof(triangular));
        return (0.25 * delta, 0.5 * LogRatio.Ln2 * delta);
    }

    /// <summary>KL(p || q) is at least -2 log(1 - H^2), with H^2 = 1 - sum sqrt(pq).</summary>
    /// <remarks>By Jensen: the left side is at least the Renyi divergence of order 1/2. Source: Tsybakov (2009), section 2.4; van Erven and Harremoes (2014).</remarks>
    /// <param name="squaredHellinger">H^2, in [0, 1].</param>
    /// <returns>A lower bound in [0, +infinity], in nats.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="squaredHellinger"/> is not in [0, 1].</exception>
    public static double HellingerKullbackLeibler(double squaredHellinger) =>
        -2 * Elementary.Log1p(-Within(squaredHellinger, 1, nameof(squaredHellinger)));

    private static double Within(double value, double largest, string name) => value < 0 || value > largest
        ? throw new ArgumentOutOfRangeException(name, value, double.IsInfinity(largest)
            ? FormattableString.Invariant($"{name} = {value}; it must be at least 0.")
            : FormattableString.Invariant($"{name} = {value}; it must be in [0, {largest}]."))
        : value;
}
