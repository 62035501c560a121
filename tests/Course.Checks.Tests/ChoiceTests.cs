namespace Course.Checks.Tests;

/// <summary>A letter is that letter, whatever stands around it.</summary>
public sealed class ChoiceTests
{
    public static TheoryData<string, string> Written =>
    [
        .. from exercise in Exercises.All.OfType<ChoiceExercise>()
           from form in new[] { "{0}", "{0}.", "({0})", "{0})", " {0} ", "[{0}]", "**{0}**", "`{0}`", "{0}:", "\"{0}\"", "\t{0}\n" }
           select new TheoryDataRow<string, string>(exercise.Id, form),
    ];

    [Theory]
    [MemberData(nameof(Written))]
    public void It_is_the_letter_in_it(string id, string form)
    {
        Verdict[] plain = [.. "ABCD".Select(letter => Check.Exercise(id, letter.ToString()))];
        Assert.Single(plain, v => v.Outcome == Outcome.Correct);
        Assert.Equal(plain, "ABCD".Select(letter => Check.Exercise(id, string.Format(null, form, letter))));
        Assert.Equal(plain, "abcd".Select(letter => Check.Exercise(id, string.Format(null, form, letter))));
    }

    [Theory]
    [InlineData("AB")]
    [InlineData("A or B")]
    [InlineData("not C")]
    [InlineData("")]
    [InlineData("()")]
    [InlineData("Z")]
    public void Anything_else_is_none(string given) =>
        Assert.All(Exercises.All.OfType<ChoiceExercise>(),
            e => Assert.Contains("is not one of the letters", Check.Exercise(e.Id, given).Message, StringComparison.Ordinal));
}
