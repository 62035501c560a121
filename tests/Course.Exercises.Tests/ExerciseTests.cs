using Course.Checks;
using Course.Grading;
using Course.Notebooks;

namespace Course.Exercises.Tests;

/// <summary>
/// Every exercise, graded: on the course's own solutions, which must all be correct; or on the notebooks of the folder that the
/// environment variable COURSE_SUBMISSIONS names, where what was not attempted is skipped and what is wrong fails.
/// </summary>
public sealed class ExerciseTests(SharedGrader shared) : IClassFixture<SharedGrader>
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;
    private static readonly string? Submissions = Environment.GetEnvironmentVariable("COURSE_SUBMISSIONS");

    /// <summary>A notebook and an exercise in it; where the notebook cannot be read, no exercise and the reason.</summary>
    public static TheoryData<string, string> Answers =>
    [
        .. from file in string.IsNullOrEmpty(Submissions) ? CourseFolder.NotebooksIn(Course.Solutions) : NotebooksBelow(Submissions)
           from exercise in ExercisesIn(file)
           select new TheoryDataRow<string, string>(file, exercise),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_answer_is_correct(string file, string exercise)
    {
        Verdict verdict;
        try
        {
            verdict = await shared.Grader.GradeAsync(new Submission(NotebookFile.Read(file)).Find(exercise), exercise, cancellation: TestContext.Current.CancellationToken);
        }
        catch (AnswerException e)
        {
            verdict = new Verdict(exercise, e.Outcome, e.Message);
        }
        Assert.SkipWhen(!string.IsNullOrEmpty(Submissions) && verdict.Outcome == Outcome.NotAttempted, verdict.Message);
        Assert.True(verdict.Outcome == Outcome.Correct, verdict.ToString());
    }

    private static IEnumerable<string> NotebooksBelow(string folder) =>
        Grading.Classroom.ClassFolder.Read(folder).SelectMany(student => student.Notebooks);

    private static IEnumerable<string> ExercisesIn(string file)
    {
        try
        {
            IReadOnlyList<ExerciseSheet> sheets = Sheets.Of(Course);
            return Sheets.For(NotebookFile.Read(file), file, sheets).Exercises.Select(e => e.Id);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            // The test then fails on reading it, and says why.
            return ["none: the notebook cannot be read"];
        }
    }
}
