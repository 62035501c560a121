namespace Course.Checks;

/// <summary>
/// An answer that shares no array with its check, wherever it runs: one that works in place spoils nothing but its own copies, and one that
/// writes again into what it returned changes nothing.
/// </summary>
internal sealed class SeparateAnswer(IAnswer answer) : IAnswer
{
    public T? Call<T>(params object?[] arguments) => (T?)Copy(answer.Call<T>([.. arguments.Select(Copy)]));

    public T? After<T>(T argument) => (T?)Copy(answer.After((T)Copy(argument)!));

    private static object? Copy(object? value)
    {
        if (value is not Array array)
            return value;
        var copy = (Array)array.Clone();
        if (copy is object?[] elements)
        {
            for (int i = 0; i < elements.Length; i++)
                elements[i] = Copy(elements[i]);
        }
        return copy;
    }
}
