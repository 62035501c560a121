namespace Course.Checks;

/// <summary>All exercises of the course.</summary>
public static class Exercises
{
    /// <summary>All exercises, in the course's order.</summary>
    public static IReadOnlyList<Exercise> All { get; } =
    [
        new Chapter02.DivergenceByHand(),
        new Chapter02.ChainRuleInBits(),
        new Chapter02.Supports(),
        new Chapter02.TriangleCounterexample(),
        new Chapter02.InformationProjection(),
        new Chapter09.SoftTargetGradient(),
        new Chapter09.SnippetByHand(),
        new Chapter09.WhichLoss(),
        new Chapter09.SureTeacher(),
        new Chapter09.LinearStudent(),
    ];

    /// <summary>The exercise with an id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Exercise Find(string id) => All.FirstOrDefault(e => e.Id == id)
        ?? throw new ArgumentException($"There is no exercise '{id}'. There are: {string.Join(", ", All.Select(e => e.Id))}.", nameof(id));
}
