namespace Course.Checks;

/// <summary>A typical wrong answer that has no formula of its own, recognised by what is odd about the outputs that are wrong.</summary>
/// <typeparam name="TInput">The exercise's inputs.</typeparam>
/// <typeparam name="TOutput">What the answer gives.</typeparam>
/// <param name="Id">Its name, as in <c>not-normalised</c>.</param>
/// <param name="Sentence">What to tell the learner: the mistake, and what to look at. Never the expected value.</param>
/// <param name="Shows">Whether an output that is wrong for an input, but as long as it should be, shows it.</param>
public sealed record Symptom<TInput, TOutput>(string Id, string Sentence, Func<TInput, TOutput, bool> Shows);
