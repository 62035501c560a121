namespace Course.Checks;

/// <summary>An exercise whose answer is a function, checked on inputs for which the truth is known.</summary>
/// <typeparam name="TInput">One input.</typeparam>
/// <typeparam name="TOutput">What the function gives: a number, or an array of numbers.</typeparam>
public abstract class FunctionExercise<TInput, TOutput> : Exercise
{
    private const int MostCalls = 60;

    /// <inheritdoc/>
    public override IEnumerable<string> Recognised => Mistakes.Select(m => m.Id).Concat(Symptoms.Select(s => s.Id)).Distinct();

    /// <summary>The typical wrong answers, the most specific first.</summary>
    protected abstract IReadOnlyList<Mistake<TInput, TOutput>> Mistakes { get; }

    /// <summary>What else can be told from the outputs that are wrong, looked for after the mistakes, the most specific first.</summary>
    protected virtual IReadOnlyList<Symptom<TInput, TOutput>> Symptoms => [];

    /// <inheritdoc/>
    public override Precision? Stated => Tolerance.Words is null ? null : Tolerance;

    /// <summary>
    /// How near to the truth a right answer is: as the statement asks; or a relative error, with its derivation beside it.
    /// </summary>
    protected abstract Precision Tolerance { get; }

    /// <summary>The magnitude below which errors are no longer relative, so that a true zero leaves room for rounding.</summary>
    protected virtual double Floor => 0;

    /// <summary>The inputs: the edges first, then some drawn at random.</summary>
    /// <param name="random">Where to draw from.</param>
    protected abstract IEnumerable<TInput> Inputs(Random random);

    /// <summary>The arguments that an input stands for.</summary>
    protected abstract object?[] Arguments(TInput input);

    /// <summary>What a right answer gives.</summary>
    protected abstract TOutput Truth(TInput input);

    /// <summary>
    /// Whether an output is right for an input: as near to the truth as it must be, and whatever else the statement demands of it.
    /// </summary>
    protected virtual bool IsRight(TInput input, TOutput? output) => Agrees(output, Truth(input));

    /// <summary>
    /// Inputs that are as valid as this one and easier to look at, the simplest first: with fewer outcomes, with rounder numbers. From
    /// them the smallest counterexample is looked for.
    /// </summary>
    protected virtual IEnumerable<TInput> Simpler(TInput input) => [];

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
            catch (AnswerException e) when (e.Outcome.Rule().Kind == OutcomeKind.Wrong && given.Count > 0)
            {
                return new Verdict(Id, e.Outcome, $"For {Describe(input)}: {e.Message}");
            }
        }
        var wrong = given.Where(g => !IsRight(g.Input, g.Output)).ToList();
        if (wrong.Count == 0)
            return Correct();
        if (Mistakes.FirstOrDefault(m => given.All(g => m.Gives(g.Input) is not { } value || Agrees(g.Output, value))) is { } mistake)
            return Wrong(mistake.Sentence, mistake.Id);
        (TInput failing, TOutput? output) = Smallest(answer, wrong);
        string where = $"For {Describe(failing)} your answer is {Deviation.Describe(output, Truth(failing))}.";
        return Symptoms.FirstOrDefault(s => wrong.All(w => Deviation.AreComparable(w.Output, Truth(w.Input)) && s.Shows(w.Input, w.Output!))) is { } symptom
            ? Wrong($"{symptom.Sentence} {where}", symptom.Id)
            : Wrong(where);
    }

    /// <summary>The smallest input found for which the answer is wrong: the smallest that was tried, made simpler as long as the answer stays wrong.</summary>
    private (TInput Input, TOutput? Output) Smallest(IAnswer answer, IEnumerable<(TInput Input, TOutput? Output)> wrong)
    {
        (TInput Input, TOutput? Output) smallest = wrong.MinBy(w => Size.Of(Arguments(w.Input)));
        int calls = 0;
        try
        {
            for (bool found = true; found;)
            {
                found = false;
                foreach (TInput simpler in Simpler(smallest.Input).Where(s => Size.Of(Arguments(s)).CompareTo(Size.Of(Arguments(smallest.Input))) < 0))
                {
                    if (++calls > MostCalls)
                        return smallest;
                    TOutput? output = answer.Call<TOutput>(Arguments(simpler));
                    found = !IsRight(simpler, output);
                    if (found)
                    {
                        smallest = (simpler, output);
                        break;
                    }
                }
            }
        }
        catch (AnswerException)
        {
            // It threw, or ended its process: what was found so far is shown.
        }
        return smallest;
    }

    private bool Agrees(TOutput? output, TOutput value) => Deviation.IsWithin(output, value, Tolerance, Floor);
}
