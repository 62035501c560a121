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

    /// <summary>How near to the truth the statement asks an answer to be; null where it names no precision.</summary>
    public virtual Precision? Stated => null;

    /// <summary>
    /// The seed of the inputs that everybody may know: the line in the notebook and a learner's own grading draw from it, so that both
    /// say the same sentence. A class is graded with seeds of its own.
    /// </summary>
    public const int PublicSeed = 20_02;

    /// <summary>Whether an answer may not call a member of the course's library, because the exercise says to write it by hand.</summary>
    /// <param name="type">The type in the library.</param>
    /// <param name="member">Its member.</param>
    public virtual bool Forbids(string type, string member) => false;

    /// <summary>The verdict on an answer that is right and calls what the exercise says to write by hand.</summary>
    /// <param name="called">What it calls: <c>Divergence.KullbackLeibler</c>.</param>
    public Verdict NotByHand(string called) => new(Id, Outcome.Wrong, $"The values are right, but this calls {called} of the course's library: the exercise asks you to write it yourself.", LibraryCall);

    /// <summary>The mistake's id in <see cref="NotByHand"/>.</summary>
    public const string LibraryCall = "library-call";

    /// <summary>Checks an answer. Nothing that the answer does makes this throw.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="seed">What the hidden inputs are drawn from.</param>
    public Verdict Check(IAnswer answer, int seed)
    {
        try
        {
            return Judge(new SeparateAnswer(answer), new Random(seed));
        }
        catch (AnswerException e)
        {
            return new Verdict(Id, e.Outcome, e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Verdict(Id, Outcome.NotGraded, $"This answer could not be checked ({e.GetType().Name}); please report it.");
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
