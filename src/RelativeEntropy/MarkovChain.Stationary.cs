using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// Rates of stationary Markov chains on a finite set, given by their matrices of transition probabilities: row-major, one row per state.
/// </summary>
/// <remarks>
/// Each row must be a distribution as <see cref="Divergence"/> requires it; the message names the row too. A NaN gives NaN.
/// The chain may have transient states, but only one closed class, so that its stationary distribution is unique; else
/// <see cref="ArgumentException"/>. Work buffers are rented from the pool and given back.
/// </remarks>
public static partial class MarkovChain
{
    /// <summary>The stationary distribution: the one that a step of the chain leaves as it is.</summary>
    /// <remarks>
    /// By elimination of states without a single subtraction, so that every probability is right to nearly all its digits however
    /// rare its state. The diagonal is not read: it counts as what the rest of its row leaves of one. Transient states get 0. Time
    /// O(n^3), memory O(n^2), rented. Source: Grassmann, Taksar and Heyman (1985).
    /// </remarks>
    /// <param name="transitions">The n by n transition probabilities.</param>
    /// <param name="destination">Receives n probabilities.</param>
    /// <exception cref="ArgumentException"><paramref name="transitions"/> is empty, not square, or has a row that is no
    /// distribution; the chain has more than one closed class; <paramref name="destination"/> is too short.</exception>
    /// <example><code>
    /// double[] stationary = new double[2];
    /// MarkovChain.Stationary([0.9, 0.1, 0.5, 0.5], stationary);   // stationary = [0.8333333333, 0.1666666667]
    /// </code></example>
    [OverloadResolutionPriority(1)]
    public static void Stationary(ReadOnlySpan<double> transitions, Span<double> destination) =>
        StationaryInto(transitions, destination);

    /// <inheritdoc cref="Stationary(ReadOnlySpan{double}, Span{double})"/>
    public static void Stationary(ReadOnlySpan<float> transitions, Span<float> destination) =>
        StationaryInto(transitions, destination);

    private static void StationaryInto<T>(ReadOnlySpan<T> transitions, Span<T> destination)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        (int states, bool anyNaN) = Check.Transitions(transitions, nameof(transitions));
        Check.Apart(transitions, destination, states, nameof(destination));
        if (anyNaN)
        {
            destination[..states].Fill(T.NaN);
            return;
        }

        double[] work = ArrayPool<double>.Shared.Rent(states * (states + 1));
        try
        {
            ReadOnlySpan<double> stationary = Elimination.Stationary(transitions, states, work, nameof(transitions));
            for (int i = 0; i < states; i++)
                destination[i] = T.CreateTruncating(stationary[i]);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(work);
        }
    }
}
