namespace RelativeEntropy.Tensors.Numerics;

/// <summary>KL between distributions whose log-partition is made of log Gamma, as sums in which nothing large cancels.</summary>
internal static class GammaFamily
{
    private const int Shifts = 16;

    // Binet's mu(x) = sum of c_n / x^n: Stirling's series.
    private static readonly (int Power, double Coefficient)[] Binet = [(1, 1.0 / 12), (3, -1.0 / 360), (5, 1.0 / 1260), (7, -1.0 / 1680)];

    /// <summary>psi(x), the slope of log Gamma, for positive x. Torch has it; but torch's own derivative of it is right to ten digits only.</summary>
    public static Tensor Digamma(Tensor x)
    {
        Tensor steps = (x.unsqueeze(-1) + torch.arange(Shifts, dtype: x.dtype, device: x.device)).reciprocal().sum(-1);
        Tensor y = x + Shifts, value = y.log() - 0.5 / y;
        foreach ((int power, double coefficient) in Binet)
            value -= power * coefficient * y.pow(-power - 1);
        return value - steps;
    }

    /// <summary>log Gamma(x1) - log Gamma(x0) - psi(x0)(x1 - x0), the Bregman remainder of log Gamma.</summary>
    /// <remarks>
    /// By log Gamma(x) = log Gamma(x + 16) - sum of log(x + k) each step costs the remainder of -log, which is positive, and at 16 or above
    /// the remainders of x log x - x, of -log(x)/2 and of Stirling's series are summed.
    /// </remarks>
    public static Tensor OfLogGamma(Tensor x1, Tensor x0, Tensor step)
    {
        Tensor k = torch.arange(Shifts, dtype: x0.dtype, device: x0.device);
        Tensor from = x0.unsqueeze(-1) + k, to = x1.unsqueeze(-1) + k;
        Tensor steps = Elementary.RatioExcess(from, to, step.unsqueeze(-1)).sum(-1);
        Tensor y0 = x0 + Shifts, y1 = x1 + Shifts;
        return steps + KullbackLeiblerTerm.Of(y1, y0, -step) + OfStirling(y1, y0, step);
    }

    /// <summary>The remainder of log Gamma(x) - x log x + x.</summary>
    public static Tensor OfForm(Tensor x1, Tensor x0, Tensor step)
    {
        Tensor large = torch.minimum(x0, x1) >= Shifts;
        Tensor one = torch.ones_like(step), zero = torch.zeros_like(step);
        Tensor largeForm = OfStirling(torch.where(large, x1, one), torch.where(large, x0, one), torch.where(large, step, zero));
        Tensor s1 = torch.where(large, one, x1), s0 = torch.where(large, one, x0), small = torch.where(large, zero, step);
        return torch.where(large, largeForm, OfLogGamma(s1, s0, small) - KullbackLeiblerTerm.Of(s1, s0, -small));
    }

    /// <summary>KL(Gamma(shape0, rate0) || Gamma(shape1, rate1)): a location part in the means, and the remainder of the form.</summary>
    public static Tensor Gamma(Tensor shape0, Tensor rate0, Tensor shape1, Tensor rate1)
    {
        // m0/m1 - 1 - log(m0/m1) with m = shape/rate: (m0 - m1)/m1 = (d0 r1 - a1 d1)/(a1 r0), d0 = a0 - a1, d1 = r0 - r1.
        Tensor from = shape1 * rate0;
        Tensor location = shape1 * Elementary.RatioExcess(from, shape0 * rate1, (shape0 - shape1) * rate1 - shape1 * (rate0 - rate1));
        return location + OfForm(shape1, shape0, shape1 - shape0);
    }

    /// <summary>KL of two Dirichlet distributions whose concentrations lie along the last dimension; two of them make a Beta.</summary>
    /// <remarks>s1 KL(m1 || m0) + the sum of the remainders of the form at each concentration, less that at their sums s; m = c/s.</remarks>
    public static Tensor Dirichlet(Tensor c0, Tensor c1)
    {
        Tensor step = c1 - c0;
        Tensor s0 = c0.sum(-1, keepdim: true), s1 = c1.sum(-1, keepdim: true), total = step.sum(-1, keepdim: true);
        Tensor m0 = c0 / s0, m1 = c1 / s1, change = (c0 * total - step * s0) / (s0 * s1);
        return (s1.squeeze(-1) * KullbackLeiblerTerm.Of(m1, m0, change).sum(-1))
            + OfForm(c1, c0, step).sum(-1) - OfForm(s1, s0, total).squeeze(-1);
    }

    /// <summary>KL(Beta(a0, b0) || Beta(a1, b1)).</summary>
    public static Tensor Beta(Tensor a0, Tensor b0, Tensor a1, Tensor b1) => Dirichlet(Pair(a0, b0), Pair(a1, b1));

    /// <summary>KL(Beta(a, b) || the uniform distribution on [0, 1]).</summary>
    public static Tensor BetaToUniform(Tensor a, Tensor b) => Beta(a, b, torch.ones_like(a), torch.ones_like(b));

    // Of -log(x)/2 and of mu(x): with x1 = x0 (1 + h), the remainder of x^-n is x0^-n ((1 + h)^-n - 1 + n h).
    private static Tensor OfStirling(Tensor x1, Tensor x0, Tensor step)
    {
        Tensor ratio = x0 / x1, h = step / x0, square = h * h, sum = 0.5 * Elementary.RatioExcess(x0, x1, step);
        foreach ((int power, double coefficient) in Binet)
            sum += coefficient * x0.pow(-power) * square * OfPower(power, ratio);
        return sum;
    }

    // ((1 + h)^-n - 1 + n h)/h^2 with r = 1/(1 + h): r (n + (n - 1) r + ... + r^(n - 1)). All terms are positive.
    private static Tensor OfPower(int power, Tensor ratio)
    {
        Tensor sum = torch.ones_like(ratio);
        for (int j = 2; j <= power; j++)
            sum = sum * ratio + j;
        return ratio * sum;
    }

    private static Tensor Pair(Tensor a, Tensor b) => torch.stack([.. torch.broadcast_tensors(a, b)], -1);
}
