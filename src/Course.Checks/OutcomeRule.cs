namespace Course.Checks;

/// <summary>What an outcome says about the answer.</summary>
public enum OutcomeKind
{
    /// <summary>It is right: all points.</summary>
    Right,

    /// <summary>It is not: no points.</summary>
    Wrong,

    /// <summary>There is none: no points.</summary>
    Open,

    /// <summary>Nothing: there are no points yet.</summary>
    Undecided,
}

/// <summary>What follows from an outcome. The same table stands in docs/grading-a-class.md.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Text">It in two words at most.</param>
/// <param name="Kind">What it says about the answer.</param>
/// <param name="IsKept">
/// Whether it is kept, in a class's journal and in a learner's progress: what is not kept is graded again the next time.
/// </param>
/// <param name="NeedsALook">Whether whoever grades a class has to look: the class's exit code is 1 then, else 0.</param>
/// <param name="OffersHint">Whether the exercise's hints help with it.</param>
public sealed record OutcomeRule(Outcome Outcome, string Text, OutcomeKind Kind, bool IsKept, bool NeedsALook, bool OffersHint)
{
    /// <summary>One for each outcome, in the order in which results show them.</summary>
    public static IReadOnlyList<OutcomeRule> All { get; } =
    [
        new(Outcome.Correct, "correct", OutcomeKind.Right, IsKept: true, NeedsALook: false, OffersHint: false),
        new(Outcome.Wrong, "wrong", OutcomeKind.Wrong, IsKept: true, NeedsALook: false, OffersHint: true),
        new(Outcome.Failed, "failed", OutcomeKind.Wrong, IsKept: true, NeedsALook: false, OffersHint: false),
        new(Outcome.NotAttempted, "not attempted", OutcomeKind.Open, IsKept: true, NeedsALook: false, OffersHint: true),
        new(Outcome.TimedOut, "timed out", OutcomeKind.Wrong, IsKept: true, NeedsALook: false, OffersHint: false),
        new(Outcome.Stalled, "stalled", OutcomeKind.Wrong, IsKept: false, NeedsALook: true, OffersHint: false),
        new(Outcome.NotGraded, "not graded", OutcomeKind.Undecided, IsKept: false, NeedsALook: true, OffersHint: false),
        new(Outcome.LeftOut, "left out", OutcomeKind.Undecided, IsKept: false, NeedsALook: true, OffersHint: false),
    ];

    /// <summary>The points; null where there are none yet.</summary>
    /// <param name="maximum">What the exercise is worth.</param>
    public int? Points(int maximum) => Kind switch
    {
        OutcomeKind.Right => maximum,
        OutcomeKind.Undecided => null,
        _ => 0,
    };
}

/// <summary>Outcomes and what follows from them.</summary>
public static class OutcomeRules
{
    private static readonly Dictionary<Outcome, OutcomeRule> ByOutcome = OutcomeRule.All.ToDictionary(rule => rule.Outcome);

    /// <summary>What follows from an outcome.</summary>
    public static OutcomeRule Rule(this Outcome outcome) => ByOutcome[outcome];
}
