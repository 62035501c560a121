namespace Course.Checks;

/// <summary>A typical wrong answer, recognised by what it gives.</summary>
/// <typeparam name="TInput">The exercise's inputs.</typeparam>
/// <typeparam name="TOutput">What the answer gives.</typeparam>
/// <param name="Id">Its name, as in <c>swapped-direction</c>. Variants of one mistake share one.</param>
/// <param name="Sentence">What to tell the learner: the mistake, and what to look at. Never the expected value.</param>
/// <param name="Gives">What this mistake gives for an input; null where one who makes it may get anything.</param>
public sealed record Mistake<TInput, TOutput>(string Id, string Sentence, Func<TInput, TOutput?> Gives);
