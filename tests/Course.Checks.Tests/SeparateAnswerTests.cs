namespace Course.Checks.Tests;

/// <summary>An answer shares no array with its check, whatever shape it has.</summary>
public sealed class SeparateAnswerTests
{
    /// <summary>One exercise for each shape of answer in the course.</summary>
    public static TheoryData<string> Shapes => [.. Exercises.All.DistinctBy(e => e.Form.DelegateType).Select(e => e.Id)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_an_answer_writes_into_its_arguments_stays_in_its_own_copies(string id)
    {
        object?[] arguments =
            [.. Exercises.Find(id).Form.DelegateType.GetMethod("Invoke")!.GetParameters().Select(p => Sample(p.ParameterType))];
        string before = Text(arguments);
        new SeparateAnswer(new Scribbler()).Call<object>(arguments);
        Assert.Equal(before, Text(arguments));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void What_an_answer_returned_stays_as_it_was_returned(string id)
    {
        object? returned = Sample(Exercises.Find(id).Form.DelegateType.GetMethod("Invoke")!.ReturnType);
        object? seen = new SeparateAnswer(new Scribbler(returned)).Call<object>();
        string before = Text(seen);
        Scribble(returned);
        Assert.Equal(before, Text(seen));
    }

    [Fact]
    public void An_answer_that_writes_at_the_next_call_into_what_it_returned_is_judged_by_what_it_returned()
    {
        double[]? held = null;
        Verdict verdict = Check.Exercise("05.2", new Func<double[], double[], double, double[]>((p, q, prior) =>
        {
            Scribble(held);
            (double Healthy, double Faulty)[] both = [.. p.Zip(q, (a, b) => (prior * a, (1 - prior) * b))];
            held = [.. both.Select(x => x.Healthy >= x.Faulty ? 1.0 : 0), both.Sum(x => Math.Min(x.Healthy, x.Faulty))];
            return held;
        }));
        Assert.Equal(Outcome.Correct, verdict.Outcome);
    }

    private static object? Sample(Type type) =>
        type == typeof(double[][]) ? new double[][] { [1, 2], [3, 4] }
        : type == typeof(double[]) ? new double[] { 1, 2 }
        : type == typeof(int[]) ? new[] { 1, 2 }
        : type == typeof(string[]) ? new[] { "one", "two" }
        : type == typeof(string) ? "text"
        : type.IsValueType ? Activator.CreateInstance(type)
        : throw new InvalidOperationException($"an argument of type {type} needs its sample here");

    private static string Text(object? value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static void Scribble(object? value)
    {
        if (value is not Array array)
            return;
        for (int i = 0; i < array.Length; i++)
        {
            if (array.GetValue(i) is Array row)
                Scribble(row);
            else if (array.GetValue(i) is { } number)
                array.SetValue(Convert.ChangeType(-7, number.GetType(), System.Globalization.CultureInfo.InvariantCulture), i);
        }
    }

    private sealed class Scribbler(object? returned = null) : IAnswer
    {
        public T? Call<T>(params object?[] arguments)
        {
            foreach (object? argument in arguments)
                Scribble(argument);
            return (T?)returned;
        }

        public T? After<T>(T argument)
        {
            Scribble(argument);
            return argument;
        }
    }
}
