namespace Course.Checks;

/// <summary>One way in which an answer can lack the property that is asked of it.</summary>
/// <typeparam name="TOutput">What the answer gives.</typeparam>
/// <param name="Id">Its name, as in <c>not-normalised</c>.</param>
/// <param name="Find">One sentence for the learner that shows where the answer lacks the property; null where it does not.</param>
public sealed record Fault<TOutput>(string Id, Func<TOutput, string?> Find);
