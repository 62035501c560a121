namespace Course.Checks;

/// <summary>An exercise whose answer is a function, checked on inputs for which the truth is known.</summary>
/// <typeparam name="TInput">One input.</typeparam>
/// <typeparam name="TOutput">What the function gives: a number, or an array of numbers.</typeparam>
public abstract class FunctionExercise<TInput, TOutput> : Exercise
{
    /// <inheritdoc/>
    public override IEnumerable<string> Recognised => Mistakes.Select(m => m.Id);

    /// <summary>The typical wrong answers, the most specific first.</summary>
    protected abstract IReadOnlyList<Mistake<TInput, TOutput>> Mistakes { get; }

    /// <summary>The largest relative error of a right answer, with its derivation beside it.</summary>
    protected abstract double Tolerance { get; }

    /// <summary>The inputs: the edges first, then some drawn at random.</summary>
    /// <param name="random">Where to draw from.</param>
    protected abstract IEnumerable<TInput> Inputs(Random random);

    /// <summary>The arguments that an input stands for.</summary>
    protected abstract object?[] Arguments(TInput input);

    /// <summary>What a right answer gives.</summary>
    protected abstract TOutput Truth(TInput input);

    /// <summary>The input in words, for the learner.</summary>
    protected abstract string Describe(TInput input);

    /// <inheritdoc/>
    protected override Verdict Judge(IAnswer answer, Random random)
    {
        var given = new List<(TInput Input, TOutput? Output)>();
        foreach (TInput input in Inputs(random))
        {
            try
            {
                given.Add((input, answer.Call<TOutput>(Arguments(input))));
            }
            catch (AnswerException e) when (e.Outcome == Outcome.Failed && given.Count > 0)
            {
                return new Verdict(Id, Outcome.Failed, $"For {Describe(input)}: {e.Message}");
            }
        }
        int wrong = given.FindIndex(g => Deviation.Between(g.Output, Truth(g.Input)) > Tolerance);
        if (wrong < 0)
            return Correct();
        foreach (Mistake<TInput, TOutput> mistake in Mistakes)
        {
            if (given.All(g => Deviation.Between(g.Output, mistake.Gives(g.Input)) <= Tolerance))
                return Wrong(mistake.Sentence, mistake.Id);
        }
        (TInput failing, TOutput? output) = given[wrong];
        return Wrong($"For {Describe(failing)} your answer is {Deviation.Describe(output, Truth(failing))}.");
    }
}
