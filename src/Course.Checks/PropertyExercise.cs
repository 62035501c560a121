namespace Course.Checks;

/// <summary>An exercise with many right answers: a function without arguments whose result must have a property.</summary>
/// <typeparam name="TOutput">What the function gives.</typeparam>
public abstract class PropertyExercise<TOutput> : Exercise
    where TOutput : class
{
    /// <inheritdoc/>
    public override IEnumerable<string> Recognised => Faults.Select(f => f.Id);

    /// <summary>All ways to lack the property, in the order in which they are looked for; each may rely on the ones before it.</summary>
    protected abstract IReadOnlyList<Fault<TOutput>> Faults { get; }

    /// <inheritdoc/>
    protected override Verdict Judge(IAnswer answer, Random random)
    {
        TOutput? given = answer.Call<TOutput>();
        if (given is null)
            return Wrong("Your answer is null.");
        foreach (Fault<TOutput> fault in Faults)
        {
            if (fault.Find(given) is { } sentence)
                return Wrong(sentence, fault.Id);
        }
        return Correct();
    }
}
