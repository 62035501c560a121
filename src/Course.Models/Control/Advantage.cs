namespace Course.Models;

/// <summary>What the actions of one episode were worth.</summary>
public static class Advantage
{
    /// <summary>R_t = r_t + discount R_(t+1), beginning with the value beyond the last step.</summary>
    /// <param name="rewards">One per step.</param>
    /// <param name="lastValue">The value of the state after the last step; 0 where the episode failed.</param>
    /// <param name="discount">In [0, 1].</param>
    /// <param name="destination">Receives R_t of each step.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="discount"/> is not in [0, 1].</exception>
    public static void DiscountedReturns(ReadOnlySpan<double> rewards, double lastValue, double discount, Span<double> destination)
    {
        Shape.Fraction(discount, nameof(discount), orOne: true);
        Shape.Length(destination.Length, rewards.Length, nameof(destination), "one per step");
        double sum = lastValue;
        for (int t = rewards.Length - 1; t >= 0; t--)
            destination[t] = sum = rewards[t] + discount * sum;
    }

    /// <summary>Generalised advantage estimation: A_t = delta_t + discount lambda A_(t+1) with delta_t = r_t + discount V(s_(t+1)) - V(s_t).</summary>
    /// <remarks>lambda = 1 gives the discounted return less V(s_t); lambda = 0 gives delta_t: less variance, more bias. Source: Schulman et al. (2016).</remarks>
    /// <param name="rewards">One per step.</param>
    /// <param name="values">V(s_t) of each step.</param>
    /// <param name="lastValue">The value of the state after the last step; 0 where the episode failed.</param>
    /// <param name="discount">In [0, 1].</param>
    /// <param name="lambda">In [0, 1].</param>
    /// <param name="destination">Receives A_t of each step.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in [0, 1].</exception>
    public static void Generalised(
        ReadOnlySpan<double> rewards, ReadOnlySpan<double> values, double lastValue, double discount, double lambda, Span<double> destination)
    {
        Shape.Fraction(discount, nameof(discount), orOne: true);
        Shape.Fraction(lambda, nameof(lambda), orOne: true);
        Shape.Length(values.Length, rewards.Length, nameof(values), "one per step");
        Shape.Length(destination.Length, rewards.Length, nameof(destination), "one per step");
        double sum = 0, next = lastValue;
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            destination[t] = sum = rewards[t] + discount * next - values[t] + discount * lambda * sum;
            next = values[t];
        }
    }

    /// <summary>Shifts and scales to mean 0 and variance 1: what most implementations of policy gradients do to a batch of advantages.</summary>
    /// <param name="advantages">Changed in place; at least two, not all equal.</param>
    /// <exception cref="ArgumentException">There is no spread to scale by.</exception>
    public static void Standardise(Span<double> advantages)
    {
        double mean = 0, square = 0;
        foreach (double a in advantages)
            mean += a / advantages.Length;
        foreach (double a in advantages)
            square += (a - mean) * (a - mean) / advantages.Length;
        if (square == 0)
            throw new ArgumentException("advantages are all equal; they have no spread to scale by.", nameof(advantages));
        foreach (ref double a in advantages)
            a = (a - mean) / Math.Sqrt(square);
    }
}
