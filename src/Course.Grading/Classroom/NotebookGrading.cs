using Course.Checks;

namespace Course.Grading.Classroom;

/// <summary>The grading of one notebook: what is known of its exercises so far.</summary>
/// <param name="student">Whose it is.</param>
/// <param name="notebook">It.</param>
/// <param name="sheet">What it answers.</param>
/// <param name="seed">What its hidden inputs are drawn from.</param>
/// <param name="key">What identifies its grade.</param>
/// <param name="progress">Told what is done.</param>
internal sealed class NotebookGrading(
    string student, HandedInNotebook notebook, ExerciseSheet sheet, long seed, string key, IProgress<GradingStep>? progress)
    : IProgress<GradedExercise>
{
    private readonly Dictionary<string, Verdict> _verdicts = new(StringComparer.Ordinal);
    private int _reported;

    public string Student => student;

    public HandedInNotebook Notebook => notebook;

    public ExerciseSheet Sheet => sheet;

    public long Seed => seed;

    public string Key => key;

    /// <summary>The exercises without a verdict.</summary>
    public IReadOnlyList<SheetExercise> Open => [.. sheet.Exercises.Where(e => !_verdicts.ContainsKey(e.Id))];

    /// <summary>The exercises that stalled.</summary>
    public IReadOnlyList<SheetExercise> Stalled =>
        [.. sheet.Exercises.Where(e => _verdicts.TryGetValue(e.Id, out Verdict? verdict) && verdict.Outcome == Outcome.Stalled)];

    /// <summary>The verdicts that the journal may know, in order.</summary>
    public IReadOnlyList<Verdict> Kept =>
        [.. sheet.Exercises.Select(e => _verdicts.GetValueOrDefault(e.Id)).OfType<Verdict>().Where(v => v.Outcome.Rule().IsKept)];

    /// <summary>Whether any of it was graded.</summary>
    public bool WasGraded => _verdicts.Values.Any(v => v.Outcome != Outcome.LeftOut);

    public Verdict VerdictOn(SheetExercise exercise) => _verdicts[exercise.Id];

    /// <summary>Takes verdicts, in place of those before.</summary>
    public void Take(IEnumerable<Verdict> verdicts)
    {
        foreach (Verdict verdict in verdicts)
            _verdicts[verdict.Exercise] = verdict;
    }

    /// <summary>Gives up what has no verdict: grading ended twice at this notebook.</summary>
    public void LeaveOut() => Take(Open.Select(e => new Verdict(
        e.Id, Outcome.LeftOut,
        $"Grading ended twice while this was being graded. To try again: course grade CLASS --again {Again.Quoted(student)}")));

    /// <summary>Tells that an exercise is done. One that stalled is not: it is tried again.</summary>
    public void Report(GradedExercise value)
    {
        if (value.Verdict.Outcome == Outcome.Stalled)
            return;
        _reported++;
        progress?.Report(new GradingStep(student, notebook.File, 1, IsLast: false, FromJournal: false));
    }

    /// <summary>Tells that the notebook is done.</summary>
    public void End(bool fromJournal) =>
        progress?.Report(new GradingStep(student, notebook.File, sheet.Exercises.Count - _reported, IsLast: true, fromJournal));
}
