using RelativeEntropy.Numerics;

namespace RelativeEntropy;

public static partial class Elbo
{
    // Below this a posterior probability has lost digits, or all of them: its logarithm has not.
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>The evidence lower bound of a latent variable with n outcomes: sum over z of q(z) (log p(x, z) - log q(z)).</summary>
    /// <remarks>
    /// At most log p(x) = log of the sum of p(x, z), which is <see cref="Logits.LogSumExp(ReadOnlySpan{double})"/> of the same numbers, and less by
    /// <see cref="DiscreteGap"/>. An outcome with q(z) = 0 contributes 0. Time O(n), memory O(1).
    /// Source: Jordan, Ghahramani, Jaakkola and Saul (1999).
    /// </remarks>
    /// <param name="logJoint">log p(x, z) for each z, in [-infinity, +infinity).</param>
    /// <param name="q">q(z), n probabilities.</param>
    /// <returns>A number in [-infinity, log p(x)] (up to the mass of q, which is one within the tolerance): -infinity where q allows what
    /// the model excludes; NaN if an element is NaN. The error is below 4 units in the last place of the
    /// sum of q |log p(x, z)| and q |log q|.</returns>
    /// <exception cref="ArgumentException">The spans are empty or differ in length; an element of <paramref name="logJoint"/> is +infinity, or all are -infinity; an element of
    /// <paramref name="q"/> is negative or infinite; <paramref name="q"/> does not sum to one.</exception>
    /// <example><code>
    /// double bound = Elbo.Discrete(logJoint: [-1, -2], q: [0.7, 0.3]);    // -0.6891356979
    /// double gap = Elbo.DiscreteGap(logJoint: [-1, -2], q: [0.7, 0.3]);   // 0.002397385463
    /// </code></example>
    public static double Discrete(ReadOnlySpan<double> logJoint, ReadOnlySpan<double> q)
    {
        bool anyNaN = CheckDiscrete(logJoint, q).AnyNaN;
        CompensatedSum sum = default;
        for (int i = 0; i < q.Length; i++)
        {
            anyNaN |= double.IsNaN(q[i]);
            if (q[i] > 0)
            {
                sum.Add(new TwoPart(logJoint[i], 0).Times(q[i]));
                sum.Add(Terms.Entropy(q[i]));
            }
        }

        return anyNaN ? double.NaN : sum.Value;
    }

    /// <summary>What the bound of <see cref="Discrete"/> lacks: KL(q || p(z | x)), the divergence of q from the posterior.</summary>
    /// <remarks>
    /// The sum of q log(q/r) - q + r over the outcomes, r = p(x, z)/p(x), by itself and not as a difference: non-negative term by term. An outcome with q(z) = 0 contributes r.
    /// Time O(n) in three passes, memory O(1). Source: Jordan, Ghahramani, Jaakkola and Saul (1999).
    /// </remarks>
    /// <param name="logJoint">log p(x, z) for each z, in [-infinity, +infinity).</param>
    /// <param name="q">q(z), n probabilities.</param>
    /// <returns>A number in [0, +infinity]: +infinity where q allows what the model excludes; NaN if an element is NaN. The error is at most 16 eps (G + sqrt(2 G)) + 16 eps^2 for a
    /// gap G, eps = 2^-52: the posterior is a rounded one.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Discrete"/>.</exception>
    public static double DiscreteGap(ReadOnlySpan<double> logJoint, ReadOnlySpan<double> q)
    {
        Peak peak = CheckDiscrete(logJoint, q);
        if (peak.AnyNaN)
            return double.NaN;
        double beside = LogitsPass.SumBesidePeak(logJoint, peak, temperature: 1), logTotal = Elementary.Log1p(beside);
        CompensatedSum sum = default;
        for (int i = 0; i < q.Length; i++)
        {
            double r = LogitsPass.Weight(logJoint[i], peak.Value, temperature: 1) / (1 + beside);
            sum.Add(r < SmallestNormal && q[i] > 0
                ? q[i] * (LogRatio.Of(q[i], 1) - 1 + logTotal + (peak.Value - logJoint[i])) + r
                : Terms.KullbackLeibler(q[i], r));
        }

        return sum.Value;
    }

    private static Peak CheckDiscrete(ReadOnlySpan<double> logJoint, ReadOnlySpan<double> q)
    {
        Check.SameNonZeroLength(logJoint.Length, q.Length, nameof(logJoint), nameof(q));
        Peak peak = LogitsPass.OfDistribution(logJoint, nameof(logJoint));
        Check.Distribution(q, nameof(q));
        return peak;
    }
}
