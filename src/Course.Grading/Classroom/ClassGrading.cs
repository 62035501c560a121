using System.Text.RegularExpressions;
using Course.Checks;
using Course.Grading.Results;

namespace Course.Grading.Classroom;

/// <summary>Grades the exercises of a sheet in one submission.</summary>
internal delegate Task<Grade> GradeSubmission(
    Submission submission, ExerciseSheet sheet, long seed, IProgress<GradedExercise>? progress, CancellationToken cancellation);

/// <summary>Grades what a class handed in, several notebooks at a time.</summary>
public sealed class ClassGrading
{
    private const int MostProblems = 20;

    /// <summary>The folder in which an answer ran, which has another name each time.</summary>
    private static readonly Regex WorkFolder = new(
        $@"(?:<temp>|{Regex.Escape(Path.TrimEndingDirectorySeparator(Path.GetTempPath()))})[/\\]course-\w+[/\\]\d+");

    private readonly GradeSubmission _grade;
    private readonly IReadOnlyList<ExerciseSheet> _sheets;
    private readonly Receipt _receipt;

    /// <param name="grader">What grades an answer.</param>
    /// <param name="sheets">The course's exercises.</param>
    /// <param name="receipt">By what is graded.</param>
    public ClassGrading(Grader grader, IReadOnlyList<ExerciseSheet> sheets, Receipt receipt)
        : this(grader.GradeAsync, sheets, receipt)
    {
    }

    internal ClassGrading(GradeSubmission grade, IReadOnlyList<ExerciseSheet> sheets, Receipt receipt) =>
        (_grade, _sheets, _receipt) = (grade, sheets, receipt);

    /// <summary>Reads what was handed in.</summary>
    /// <param name="students">What each student handed in.</param>
    /// <param name="chapters">
    /// The numbers of the chapters to grade, as in <c>02</c>; where there is none, all that anyone has answered.
    /// </param>
    /// <exception cref="ArgumentException">A chapter has no exercises.</exception>
    public Assignment Read(IReadOnlyList<HandedIn> students, IReadOnlyList<string> chapters)
    {
        if (chapters.FirstOrDefault(c => _sheets.All(sheet => !IsOf(sheet, c))) is { } unknown)
        {
            string known = string.Join(", ", _sheets.Select(s => Path.GetFileName(s.Path).Split('-')[0]));
            throw new ArgumentException($"there is no chapter '{unknown}' with exercises. There are: {known}");
        }
        Work[] works =
            [.. students.Select(s => new Work(s, [.. s.Notebooks.Select(path => HandedInNotebook.Read(path, s.Shown(path), _sheets))]))];
        HashSet<ExerciseSheet> graded =
        [
            .. chapters.Count > 0
                ? _sheets.Where(sheet => chapters.Any(c => IsOf(sheet, c)))
                : works.SelectMany(w => w.Notebooks).Select(n => n.Sheet).OfType<ExerciseSheet>(),
        ];
        return new Assignment([.. _sheets.Where(graded.Contains)], works);
    }

    private static bool IsOf(ExerciseSheet sheet, string chapter) =>
        Path.GetFileName(sheet.Path).StartsWith($"{chapter}-", StringComparison.Ordinal);

    /// <summary>Grades an assignment.</summary>
    /// <param name="assignment">What to grade.</param>
    /// <param name="seeds">The seed of each student's hidden inputs.</param>
    /// <param name="adjustments">The instructor's.</param>
    /// <param name="journal">What was graded under the same conditions before, and where to write down what is; or null.</param>
    /// <param name="atOnce">How many notebooks to grade at a time.</param>
    /// <param name="again">What is graded anew although the journal knows it; nothing where it is null.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Stops the grading; what is done stays in the journal.</param>
    public async Task<ClassResult> GradeAsync(
        Assignment assignment, Func<string, long> seeds, Adjustments adjustments, Journal? journal, int atOnce, Again? again = null,
        IProgress<GradingStep>? progress = null, CancellationToken cancellation = default)
    {
        NotebookGrading[] notebooks =
        [
            .. from work in assignment.Works
               from sheet in assignment.Sheets
               let answering = work.Answering(sheet)
               where answering.Count == 1
               let seed = seeds(work.Student)
               select new NotebookGrading(
                   work.Student, answering[0], sheet, seed, _receipt.Key(answering[0].Hash!, sheet, seed), progress),
        ];
        await new ClassRun(GradeAsync, journal, atOnce).GradeAsync(notebooks, again ?? Again.Nothing, cancellation).ConfigureAwait(false);
        var graded = new Dictionary<HandedInNotebook, NotebookGrading>(
            notebooks.Select(n => KeyValuePair.Create(n.Notebook, n)), ReferenceEqualityComparer.Instance);
        return new ClassResult(
            _receipt, assignment.Sheets,
            [.. assignment.Works.Select(work => Result(work, assignment.Sheets, graded, seeds(work.Student), adjustments))]);
    }

    /// <summary>Grades as the grader does, in words that are the same the next time.</summary>
    private async Task<Grade> GradeAsync(
        Submission submission, ExerciseSheet sheet, long seed, IProgress<GradedExercise>? progress, CancellationToken cancellation)
    {
        Grade grade = await _grade(submission, sheet, seed, progress, cancellation).ConfigureAwait(false);
        return new Grade([.. grade.Exercises.Select(e => e with { Verdict = Lasting(e.Verdict) })]);
    }

    private static Verdict Lasting(Verdict verdict) =>
        verdict with { Message = PlainText.Of(WorkFolder.Replace(verdict.Message, "<folder>")) };

    private static string[] Further(int problems) => problems > 0 ? [$"and {problems} more of this kind"] : [];

    private static StudentResult Result(
        Work work, IReadOnlyList<ExerciseSheet> sheets, Dictionary<HandedInNotebook, NotebookGrading> graded, long seed,
        Adjustments adjustments)
    {
        List<string> problems = [.. work.HandedIn.Problems, .. work.Notebooks.Select(n => n.Problem).OfType<string>()];
        if (work.Notebooks.Count == 0 && problems.Count == 0)
            problems.Add("no notebook was handed in");
        bool unread = work.HandedIn.IsUnread || work.Notebooks.Any(n => n.IsUnread);
        string missing = unread ? "It may stand in what this machine could not read."
            : problems.Count == 0 ? "No notebook with it was handed in."
            : "No notebook with it that can be read was handed in.";
        var exercises = new List<ExerciseResult>();
        foreach (ExerciseSheet sheet in sheets)
        {
            IReadOnlyList<HandedInNotebook> answering = work.Answering(sheet);
            string? doubled = answering.Count > 1
                ? $"{string.Join(" and ", answering.Select(n => n.File))} answer the same exercises: hand in one of them"
                : null;
            if (doubled is not null)
                problems.Add(doubled);
            foreach (SheetExercise exercise in sheet.Exercises)
            {
                Verdict verdict = doubled is not null ? new Verdict(exercise.Id, Outcome.Failed, $"Two notebooks answer it: {doubled}.")
                    : answering.Count == 1 ? graded[answering[0]].VerdictOn(exercise)
                    : new Verdict(exercise.Id, unread ? Outcome.NotGraded : Outcome.NotAttempted, missing);
                exercises.Add(
                    new ExerciseResult(exercise.Id, exercise.Title, exercise.Points, verdict, adjustments.Of(work.Student, exercise.Id)));
            }
        }
        return new StudentResult(
            work.Student,
            seed,
            [.. work.Notebooks.Select(n => new NotebookReceipt(
                n.File, n.Hash, n.Sheet is null ? null : Path.GetFileNameWithoutExtension(n.Sheet.Path),
                graded.TryGetValue(n, out NotebookGrading? of) && of.WasGraded ? of.Key : null))],
            exercises,
            [.. problems.Take(MostProblems).Select(p => Excerpt.Of(PlainText.Of(p))), .. Further(problems.Count - MostProblems)]);
    }
}

/// <summary>What is graded.</summary>
public sealed class Assignment
{
    internal Assignment(IReadOnlyList<ExerciseSheet> sheets, IReadOnlyList<Work> works) => (Sheets, Works) = (sheets, works);

    /// <summary>The exercises, in the course's order.</summary>
    public IReadOnlyList<ExerciseSheet> Sheets { get; }

    /// <summary>The students' ids, in order.</summary>
    public IEnumerable<string> Students => Works.Select(work => work.Student);

    /// <summary>How many exercises are to be graded.</summary>
    public int Exercises => Works.Sum(work => Sheets.Where(sheet => work.Answering(sheet).Count == 1).Sum(sheet => sheet.Exercises.Count));

    /// <summary>How many of them have a cell that is not as it was given out.</summary>
    public int Attempts => (
        from work in Works
        from sheet in Sheets
        from notebook in work.Answering(sheet)
        from exercise in sheet.Exercises
        where notebook.Submission!.Attempts(exercise)
        select exercise).Count();

    internal IReadOnlyList<Work> Works { get; }
}

/// <summary>A student's notebooks, read.</summary>
internal sealed record Work(HandedIn HandedIn, IReadOnlyList<HandedInNotebook> Notebooks)
{
    public string Student => HandedIn.Student;

    public IReadOnlyList<HandedInNotebook> Answering(ExerciseSheet sheet) => [.. Notebooks.Where(n => ReferenceEquals(n.Sheet, sheet))];
}

/// <summary>Some exercises are done.</summary>
/// <param name="Student">Whose they are.</param>
/// <param name="File">The notebook.</param>
/// <param name="Exercises">How many.</param>
/// <param name="IsLast">Whether the notebook is done with them.</param>
/// <param name="FromJournal">Whether they had been graded before.</param>
public sealed record GradingStep(string Student, string File, int Exercises, bool IsLast, bool FromJournal);
