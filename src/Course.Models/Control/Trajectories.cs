namespace Course.Models;

/// <summary>Episodes of the pole on a cart played by a policy, one after the other.</summary>
/// <remarks>The policy is a network from the four numbers of a state to two logits; each action is drawn from their softmax. A seed gives the same episodes on every machine.</remarks>
public sealed class Trajectories
{
    private readonly List<double> _observations = [], _lastObservations = [];
    private readonly List<int> _actions = [];
    private readonly List<Episode> _episodes = [];

    private Trajectories()
    {
    }

    /// <summary>The states in which an action was taken, <see cref="Steps"/> x 4, row-major.</summary>
    public double[] Observations { get; private set; } = [];

    /// <summary>The action taken in each.</summary>
    public int[] Actions { get; private set; } = [];

    /// <summary>The state after the last action of each episode, episodes x 4: what a value is taken of where an episode ended by the limit of steps.</summary>
    public double[] LastObservations { get; private set; } = [];

    /// <summary>Where each episode stands.</summary>
    public IReadOnlyList<Episode> Episodes => _episodes;

    /// <summary>The steps of all episodes.</summary>
    public int Steps => Actions.Length;

    /// <summary>The mean over episodes of the undiscounted return, which is the number of steps, as each gives the reward 1.</summary>
    public double MeanReturn => (double)Steps / Episodes.Count;

    /// <summary>Plays whole episodes until there are enough steps.</summary>
    /// <param name="policy">From 4 inputs to 2 logits.</param>
    /// <param name="parameters">Of the policy.</param>
    /// <param name="steps">The least number of steps, at least 1.</param>
    /// <param name="random">Where the starts and actions come from.</param>
    /// <returns>The episodes.</returns>
    /// <exception cref="ArgumentException">The policy has other inputs or outputs, or not as many parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is not positive.</exception>
    public static Trajectories OfSteps(MultilayerPerceptron policy, ReadOnlySpan<double> parameters, int steps, SeededRandom random)
    {
        Shape.Positive(steps, nameof(steps));
        return Play(policy, parameters, played => played._actions.Count < steps, random);
    }

    /// <summary>Plays a number of episodes.</summary>
    /// <param name="policy">From 4 inputs to 2 logits.</param>
    /// <param name="parameters">Of the policy.</param>
    /// <param name="episodes">How many, at least 1.</param>
    /// <param name="random">Where the starts and actions come from.</param>
    /// <returns>The episodes.</returns>
    /// <exception cref="ArgumentException">The policy has other inputs or outputs, or not as many parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="episodes"/> is not positive.</exception>
    public static Trajectories OfEpisodes(MultilayerPerceptron policy, ReadOnlySpan<double> parameters, int episodes, SeededRandom random)
    {
        Shape.Positive(episodes, nameof(episodes));
        return Play(policy, parameters, played => played._episodes.Count < episodes, random);
    }

    /// <summary>The discounted return from each step on: r_t + discount r_(t+1) + ..., and where an episode ended by the limit of steps, the discounted value of
    /// its last state (Pardo et al. 2018).</summary>
    /// <param name="discount">In [0, 1].</param>
    /// <param name="lastValues">The value of the last state of each episode; those of failed episodes are not used. Empty for zeros.</param>
    /// <returns>One number per step.</returns>
    /// <exception cref="ArgumentException"><paramref name="lastValues"/> has neither one number per episode nor none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="discount"/> is not in [0, 1].</exception>
    public double[] Returns(double discount, ReadOnlySpan<double> lastValues = default)
    {
        Shape.Wanted(lastValues.Length, Episodes.Count, nameof(lastValues), "one value per episode");
        double[] rewards = Rewards(), returns = new double[Steps];
        for (int e = 0; e < Episodes.Count; e++)
        {
            Episode episode = Episodes[e];
            double beyond = lastValues.IsEmpty || episode.HasFailed ? 0 : lastValues[e];
            Advantage.DiscountedReturns(rewards.AsSpan(episode.Start, episode.Length), beyond, discount, returns.AsSpan(episode.Start, episode.Length));
        }

        return returns;
    }

    /// <summary>The generalised advantage estimates of all steps: <see cref="Advantage.Generalised"/> of each episode.</summary>
    /// <param name="values">The value of the state of each step.</param>
    /// <param name="lastValues">The value of the last state of each episode; those of failed episodes are not used.</param>
    /// <param name="discount">In [0, 1].</param>
    /// <param name="lambda">In [0, 1].</param>
    /// <returns>One number per step.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in [0, 1].</exception>
    public double[] Advantages(ReadOnlySpan<double> values, ReadOnlySpan<double> lastValues, double discount, double lambda)
    {
        Shape.Length(values.Length, Steps, nameof(values), "one value per step");
        Shape.Length(lastValues.Length, Episodes.Count, nameof(lastValues), "one value per episode");
        double[] rewards = Rewards(), advantages = new double[Steps];
        for (int e = 0; e < Episodes.Count; e++)
        {
            Episode episode = Episodes[e];
            Advantage.Generalised(
                rewards.AsSpan(episode.Start, episode.Length), values.Slice(episode.Start, episode.Length),
                episode.HasFailed ? 0 : lastValues[e], discount, lambda, advantages.AsSpan(episode.Start, episode.Length));
        }

        return advantages;
    }

    private double[] Rewards()
    {
        double[] rewards = new double[Steps];
        Array.Fill(rewards, 1);
        return rewards;
    }

    private static Trajectories Play(MultilayerPerceptron policy, ReadOnlySpan<double> parameters, Func<Trajectories, bool> isWanted, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(random);
        if (policy.Inputs != CartPole.StateLength || policy.Outputs != CartPole.Actions)
            throw new ArgumentException(FormattableString.Invariant($"policy has {policy.Inputs} inputs and {policy.Outputs} outputs; it needs {CartPole.StateLength} and {CartPole.Actions}."), nameof(policy));
        var played = new Trajectories();
        var pass = new ForwardPass(policy);
        while (isWanted(played))
            played.PlayEpisode(pass, parameters, random);
        played.Observations = [.. played._observations];
        played.Actions = [.. played._actions];
        played.LastObservations = [.. played._lastObservations];
        return played;
    }

    private void PlayEpisode(ForwardPass policy, ReadOnlySpan<double> parameters, SeededRandom random)
    {
        Span<double> observation = stackalloc double[CartPole.StateLength], probabilities = stackalloc double[CartPole.Actions];
        int start = _actions.Count, length = 0;
        CartPoleState state = CartPole.Start(random);
        do
        {
            state.CopyTo(observation);
            DenseKernels.Softmax(policy.Run(parameters, observation), CartPole.Actions, probabilities);
            int action = random.Outcome(probabilities);
            _observations.AddRange(observation);
            _actions.Add(action);
            state = CartPole.Step(state, action);
            length++;
        }
        while (!CartPole.HasFailed(state) && length < CartPole.StepLimit);
        state.CopyTo(observation);
        _lastObservations.AddRange(observation);
        _episodes.Add(new(start, length, CartPole.HasFailed(state)));
    }
}

/// <summary>Where an episode stands among the steps of <see cref="Trajectories"/>, and how it ended.</summary>
/// <param name="Start">Its first step.</param>
/// <param name="Length">The number of its steps.</param>
/// <param name="HasFailed">True where the last action led to failure, false where the limit of steps ended it.</param>
public readonly record struct Episode(int Start, int Length, bool HasFailed);
