namespace Course.Models;

/// <summary>What a layer does to each of its sums.</summary>
public enum Activation
{
    /// <summary>Nothing: f(x) = x.</summary>
    Linear,

    /// <summary>The hyperbolic tangent; f' = 1 - f^2.</summary>
    Tanh,

    /// <summary>max(x, 0); its derivative at 0 is taken as 0.</summary>
    ReLU,
}
