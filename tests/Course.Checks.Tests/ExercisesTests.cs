namespace Course.Checks.Tests;

public sealed class ExercisesTests
{
    public static TheoryData<string> Ids => [.. Exercises.All.Select(e => e.Id)];

    [Fact]
    public void Ids_are_unique() => Assert.Distinct(Exercises.All.Select(e => e.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Mistakes_are_named_once(string id) => Assert.Distinct(Exercises.Find(id).Recognised);

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
}
