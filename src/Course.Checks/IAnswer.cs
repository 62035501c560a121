namespace Course.Checks;

/// <summary>A learner's answer, wherever it runs.</summary>
public interface IAnswer
{
    /// <summary>Calls it.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="arguments">What it is given: numbers, texts and arrays of them.</param>
    /// <returns>What it returned; null where it returned null.</returns>
    /// <exception cref="AnswerException">It could not be called, or threw, or did not come back.</exception>
    T? Call<T>(params object?[] arguments);

    /// <summary>Calls it, and looks at its only argument.</summary>
    /// <typeparam name="T">The argument's type.</typeparam>
    /// <param name="argument">The argument.</param>
    /// <returns>What the argument is after the call.</returns>
    /// <exception cref="AnswerException">It could not be called, or threw, or did not come back.</exception>
    T? After<T>(T argument);
}
