namespace RelativeEntropy;

/// <summary>What an estimate from counts does about its bias, which is of the order of the number of outcomes over that of
/// observations.</summary>
public enum PlugInCorrection
{
    /// <summary>Nothing: the frequencies stand for the probabilities (maximum likelihood). Entropies come out too small, divergences and
    /// informations too large.</summary>
    None,

    /// <summary>The first-order term of the bias is taken off, with the outcomes seen for those that there are (Miller 1955).</summary>
    MillerMadow,

    /// <summary>log n is estimated by G(n) = psi(n) + (-1)^n (psi((n + 1)/2) - psi(n/2))/2, with a bias that is exponentially small in the
    /// expected counts where these are Poisson (Grassberger 2003).</summary>
    Grassberger,
}
