using System.Text.RegularExpressions;
using Course.Checks;
using Course.Grading.Results;

namespace Course.Grading.Classroom;

/// <summary>Grades what a class handed in, several notebooks at a time.</summary>
/// <param name="grader">What grades an answer.</param>
/// <param name="sheets">The course's exercises.</param>
/// <param name="receipt">By what is graded.</param>
public sealed class ClassGrading(Grader grader, IReadOnlyList<ExerciseSheet> sheets, Receipt receipt)
{
    private const int MostProblems = 20;

    /// <summary>The folder in which an answer ran, which has another name each time.</summary>
    private static readonly Regex WorkFolder = new($@"(?:<temp>|{Regex.Escape(Path.TrimEndingDirectorySeparator(Path.GetTempPath()))})[/\\]course-\w+[/\\]\d+");

    /// <summary>Reads what was handed in.</summary>
    /// <param name="students">What each student handed in.</param>
    /// <param name="chapters">The numbers of the chapters to grade, as in <c>02</c>; where there is none, all that anyone has answered.</param>
    /// <exception cref="ArgumentException">A chapter has no exercises.</exception>
    public Assignment Read(IReadOnlyList<HandedIn> students, IReadOnlyList<string> chapters)
    {
        if (chapters.FirstOrDefault(c => sheets.All(sheet => !IsOf(sheet, c))) is { } unknown)
            throw new ArgumentException($"there is no chapter '{unknown}' with exercises. There are: {string.Join(", ", sheets.Select(s => Path.GetFileName(s.Path).Split('-')[0]))}");
        Work[] works = [.. students.Select(s => new Work(s, [.. s.Notebooks.Select(path => HandedInNotebook.Read(path, s.Shown(path), sheets))]))];
        HashSet<ExerciseSheet> graded =
        [
            .. chapters.Count > 0
                ? sheets.Where(sheet => chapters.Any(c => IsOf(sheet, c)))
                : works.SelectMany(w => w.Notebooks).Select(n => n.Sheet).OfType<ExerciseSheet>(),
        ];
        return new Assignment([.. sheets.Where(graded.Contains)], works);
    }

    private static bool IsOf(ExerciseSheet sheet, string chapter) => Path.GetFileName(sheet.Path).StartsWith($"{chapter}-", StringComparison.Ordinal);

    /// <summary>Grades an assignment.</summary>
    /// <param name="assignment">What to grade.</param>
    /// <param name="seeds">The seed of each student's hidden inputs.</param>
    /// <param name="adjustments">The instructor's.</param>
    /// <param name="journal">What was graded under the same conditions before, and where to write down what is; or null.</param>
    /// <param name="atOnce">How many notebooks to grade at a time.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Stops the grading; what is done stays in the journal.</param>
    public async Task<ClassResult> GradeAsync(
        Assignment assignment, Func<string, long> seeds, Adjustments adjustments, Journal? journal, int atOnce, IProgress<GradingStep>? progress = null, CancellationToken cancellation = default)
    {
        var verdicts = new Dictionary<HandedInNotebook, IReadOnlyList<Verdict>>(ReferenceEqualityComparer.Instance);
        var units = from work in assignment.Works
                    from sheet in assignment.Sheets
                    let answering = work.Answering(sheet)
                    where answering.Count == 1
                    select (work.Student, Notebook: answering[0], Sheet: sheet);
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(units, options, async (unit, stop) =>
        {
            string key = receipt.Key(unit.Notebook.Hash!, unit.Sheet, seeds(unit.Student));
            IReadOnlyList<Verdict>? known = journal?.Find(key);
            var steps = new Steps(unit.Student, unit.Notebook.File, progress);
            IReadOnlyList<Verdict> found = known ?? await GradeAsync(unit.Notebook.Submission!, unit.Sheet, seeds(unit.Student), steps, stop).ConfigureAwait(false);

            // What the grader could not do, it may be able to do next time.
            if (known is null && found.All(v => v.Outcome != Outcome.NotGraded))
                journal?.Add(key, found);
            lock (verdicts)
                verdicts[unit.Notebook] = found;
            steps.End(unit.Sheet.Exercises.Count, fromJournal: known is not null);
        }).ConfigureAwait(false);
        return new ClassResult(receipt, assignment.Sheets, [.. assignment.Works.Select(work => Result(work, assignment.Sheets, verdicts, seeds(work.Student), adjustments))]);
    }

    private async Task<IReadOnlyList<Verdict>> GradeAsync(Submission submission, ExerciseSheet sheet, long seed, Steps steps, CancellationToken cancellation)
    {
        Grade grade = await grader.GradeAsync(submission, sheet, seed, steps, cancellation).ConfigureAwait(false);
        return [.. grade.Exercises.Select(e => e.Verdict with { Message = PlainText.Of(WorkFolder.Replace(e.Verdict.Message, "<folder>")) })];
    }

    private static string[] Further(int problems) => problems > 0 ? [$"and {problems} more of this kind"] : [];

    private StudentResult Result(Work work, IReadOnlyList<ExerciseSheet> graded, Dictionary<HandedInNotebook, IReadOnlyList<Verdict>> verdicts, long seed, Adjustments adjustments)
    {
        List<string> problems = [.. work.HandedIn.Problems, .. work.Notebooks.Select(n => n.Problem).OfType<string>()];
        if (work.Notebooks.Count == 0 && problems.Count == 0)
            problems.Add("no notebook was handed in");
        bool unread = work.HandedIn.IsUnread || work.Notebooks.Any(n => n.IsUnread);
        string missing = unread ? "It may stand in what this machine could not read."
            : problems.Count == 0 ? "No notebook with it was handed in."
            : "No notebook with it that can be read was handed in.";
        var exercises = new List<ExerciseResult>();
        foreach (ExerciseSheet sheet in graded)
        {
            IReadOnlyList<HandedInNotebook> answering = work.Answering(sheet);
            string? doubled = answering.Count > 1 ? $"{string.Join(" and ", answering.Select(n => n.File))} answer the same exercises: hand in one of them" : null;
            if (doubled is not null)
                problems.Add(doubled);
            for (int i = 0; i < sheet.Exercises.Count; i++)
            {
                SheetExercise exercise = sheet.Exercises[i];
                Verdict verdict = doubled is not null ? new Verdict(exercise.Id, Outcome.Failed, $"Two notebooks answer it: {doubled}.")
                    : answering.Count == 1 ? verdicts[answering[0]][i]
                    : new Verdict(exercise.Id, unread ? Outcome.NotGraded : Outcome.NotAttempted, missing);
                exercises.Add(new ExerciseResult(exercise.Id, exercise.Title, exercise.Points, verdict, adjustments.Of(work.Student, exercise.Id)));
            }
        }
        return new StudentResult(
            work.Student,
            seed,
            [.. work.Notebooks.Select(n => new NotebookReceipt(n.File, n.Hash, n.Sheet is null ? null : Path.GetFileNameWithoutExtension(n.Sheet.Path),
                verdicts.ContainsKey(n) ? receipt.Key(n.Hash!, n.Sheet!, seed) : null))],
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

/// <summary>Turns the grader's progress on a notebook into steps.</summary>
internal sealed class Steps(string student, string file, IProgress<GradingStep>? progress) : IProgress<GradedExercise>
{
    private int _done;

    public void Report(GradedExercise value)
    {
        _done++;
        progress?.Report(new GradingStep(student, file, 1, IsLast: false, FromJournal: false));
    }

    public void End(int of, bool fromJournal) => progress?.Report(new GradingStep(student, file, of - _done, IsLast: true, fromJournal));
}
