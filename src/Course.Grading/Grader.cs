using Course.Checks;
using Course.Notebooks;
using Course.Protocol;

namespace Course.Grading;

/// <summary>
/// Grades answers. Each runs in a host of its own, which holds the learner's code and the course's libraries, and neither
/// expected values nor checks; what ends that host costs this exercise and no other.
/// </summary>
/// <param name="hosts">Where the hosts come from.</param>
/// <param name="timeout">How long a cell or a call may take.</param>
public sealed class Grader(HostPool hosts, TimeSpan timeout)
{
    /// <summary>What hidden inputs are drawn from.</summary>
    public const int Seed = 20_02;

    /// <summary>Grades a submission.</summary>
    /// <param name="submission">What was handed in.</param>
    /// <param name="sheet">The exercises that it answers.</param>
    /// <param name="progress">Told each verdict as it comes.</param>
    /// <param name="cancellation">Stops the grading.</param>
    public async Task<Grade> GradeAsync(Submission submission, ExerciseSheet sheet, IProgress<GradedExercise>? progress = null, CancellationToken cancellation = default)
    {
        var graded = new List<GradedExercise>();
        foreach (SheetExercise exercise in sheet.Exercises)
        {
            Verdict verdict;
            try
            {
                verdict = await GradeAsync(submission.Find(exercise.Id), exercise.Id, cancellation).ConfigureAwait(false);
            }
            catch (AnswerException e)
            {
                verdict = new Verdict(exercise.Id, e.Outcome, e.Message);
            }
            graded.Add(new GradedExercise(exercise.Id, exercise.Title, exercise.Points, verdict));
            progress?.Report(graded[^1]);
        }
        return new Grade(graded);
    }

    /// <summary>Grades one answer.</summary>
    public async Task<Verdict> GradeAsync(SubmittedAnswer answer, string id, CancellationToken cancellation = default)
    {
        Exercise exercise = Exercises.Find(id);
        var skipped = new Dictionary<int, string>();
        try
        {
            await using HostProcess host = await PrepareAsync(answer.Above, skipped, cancellation).ConfigureAwait(false);
            if (await RunAsync(host, answer.Answer, cancellation).ConfigureAwait(false) is { } problem)
            {
                string above = skipped.Count == 0 ? "" : $" (Cell {skipped.First().Key} above it was left out: {skipped.First().Value})";
                return problem.Thrown is { } thrown
                    ? throw AnswerException.Threw(thrown.Name, thrown.Message)
                    : new Verdict(id, Outcome.Failed, $"{problem.Message}{above}");
            }
            return await Task.Run(() => exercise.Check(new HostAnswer(host, exercise.Form, timeout, cancellation), Seed), cancellation).ConfigureAwait(false);
        }
        catch (AnswerException e)
        {
            return new Verdict(id, e.Outcome, e.Message);
        }
    }

    /// <summary>A host in which the learner's own cells above the answer have run; those that fail are left out.</summary>
    private async Task<HostProcess> PrepareAsync(IReadOnlyList<NumberedCode> above, Dictionary<int, string> skipped, CancellationToken cancellation)
    {
        while (true)
        {
            HostProcess host = await hosts.TakeAsync().ConfigureAwait(false);
            if (await RunAsync(host, new RunCell("setup.csx", Kit.Setup, Portable: false), cancellation).ConfigureAwait(false) is { } setup)
                throw new InvalidOperationException($"the course's libraries could not be loaded: {setup.Message}");
            bool gone = false;
            foreach (NumberedCode cell in above.Where(cell => !skipped.ContainsKey(cell.Number)))
            {
                if (await RunAsync(host, cell, cancellation).ConfigureAwait(false) is not { } problem)
                    continue;
                skipped.Add(cell.Number, problem.Message);
                gone = problem.HostIsGone;
                if (gone)
                    break;
            }
            if (!gone)
                return host;
        }
    }

    private Task<Problem?> RunAsync(HostProcess host, NumberedCode cell, CancellationToken cancellation) =>
        RunAsync(host, new RunCell($"cell {cell.Number}", cell.Source, Portable: false), cancellation);

    private async Task<Problem?> RunAsync(HostProcess host, RunCell cell, CancellationToken cancellation)
    {
        Failed? failed = null;
        HostFailure? failure = await host.SendAsync(cell, timeout, e => failed = e as Failed ?? failed, cancellation).ConfigureAwait(false);
        return (failure, failed) switch
        {
            ({ } gone, _) => new Problem($"{Sentence(cell.Name)}: {gone.Message}.", HostIsGone: true),
            (_, { Kind: FailureKind.Exception } thrown) => new Problem($"{Sentence(cell.Name)} threw {thrown.Name}: {thrown.Message}", Thrown: thrown),
            (_, { } other) => new Problem($"It {other.Name}: {other.Message}"),
            _ => null,
        };
    }

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private sealed record Problem(string Message, bool HostIsGone = false, Failed? Thrown = null);
}
