using Course.Checks;
using Course.Grading;
using Course.Notebooks;

namespace Course.Exercises.Tests;

/// <summary>
/// Every exercise, graded: on the course's own solutions, which must all be correct; or on the notebooks of the folder that the
/// environment variable COURSE_SUBMISSIONS names, where what was not attempted is skipped and what is wrong fails.
/// </summary>
public sealed class ExerciseTests(Hosts hosts) : IClassFixture<Hosts>
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;
    private static readonly string? Submissions = Environment.GetEnvironmentVariable("COURSE_SUBMISSIONS");

    public static TheoryData<string, string> Answers =>
    [
        .. from sheet in CourseFolder.NotebooksIn(Course.Solutions).Select(ExerciseSheet.Read)
           from file in Files(sheet)
           from exercise in sheet.Exercises
           select new TheoryDataRow<string, string>(file, exercise.Id),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_answer_is_correct(string file, string exercise)
    {
        Verdict verdict;
        try
        {
            verdict = await hosts.Grader.GradeAsync(new Submission(NotebookFile.Read(file)).Find(exercise), exercise, cancellation: TestContext.Current.CancellationToken);
        }
        catch (AnswerException e)
        {
            verdict = new Verdict(exercise, e.Outcome, e.Message);
        }
        Assert.SkipWhen(!string.IsNullOrEmpty(Submissions) && verdict.Outcome == Outcome.NotAttempted, verdict.Message);
        Assert.True(verdict.Outcome == Outcome.Correct, verdict.ToString());
    }

    private static IEnumerable<string> Files(ExerciseSheet sheet) => string.IsNullOrEmpty(Submissions)
        ? [sheet.Path]
        : CourseFolder.NotebooksIn(Submissions).Where(file => Submission.ExercisesIn(NotebookFile.Read(file)).Any(id => sheet.Exercises.Any(e => e.Id == id)));
}
