namespace RelativeEntropy;

/// <summary>What <see cref="Measures.Smooth(ReadOnlySpan{double}, double, Span{double})"/> may add to every cell, by the names of the
/// rules.</summary>
/// <remarks>
/// Adding c to each of n cells is the mean of the posterior under the prior Dirichlet(c, ..., c). Nothing in the library adds one of its
/// own accord: a smoothed divergence is another number, and who reads it has to know by which rule. One observation spread over all cells,
/// the rule of Perks (1947), is 1/n.
/// </remarks>
/// <example><code>
/// double[] smoothed = new double[3];
/// Measures.Smooth([3, 0, 7], Pseudocount.Laplace, smoothed);   // the rule of succession
/// double empty = smoothed[1];                                  // 0.07692307692
/// </code></example>
public static class Pseudocount
{
    /// <summary>1: the rule of succession, every distribution as likely as any other beforehand. Source: Laplace (1814).</summary>
    public const double Laplace = 1;

    /// <summary>1/2: the prior that no change of parameters alters, for which a universal code loses least in the worst case.
    /// Source: Jeffreys (1946); Krichevsky and Trofimov (1981).</summary>
    public const double Jeffreys = 0.5;
}
