using Course.Grading;

namespace Course.Cli.Tests;

/// <summary>Names and values as a person writes them.</summary>
public sealed class WrittenTests
{
    private static readonly string[] Known = ["run", "grade", "watch", "hint", "new", "release", "verify", "A"];

    [Theory]
    [InlineData("gade", "grade")]
    [InlineData("rnu", "run")]
    [InlineData("hnit", "hint")]
    [InlineData("relaese", "release")]
    [InlineData("VERIFY", "verify")]
    [InlineData("ver", "verify")]
    [InlineData("nonsense")]
    [InlineData("B")]
    [InlineData("")]
    public void The_nearest_names_are_found_and_none_that_is_far(string given, params string[] near) =>
        Assert.Equal(near, Nearest.To(given, Known));

    [Theory]
    [InlineData("30", 30)]
    [InlineData("30s", 30)]
    [InlineData(" 2m ", 120)]
    [InlineData("1m30s", 90)]
    [InlineData("1M30", 90)]
    [InlineData("24h", 86_400)]
    [InlineData("0", null)]
    [InlineData("25h", null)]
    [InlineData("86401", null)]
    [InlineData("99999999999999", null)]
    [InlineData("-3", null)]
    [InlineData("1.5m", null)]
    [InlineData("30sec", null)]
    [InlineData("s", null)]
    [InlineData("", null)]
    public void A_time_is_read_as_it_is_written(string text, int? seconds) => Assert.Equal(seconds, Duration.Parse(text)?.Seconds);

    [Fact]
    public void A_time_that_is_shown_is_read_again() => Assert.Equal(new Duration(90), Duration.Parse(new Duration(90).ToString()));

    [Theory]
    [InlineData("2", "02", "")]
    [InlineData("02,3", "02 03", "")]
    [InlineData("2 3|10", "02 03 10", "")]
    [InlineData("02-gibbs-inequality", "02", "")]
    [InlineData("2|../handed in", "02", "../handed in")]
    [InlineData("o2|class", "o2", "class")]
    public void Chapters_are_listed_as_a_person_lists_them_and_what_follows_them_is_an_argument(
        string values, string chapters, string others)
    {
        ChapterList list = ChapterList.Of(values.Split('|'));
        Assert.Equal((chapters, others), (string.Join(' ', list.Chapters), string.Join('|', list.Others)));
    }

    [Theory]
    [InlineData("2.1", "02.1")]
    [InlineData("2,1", "02.1")]
    [InlineData(" 02.01 ", "02.1")]
    [InlineData("2", "2")]
    public void An_exercise_may_be_written_without_its_noughts(string given, string id) => Assert.Equal(id, ExerciseId.Of(given));
}
