using Course.Checks;

namespace Course.Grading.Classroom;

/// <summary>
/// Grades the notebooks of a class, as far as the journal does not know them. Several at a time come first; then, one at a time, what
/// stalled among them, since a machine under load may be why. The last are the notebooks at which an earlier run may have died: each is
/// alone, so that it is known which one it was if this run dies, too.
/// </summary>
/// <param name="grade">What grades a submission.</param>
/// <param name="journal">What is known, and where to write down what is new; or null.</param>
/// <param name="atOnce">How many notebooks to grade at a time.</param>
internal sealed class ClassRun(GradeSubmission grade, Journal? journal, int atOnce)
{
    /// <summary>How often a notebook is begun without an end until it is left out.</summary>
    private const int MostBegins = 2;

    public async Task GradeAsync(IEnumerable<NotebookGrading> notebooks, Again again, CancellationToken cancellation)
    {
        var unsuspected = new List<NotebookGrading>();
        var suspected = new List<NotebookGrading>();
        foreach (NotebookGrading notebook in notebooks)
        {
            int begins = journal?.BeginsWithoutEnd(notebook.Key) ?? 0;
            bool named = Recall(notebook, [.. again.In(notebook.Student, notebook.Sheet)], begins);
            if (notebook.Open is [])
                notebook.End(fromJournal: true);
            else if (begins >= MostBegins && !named)
            {
                notebook.LeaveOut();
                notebook.End(fromJournal: false);
            }
            else
                (begins == 0 ? unsuspected : suspected).Add(notebook);
        }
        await GradeAsync(unsuspected, atOnce, cancellation).ConfigureAwait(false);
        await GradeAsync(suspected, atOnce: 1, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes what the journal knows of a notebook, and strikes out there what is to be graded again.</summary>
    /// <returns>Whether any of it is to be graded again.</returns>
    private bool Recall(NotebookGrading notebook, HashSet<string> again, int begins)
    {
        IReadOnlyList<Verdict>? known = journal?.Find(notebook.Key);
        notebook.Take((known ?? []).Where(v => !again.Contains(v.Exercise)));
        if (again.Count > 0 && (known is not null || begins > 0))
            journal!.Add(notebook.Key, notebook.Kept);
        return again.Count > 0;
    }

    private async Task GradeAsync(IReadOnlyList<NotebookGrading> notebooks, int atOnce, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(notebooks, options, async (notebook, stop) =>
        {
            await GradeAsync(notebook, notebook.Open, stop).ConfigureAwait(false);
            if (notebook.Stalled is [])
                notebook.End(fromJournal: false);
        }).ConfigureAwait(false);
        foreach (NotebookGrading notebook in notebooks.Where(n => n.Stalled is not []))
        {
            await GradeAsync(notebook, notebook.Stalled, cancellation).ConfigureAwait(false);
            notebook.End(fromJournal: false);
        }
    }

    /// <summary>Grades some exercises of a notebook.</summary>
    private async Task GradeAsync(NotebookGrading notebook, IReadOnlyList<SheetExercise> exercises, CancellationToken cancellation)
    {
        journal?.Begin(notebook.Key);
        try
        {
            Grade found = await grade(
                notebook.Notebook.Submission!, notebook.Sheet with { Exercises = exercises }, notebook.Seed, notebook, cancellation)
                .ConfigureAwait(false);
            notebook.Take(found.Exercises.Select(e => e.Verdict));
        }
        catch
        {
            journal?.Stop(notebook.Key);
            throw;
        }
        journal?.Add(notebook.Key, notebook.Kept);
    }
}
