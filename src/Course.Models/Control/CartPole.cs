namespace Course.Models;

/// <summary>The pole on a cart: push the cart left or right so that the pole stays up.</summary>
/// <remarks>
/// <para>The dynamics are those of Barto, Sutton and Anderson (1983) without friction, a = (F + m l w^2 sin t)/M, angular acceleration
/// (g sin t - a cos t)/(l (4/3 - m cos^2 t / M)), acceleration a - m l (angular acceleration) cos t / M; M is the mass of both, l half the pole's length, t
/// its angle and w its angular velocity. Constants, the explicit Euler step and limits are those of CartPole-v1 in OpenAI Gym (Brockman et al. 2016):
/// gravity 9.8, masses 1 and 0.1, half-length 0.5, force 10, step 0.02 s; an episode fails beyond 12 degrees or 2.4, and ends after 500 steps.</para>
/// <para>Each step gives the reward 1, the failing one too. Solved: a mean return of at least 475 over 100 episodes.</para>
/// </remarks>
public static class CartPole
{
    /// <summary>The numbers of a state.</summary>
    public const int StateLength = 4;

    /// <summary>Push left, push right.</summary>
    public const int Actions = 2;

    /// <summary>The steps after which an episode ends.</summary>
    public const int StepLimit = 500;

    /// <summary>The mean return over 100 episodes at which the task counts as solved.</summary>
    public const double SolvedReturn = 475;

    private const double Gravity = 9.8, CartMass = 1, PoleMass = 0.1, HalfLength = 0.5, Force = 10, TimeStep = 0.02;
    private const double TotalMass = CartMass + PoleMass, PoleMoment = PoleMass * HalfLength;
    private const double PositionLimit = 2.4, AngleLimit = 12 * 2 * Math.PI / 360;

    /// <summary>A state to begin with: each number uniform between -0.05 and 0.05.</summary>
    /// <param name="random">Where it comes from.</param>
    /// <returns>The state.</returns>
    public static CartPoleState Start(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new(Small(), Small(), Small(), Small());

        double Small() => 0.1 * random.Uniform() - 0.05;
    }

    /// <summary>The state 0.02 s later.</summary>
    /// <param name="state">Before.</param>
    /// <param name="action">0 pushes left, 1 right.</param>
    /// <returns>After.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such action.</exception>
    public static CartPoleState Step(CartPoleState state, int action)
    {
        Shape.Index(action, Actions, nameof(action), "actions");
        (double sine, double cosine) = SinCos(state.Angle);
        double push = ((action == 1 ? Force : -Force) + PoleMoment * state.AngularVelocity * state.AngularVelocity * sine) / TotalMass;
        double turn = (Gravity * sine - cosine * push) / (HalfLength * (4.0 / 3.0 - PoleMass * cosine * cosine / TotalMass));
        double acceleration = push - PoleMoment * turn * cosine / TotalMass;
        return new(
            state.Position + TimeStep * state.Velocity,
            state.Velocity + TimeStep * acceleration,
            state.Angle + TimeStep * state.AngularVelocity,
            state.AngularVelocity + TimeStep * turn);
    }

    /// <summary>Whether the cart has left the track or the pole has fallen.</summary>
    /// <param name="state">The state.</param>
    /// <returns>True beyond 2.4 on either side, or beyond 12 degrees.</returns>
    public static bool HasFailed(CartPoleState state) =>
        !(Math.Abs(state.Position) <= PositionLimit && Math.Abs(state.Angle) <= AngleLimit);

    /// <summary>
    /// Where a pole can stand, Taylor sums, whose rest is below 2^-60 of them: a learner's history branches at the last bit of a state, and platforms differ in theirs.
    /// </summary>
    private static (double Sine, double Cosine) SinCos(double angle)
    {
        if (!(Math.Abs(angle) < 0.8))
            return Math.SinCos(angle);
        double square = angle * angle, sine = 1, cosine = 1;
        for (int k = 18; k > 0; k -= 2)
        {
            sine = 1 - square / (k * (k + 1)) * sine;
            cosine = 1 - square / (k * (k - 1)) * cosine;
        }

        return (angle * sine, cosine);
    }
}

/// <summary>A state of the pole on a cart.</summary>
/// <param name="Position">Of the cart; 0 is the middle of the track, positive is right.</param>
/// <param name="Velocity">Of the cart, per second.</param>
/// <param name="Angle">Of the pole in radians; 0 is upright, positive is to the right.</param>
/// <param name="AngularVelocity">Of the pole, radians per second.</param>
public readonly record struct CartPoleState(double Position, double Velocity, double Angle, double AngularVelocity)
{
    /// <summary>The four numbers, as a network sees them.</summary>
    /// <param name="destination">Receives position, velocity, angle, angular velocity.</param>
    /// <exception cref="ArgumentException">The destination has not four elements.</exception>
    public void CopyTo(Span<double> destination)
    {
        Shape.Length(destination.Length, CartPole.StateLength, nameof(destination), "position, velocity, angle, angular velocity");
        destination[0] = Position;
        destination[1] = Velocity;
        destination[2] = Angle;
        destination[3] = AngularVelocity;
    }
}
