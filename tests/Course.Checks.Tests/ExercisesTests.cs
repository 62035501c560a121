namespace Course.Checks.Tests;

public sealed class ExercisesTests
{
    public static TheoryData<string> Ids => [.. Exercises.All.Select(e => e.Id)];

    [Fact]
    public void Ids_are_unique() => Assert.Distinct(Exercises.All.Select(e => e.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_answer_has_a_name_of_its_own(string id) =>
        Assert.Single(Exercises.All, e => e.Form.Name == Exercises.Find(id).Form.Name);

    [Fact]
    public void An_unknown_id_is_named() =>
        Assert.Contains("'99.9'", Assert.Throws<ArgumentException>(() => Exercises.Find("99.9")).Message);

    [Fact]
    public void An_answer_of_another_shape_fails() =>
        Assert.Equal(Outcome.Failed, Check.Exercise("02.1", (Delegate)((double p) => p)).Outcome);

    [Fact]
    public void An_answer_that_throws_fails() =>
        Assert.Equal(Outcome.Failed, Check.Exercise("02.4", new Func<double[][]>(() => throw new InvalidOperationException("no"))).Outcome);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Whatever_an_answer_gives_is_judged_and_not_right(string id)
    {
        for (int kind = 0; kind < Strange.Kinds; kind++)
        {
            Verdict verdict = Exercises.Find(id).Check(new Strange(kind), seed: kind);
            Assert.NotEqual(Outcome.Correct, verdict.Outcome);
            Assert.DoesNotContain("could not be checked", verdict.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Answers that nobody would give on purpose: nothing, too little, too much, no numbers.</summary>
    private sealed class Strange(int kind) : IAnswer
    {
        public const int Kinds = 8;

        private static readonly double[] Numbers = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 1e308, -0.0, 5e-324, 123];

        public T? Call<T>(params object?[] arguments) => (T?)(object?)(
            typeof(T) == typeof(double) || typeof(T) == typeof(double?) ? Numbers[kind]
            : typeof(T) == typeof(string) ? new[] { "", " ", "E", "AB", "\0", "\ud83d", "null", "?" }[kind]
            : typeof(T) == typeof(double[]) ? Row(arguments.OfType<double[]>().FirstOrDefault()?.Length ?? 3)
            : typeof(T) == typeof(double[][]) ? Table()
            : typeof(T) == typeof(int[]) ? Lengths()
            : throw new InvalidOperationException($"an answer of type {typeof(T)} needs its strange values here"));

        public T? After<T>(T argument) => argument;

        private double[]? Row(int length) => kind switch
        {
            0 => null,
            1 => [],
            2 => Mass(length + 1),
            3 => Mass(Math.Max(length - 1, 0)),
            4 => [.. Enumerable.Repeat(double.NaN, length)],
            5 => [.. Enumerable.Repeat(double.PositiveInfinity, length)],
            6 => [.. Enumerable.Repeat(-1.0, length)],
            _ => new double[length],
        };

        private int[]? Lengths() => kind switch
        {
            0 => null,
            1 => [],
            2 => [1],
            3 => new int[7],
            4 => [int.MaxValue, 1, 1, 1, 1, 1, 1],
            5 => [int.MinValue, 1, 1, 1, 1, 1, 1],
            6 => [.. Enumerable.Repeat(1, 7)],
            _ => [.. Enumerable.Repeat(50, 7)],
        };

        private double[]?[]? Table() => kind switch
        {
            0 => null,
            1 => [],
            2 => [null, null, null],
            3 => [[], [], []],
            4 => [Mass(3), Mass(4), Mass(5)],
            5 => [Row(3), Row(3), Row(3)],
            6 => [Mass(3), Mass(3), Mass(3), Mass(3)],
            _ => [[double.NaN, 1, 0], Mass(3), Mass(3)],
        };

        private static double[] Mass(int length) => [.. Enumerable.Range(0, length).Select(i => i == 0 ? 1.0 : 0)];
    }
}
