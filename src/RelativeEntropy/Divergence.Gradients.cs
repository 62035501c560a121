using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Divergence
{
    /// <summary>The Kullback-Leibler divergence with its derivatives by all probabilities.</summary>
    /// <remarks>
    /// The derivatives are those of the sum of p log(p/q) - p + q, each probability on its own: log(p_i/q_i) and (q_i - p_i)/q_i.
    /// Along any direction that keeps the sums they agree with those of the plain sum, and they vanish at p = q. p_i = 0 &lt; q_i
    /// gives -infinity and 1, p_i &gt; 0 = q_i gives +infinity and -infinity, p_i = q_i = 0 gives zeros. Time O(n), memory O(1).
    /// Source: Kullback and Leibler (1951); the form is Csiszar's (1991).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="pGradient">Receives the derivatives by p; empty if not wanted. May be p or q itself.</param>
    /// <param name="qGradient">Receives the derivatives by q; empty if not wanted. May be p or q itself.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The divergence, as <see cref="KullbackLeibler(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> gives it.
    /// Each derivative is right to 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">What the value refuses; a destination is shorter than p,
    /// overlaps an argument without being it, or overlaps the other destination.</exception>
    /// <example><code>
    /// double[] byQ = new double[2];
    /// double value = Divergence.KullbackLeiblerGradient([0.5, 0.5], [0.25, 0.75], default, byQ);   // 0.1438410362
    /// double slope = byQ[0];   // -1
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> pGradient, Span<double> qGradient, LogBase logBase = default) =>
        WithGradient<double, Settled<KullbackLeiblerTerm>, KullbackLeiblerSlope>(p, q, default, pGradient, qGradient, logBase);

    /// <inheritdoc cref="KullbackLeiblerGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, LogBase)"/>
    public static double KullbackLeiblerGradient(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, Span<float> pGradient, Span<float> qGradient, LogBase logBase = default) =>
        WithGradient<float, Settled<KullbackLeiblerTerm>, KullbackLeiblerSlope>(p, q, default, pGradient, qGradient, logBase);

    /// <summary>The Jensen-Shannon divergence with equal weights and its derivatives by all probabilities.</summary>
    /// <remarks>
    /// With m = (p + q)/2 they are log(p_i/m_i)/2 and log(q_i/m_i)/2, and vanish at p = q. A zero on one side alone gives -infinity
    /// there and (log 2)/2 on the other; p_i = q_i = 0 gives zeros. Time O(n), memory O(1). Source: Lin (1991).
    /// </remarks>
    /// <param name="p">The first distribution, n probabilities.</param>
    /// <param name="q">The second distribution, n probabilities.</param>
    /// <param name="pGradient">Receives the derivatives by p; empty if not wanted. May be p or q itself.</param>
    /// <param name="qGradient">Receives the derivatives by q; empty if not wanted. May be p or q itself.</param>
    /// <param name="logBase">The unit of the result; nats by default.</param>
    /// <returns>The divergence, as <see cref="JensenShannon(ReadOnlySpan{double}, ReadOnlySpan{double}, LogBase)"/> gives it. Each
    /// derivative is right to 4 units in the last place.</returns>
    /// <exception cref="ArgumentException">What the value refuses; a destination is shorter than p,
    /// overlaps an argument without being it, or overlaps the other destination.</exception>
    [OverloadResolutionPriority(1)]
    public static double JensenShannonGradient(
        ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> pGradient, Span<double> qGradient, LogBase logBase = default) =>
        WithGradient<double, JensenShannonTerm, JensenShannonSlope>(p, q, new(0.5), pGradient, qGradient, logBase);

    /// <inheritdoc cref="JensenShannonGradient(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double}, Span{double}, LogBase)"/>
    public static double JensenShannonGradient(
        ReadOnlySpan<float> p, ReadOnlySpan<float> q, Span<float> pGradient, Span<float> qGradient, LogBase logBase = default) =>
        WithGradient<float, JensenShannonTerm, JensenShannonSlope>(p, q, new(0.5), pGradient, qGradient, logBase);

    private static double WithGradient<T, TFunction, TSlope>(
        ReadOnlySpan<T> p, ReadOnlySpan<T> q, TFunction term, Span<T> pGradient, Span<T> qGradient, LogBase logBase)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFunction : struct, IPairFunction
        where TSlope : struct, IPairSlope
    {
        Check.Gradients(p, q, pGradient, qGradient);

        // The value first: what is no distribution leaves the destinations as they were.
        double value = logBase.FromNats(PairReduction.OverDistributions(p, q, term, NoRemedy));
        PairSlopes.Fill<T, TSlope>(p, q, pGradient, qGradient, logBase);
        return value;
    }
}
