namespace Course.Checks;

/// <summary>The line below an exercise in the notebook.</summary>
public static class Check
{
    /// <summary>Checks a function.</summary>
    /// <param name="id">The exercise: <c>02.1</c>.</param>
    /// <param name="answer">The function.</param>
    /// <returns>The verdict, as the command line gives it.</returns>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static Verdict Exercise(string id, Delegate answer)
    {
        var exercise = Exercises.Find(id);
        Verdict verdict = exercise.Check(new LiveAnswer(answer, exercise.Form), Checks.Exercise.PublicSeed);
        return verdict.Outcome == Outcome.Correct
            && LibraryCalls.From(answer).FirstOrDefault(call => exercise.Forbids(call.Type, call.Member)) is { Type: not null } found
                ? exercise.NotByHand(found.ToString())
                : verdict;
    }

    // A method of an earlier cell converts to a delegate type that is written out, but scripts cannot infer one for it
    // (CS8917), in every host. So each shape of function that an exercise asks for has its overload.

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<string[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<string, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], int, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double, double, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double, double, double, double, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double, double, double, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], double, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<int[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], double[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][], double[][], int, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], double, double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], double[], double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], int, double, double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][], int[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], double[], double[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][], double, double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][], double[], double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][], double[][], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], double[], int, double, double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[], int, double[], int, double, double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][], double[][], double[], double> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][], double[][], double[]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<double[][]> answer) => Exercise(id, (Delegate)answer);

    /// <inheritdoc cref="Exercise(string, Delegate)"/>
    public static Verdict Exercise(string id, Func<int[]> answer) => Exercise(id, (Delegate)answer);

    /// <summary>Checks a number.</summary>
    /// <param name="id">The exercise.</param>
    /// <param name="answer">The number; null while it is not answered.</param>
    /// <returns>The verdict, as the command line gives it.</returns>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static Verdict Exercise(string id, double? answer) => Exercise(id, (Delegate)(() => answer));

    /// <summary>Checks a choice.</summary>
    /// <param name="id">The exercise.</param>
    /// <param name="answer">The letter; null while it is not answered.</param>
    /// <returns>The verdict, as the command line gives it.</returns>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static Verdict Exercise(string id, string? answer) => Exercise(id, (Delegate)(() => answer));
}
