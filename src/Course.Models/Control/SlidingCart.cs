namespace Course.Models;

/// <summary>A cart without a pole, to be brought to the middle of its rail: a linear world with a quadratic cost, in which every mean has
/// a formula.</summary>
/// <remarks>
/// <para>A state is position x and velocity v, at first independent standard normals. An action a is an acceleration: x becomes x + h v
/// and v becomes v + h (a + w u),
/// with h = 0.1, w = 0.5 and a standard normal u, the wind. A step costs x^2 + 0.1 a^2. After each step the episode ends with probability
/// 1 - 0.95, so that
/// the discount is part of the world and a mean over the steps as they come is a mean over the discounted visits.</para>
/// <para>A policy is normal: parameters k1, k2 and l; in a state its action has the mean k1 x + k2 v and the standard deviation exp(l).
/// Formulas: with M the closed loop,
/// P = diag(1, 0) + 0.1 k k' + 0.95 M' P M for the value and S = 0.05 I + 0.95 (M S M' + N) for the visits; Hewer (1971) for the best
/// gains; Fazel et al. (2018) for the gradient.</para>
/// </remarks>
public static class SlidingCart
{
    /// <summary>Position and velocity.</summary>
    public const int StateLength = 2;

    /// <summary>Two gains and the logarithm of a standard deviation.</summary>
    public const int ParameterCount = StateLength + 1;

    /// <summary>The probability with which an episode goes on after a step.</summary>
    public const double Discount = 0.95;

    private const double TimeStep = 0.1, Wind = 0.5, Effort = 0.1;
    private const int Doublings = 60, Improvements = 50;

    /// <summary>What a policy costs, exactly, and what its gradient is made of.</summary>
    /// <param name="parameters">Of the policy: k1, k2, l.</param>
    /// <returns>Infinite cost, and NaN for the rest, where states grow faster than the discount forgets.</returns>
    /// <exception cref="ArgumentException">There are not three parameters, or one is not finite.</exception>
    public static CartWorth Worth(ReadOnlySpan<double> parameters)
    {
        CheckParameters(parameters);
        double k1 = parameters[0], k2 = parameters[1], variance = Math.Exp(2 * parameters[2]), root = Math.Sqrt(Discount);
        var loop = new Two(1, TimeStep, TimeStep * k1, 1 + TimeStep * k2);
        Two shrunk = loop.Times(root);
        double determinant = shrunk.A * shrunk.D - shrunk.B * shrunk.C;
        if (!(determinant < 1 && Math.Abs(shrunk.A + shrunk.D) < 1 + determinant))
            return new(double.PositiveInfinity, double.NaN, Nothing(ParameterCount), Nothing(4), Nothing(4), Nothing(StateLength));

        Two p = Sum(new(1 + Effort * k1 * k1, Effort * k1 * k2, Effort * k1 * k2, Effort * k2 * k2), shrunk.Transposed);
        Two s = Sum(new(1 - Discount, 0, 0, 1 - Discount + Discount * TimeStep * TimeStep * (variance + Wind * Wind)), shrunk);

        // The value of an action is quadratic in it: the slope at the mean action is 2 e's, the curvature is 2 c.
        double c = Effort + Discount * TimeStep * TimeStep * p.D;
        double e1 = Effort * k1 + Discount * TimeStep * (loop.A * p.B + loop.C * p.D);
        double e2 = Effort * k2 + Discount * TimeStep * (loop.B * p.B + loop.D * p.D);
        double perStep = c * variance + Discount * TimeStep * TimeStep * Wind * Wind * p.D;
        return new(
            (1 - Discount) * (p.A + p.D) + perStep, perStep / (1 - Discount),
            [2 * (s.A * e1 + s.B * e2), 2 * (s.C * e1 + s.D * e2), 2 * c * variance], s.ToArray(), p.ToArray(), [e1 / c, e2 / c]);
    }

    /// <summary>The gains of the policy that costs least, for any standard deviation: those of the Riccati equation.</summary>
    /// <remarks>Policy iteration from no force at all, k - the distance that <see cref="CartWorth.ToGreedy"/> names; it converges
    /// quadratically (Hewer 1971).</remarks>
    /// <returns>k1 and k2.</returns>
    public static double[] BestGains()
    {
        double[] gains = [0, 0];
        for (int i = 0; i < Improvements; i++)
        {
            double[] toGreedy = Worth([gains[0], gains[1], 0]).ToGreedy;
            gains = [gains[0] - toGreedy[0], gains[1] - toGreedy[1]];
        }

        return gains;
    }

    /// <summary>Plays episodes until there are enough steps; the last episode may be cut off.</summary>
    /// <param name="parameters">Of the policy: k1, k2, l.</param>
    /// <param name="steps">How many, at least 1.</param>
    /// <param name="random">Where starts, actions, wind and ends come from.</param>
    /// <returns>The steps.</returns>
    /// <exception cref="ArgumentException">There are not three parameters, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive.</exception>
    public static CartSteps Play(ReadOnlySpan<double> parameters, int steps, SeededRandom random)
    {
        CheckParameters(parameters);
        Shape.Positive(steps, nameof(steps));
        ArgumentNullException.ThrowIfNull(random);
        double[] states = new double[StateLength * steps], next = new double[StateLength * steps];
        double[] actions = new double[steps], costs = new double[steps];
        double deviation = Math.Exp(parameters[2]), x = random.Normal(), v = random.Normal();
        for (int t = 0; t < steps; t++)
        {
            double a = actions[t] = parameters[0] * x + parameters[1] * v + deviation * random.Normal();
            (states[2 * t], states[2 * t + 1]) = (x, v);
            costs[t] = x * x + Effort * a * a;
            (x, v) = (x + TimeStep * v, v + TimeStep * (a + Wind * random.Normal()));
            (next[2 * t], next[2 * t + 1]) = (x, v);
            if (random.Uniform() >= Discount)
                (x, v) = (random.Normal(), random.Normal());
        }

        return new(states, actions, costs, next);
    }

    // The sum of m^j c m'^j over all j, in pairs, fours, eights and so on.
    private static Two Sum(Two c, Two m)
    {
        for (int i = 0; i < Doublings; i++)
        {
            c = c.Plus(m.Times(c).Times(m.Transposed));
            m = m.Times(m);
        }

        return c;
    }

    private static double[] Nothing(int length)
    {
        double[] values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }

    private static void CheckParameters(ReadOnlySpan<double> parameters)
    {
        Shape.Length(parameters.Length, ParameterCount, nameof(parameters), "two gains and the logarithm of a standard deviation");
        Shape.Finite(parameters, nameof(parameters));
    }

    /// <summary>The matrix (A B; C D).</summary>
    private readonly record struct Two(double A, double B, double C, double D)
    {
        public Two Transposed => new(A, C, B, D);

        public Two Times(double factor) => new(A * factor, B * factor, C * factor, D * factor);

        public Two Times(Two o) => new(A * o.A + B * o.C, A * o.B + B * o.D, C * o.A + D * o.C, C * o.B + D * o.D);

        public Two Plus(Two o) => new(A + o.A, B + o.B, C + o.C, D + o.D);

        public double[] ToArray() => [A, B, C, D];
    }
}

/// <summary>What a policy of <see cref="SlidingCart"/> costs, and why.</summary>
/// <param name="Cost">The mean cost of a step, over the discounted visits: 1 - discount times the discounted cost of an episode.</param>
/// <param name="Chance">The part of the discounted cost of an episode that the policy's noise and the wind make, from any state.</param>
/// <param name="Gradient">Of <paramref name="Cost"/> by k1, k2 and l.</param>
/// <param name="Visits">S, 2 x 2 row-major: the mean of s s' over the discounted visits.</param>
/// <param name="Values">P, 2 x 2 row-major: from the state s an episode costs s' P s and <paramref name="Chance"/>.</param>
/// <param name="ToGreedy">The gains less those of the policy that is best if the old one acts afterwards.</param>
public sealed record CartWorth(double Cost, double Chance, double[] Gradient, double[] Visits, double[] Values, double[] ToGreedy);

/// <summary>Steps of <see cref="SlidingCart"/>, one after the other.</summary>
/// <param name="States">The states in which an action was taken, steps x 2, row-major.</param>
/// <param name="Actions">The action taken in each.</param>
/// <param name="Costs">What each step cost.</param>
/// <param name="NextStates">The state after each step, steps x 2, row-major.</param>
public sealed record CartSteps(double[] States, double[] Actions, double[] Costs, double[] NextStates)
{
    /// <summary>What each step saved against what was expected: V(s) - cost - discount V(next state), V being the exact value of the
    /// policy that played.</summary>
    /// <remarks>Its mean, given state and action, is the advantage of the action, counted as a gain; what is left is the wind.</remarks>
    /// <param name="worth">Of the policy that played.</param>
    /// <returns>One number per step.</returns>
    public double[] Advantages(CartWorth worth)
    {
        ArgumentNullException.ThrowIfNull(worth);
        double[] advantages = new double[Actions.Length], p = worth.Values;
        for (int t = 0; t < advantages.Length; t++)
            advantages[t] = Value(States, t) - Costs[t] - SlidingCart.Discount * Value(NextStates, t);
        return advantages;

        double Value(double[] states, int t)
        {
            double x = states[2 * t], v = states[2 * t + 1];
            return p[0] * x * x + (p[1] + p[2]) * x * v + p[3] * v * v + worth.Chance;
        }
    }
}
