namespace Course.Checks;

/// <summary>
/// What must be true of the answer to one exercise. The expected values stand here and never reach the learner's process.
/// </summary>
public abstract class Exercise
{
    /// <summary>Its id: chapter, dot, number, as in <c>02.1</c>.</summary>
    public abstract string Id { get; }

    /// <summary>How the learner's cell names the answer.</summary>
    public abstract AnswerForm Form { get; }

    /// <summary>The typical wrong answers that <see cref="Check"/> recognises, by id.</summary>
    public abstract IEnumerable<string> Recognised { get; }

    /// <summary>Checks an answer. Nothing that the answer does makes this throw.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="seed">What the hidden inputs are drawn from.</param>
    public Verdict Check(IAnswer answer, int seed)
    {
        try
        {
            return Judge(answer, new Random(seed));
        }
        catch (AnswerException e)
        {
            return new Verdict(Id, e.Outcome, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Verdict(Id, Outcome.Failed, $"This answer could not be checked ({e.GetType().Name}); please report it.");
        }
    }

    /// <summary>Judges an answer; an <see cref="AnswerException"/> from it is a verdict, too.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="random">The source of hidden inputs.</param>
    protected abstract Verdict Judge(IAnswer answer, Random random);

    /// <summary>The answer is right.</summary>
    protected Verdict Correct() => new(Id, Outcome.Correct, "Correct.");

    /// <summary>The answer is wrong.</summary>
    /// <param name="message">One sentence: which mistake it was, as far as it can be told.</param>
    /// <param name="mistake">The typical mistake's id, where it was recognised.</param>
    protected Verdict Wrong(string message, string? mistake = null) => new(Id, Outcome.Wrong, message, mistake);
}
