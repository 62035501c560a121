using Course.Grading.Classroom;
using Course.Notebooks;

namespace Course.Grading.Tests;

public sealed class AdjustmentsTests : IDisposable
{
    private static readonly SheetExercise[] Exercises =
        [
            new("02.1", "T", 3, ["a", "b", "c"], (CodeCell)Notebooks.Code(""), [], []),
            new("02.4", "U", 2, ["a", "b", "c"], (CodeCell)Notebooks.Code(""), [], []),
        ];

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Adjustments Read(string text)
    {
        string path = Path.Combine(_folder, Adjustments.FileName);
        File.WriteAllText(path, text);
        return Adjustments.Read(path, ["alice", "bob"], Exercises);
    }

    [Fact]
    public void Without_a_file_there_are_none() =>
        Assert.Null(Adjustments.Read(Path.Combine(_folder, "none.csv"), ["alice"], Exercises).Of("alice", "02.1"));

    [Theory]
    [InlineData("student,exercise,points,reason\nalice,02.1,1.5,\"Right idea, \"\"well\"\" said\"\n")]
    [InlineData("\uFEFFstudent,exercise,points,reason\r\nalice,2.1,1.5,\"Right idea, \"\"well\"\" said\"\r\n\r\n")]
    [InlineData("student;exercise;points;reason\nalice;2.1;1.5;\"Right idea, \"\"well\"\" said\"")]
    public void A_line_is_read_however_a_spreadsheet_saves_it(string text)
    {
        Adjustments adjustments = Read(text);
        Assert.Equal(new Adjustment(1.5m, "Right idea, \"well\" said"), adjustments.Of("alice", "02.1"));
        Assert.Null(adjustments.Of("bob", "02.1"));
    }

    [Theory]
    [InlineData("name,points", "line 1: the first line must be student,exercise,points,reason")]
    [InlineData("student,exercise,points,reason\nalcie,02.1,1,r", "line 2: there is no student 'alcie'. Did you mean 'alice'?")]
    [InlineData("student,exercise,points,reason\nzoe,02.1,1,r", "line 2: there is no student 'zoe'")]
    [InlineData("student,exercise,points,reason\nalice,03.1,1,r", "line 2: there is no exercise '03.1' among those graded: 02.1, 02.4")]
    [InlineData(
        "student,exercise,points,reason\nalice,02.1,4,r",
        "line 2: '4' is no number of points for exercise 02.1: it must be from 0 to 3, such as 1.5")]
    [InlineData("student,exercise,points,reason\nalice,02.1,-1,r", "'-1' is no number of points")]
    [InlineData("student,exercise,points,reason\nalice,02.1,1e0,r", "'1e0' is no number of points")]
    [InlineData("student,exercise,points,reason\nalice,02.1,1.555,r", "'1.555' is no number of points")]
    [InlineData("student,exercise,points,reason\nalice,02.1,1,", "line 2: the reason is missing")]
    [InlineData("student,exercise,points,reason\nalice,02.1,1", "line 2: it has 3 fields instead of 4")]
    [InlineData("student,exercise,points,reason\nalice,02.1,1,a,b", "a reason with a comma in it stands in double quotes")]
    [InlineData(
        "student,exercise,points,reason\n\nalice,02.1,1,r\nalice,2.1,2,r", "line 4: alice has an adjustment of exercise 02.1 already")]
    [InlineData("student,exercise,points,reason\nalice,02.1,1,\"r", "line 2: a quotation is not closed")]
    public void What_cannot_be_followed_is_named_with_its_line(string text, string problem) =>
        Assert.Contains(problem, Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Every_problem_is_named_at_once() =>
        Assert.Equal(2, Refusal("student,exercise,points,reason\nx,02.1,1,r\nalice,02.1,9,r").Split("line ").Length - 1);

    private string Refusal(string text) => Assert.Throws<FormatException>(() => Read(text)).Message;
}
