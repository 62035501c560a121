using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// The two extremal problems of information theory that alternate two projections: the capacity of a channel and the rate-distortion function of a source,
/// each with bounds that hold whenever the iteration is stopped.
/// </summary>
/// <remarks>
/// A table is row-major. What is no distribution throws; else a NaN gives NaN. To run out of iterations is an outcome, no error. The span that the
/// iteration works on is its whole state: called again with it, a function goes on where it stopped, so that long work can be cut into
/// pieces, shown, or given up, with bounds at each. Nothing is allocated; the work is rented.
/// </remarks>
public static partial class RateDistortion
{
    // The state is a distribution, or all zeros, which stands for the uniform one.
    private static bool Start(Span<double> state, string name)
    {
        if (!state.ContainsAnyExcept(0))
            state.Fill(1.0 / state.Length);
        return double.IsNaN(Check.Distribution<double>(state, name));
    }
}
