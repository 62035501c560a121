using Course.Checks;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary>
/// Watches notebooks and checks what is saved. It looks at the files' times and not for the system's notices of change: editors save in
/// several ways, some by a new file in place of the old one, and notices of that differ between systems.
/// </summary>
/// <param name="course">The course.</param>
/// <param name="paths">The notebooks.</param>
/// <param name="grader">What checks an answer.</param>
/// <param name="say">Takes what is to be said, a line or more.</param>
internal sealed class Watch(CourseFolder course, IReadOnlyList<string> paths, Grader grader, Action<string> say)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SavingTakes = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Snapshot> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTime?> _unreadable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SheetExercise> _exercises = Sheets.Of(course).SelectMany(s => s.Exercises).ToDictionary(e => e.Id, StringComparer.Ordinal);
    private readonly SortedDictionary<string, Submission> _waiting = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Submission> _stalled = new(StringComparer.Ordinal);
    private Checking? _checking;

    private sealed record Snapshot(DateTime Time, long Length, IReadOnlyDictionary<string, string> Answers);

    private sealed record Checking(string Id, Submission Submission, bool IsAgain, Task<Verdict> Verdict, CancellationTokenSource Stop);

    /// <summary>Watches until the key q, or until it is cancelled.</summary>
    /// <param name="key">The key that was pressed, in lower case, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Func<char?> key, CancellationToken cancellation)
    {
        foreach (string path in paths)
            Look(path);
        _waiting.Clear();
        Announce();
        try
        {
            while (true)
            {
                foreach (string path in paths)
                    Look(path);
                await GoOnCheckingAsync(cancellation);
                switch (key())
                {
                    case 'h':
                        Hint();
                        break;
                    case 'n':
                        Skip();
                        break;
                    case 'q':
                        return;
                    case null:
                        await Task.Delay(Pause, cancellation);
                        break;
                }
            }
        }
        finally
        {
            await StopCheckingAsync();
        }
    }

    /// <summary>Notes the exercises whose code has changed since the last look.</summary>
    private void Look(string path)
    {
        _seen.TryGetValue(path, out Snapshot? before);
        try
        {
            var file = new FileInfo(path);
            if (before is not null && before.Time == file.LastWriteTimeUtc && before.Length == file.Length)
                return;
            var submission = new Submission(NotebookFile.Read(path));
            var answers = Submission.ExercisesIn(submission.Notebook).Distinct().Where(_exercises.ContainsKey).ToDictionary(id => id, id => CodeOf(submission, id), StringComparer.Ordinal);
            _seen[path] = new Snapshot(file.LastWriteTimeUtc, file.Length, answers);
            _unreadable.Remove(path);
            foreach (string id in answers.Where(a => before is null || !before.Answers.TryGetValue(a.Key, out string? old) || old != a.Value).Select(a => a.Key))
            {
                _waiting[id] = submission;
                _stalled.Remove(id);
            }
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            // Half written, most likely: it is looked at again in a moment. What stays so is said, once.
            if (!_unreadable.TryGetValue(path, out DateTime? since))
                _unreadable[path] = DateTime.UtcNow;
            else if (since is { } start && DateTime.UtcNow - start > SavingTakes)
            {
                _unreadable[path] = null;
                say(Terminal.Plain($"{CourseFolder.Shown(path)} cannot be read now: {e.Message}"));
            }
        }
    }

    private static string CodeOf(Submission submission, string id)
    {
        try
        {
            SubmittedAnswer answer = submission.Find(id);
            return string.Join('\0', answer.Above.Append(answer.Answer).Select(cell => cell.Source));
        }
        catch (AnswerException e)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// Tells the verdict that has come, and begins with the next answer; one that was saved again is begun anew. What stalled is tried once
    /// more, after all others.
    /// </summary>
    private async Task GoOnCheckingAsync(CancellationToken cancellation)
    {
        if (_checking is { } now && _waiting.ContainsKey(now.Id))
        {
            await StopCheckingAsync();
            say($"{now.Id} was saved again");
        }
        if (_checking is { Verdict.IsCompleted: true } done)
        {
            Verdict verdict = await done.Verdict;
            await StopCheckingAsync();
            if (verdict.Outcome == Outcome.Stalled && !done.IsAgain)
            {
                _stalled.Add(done.Id, done.Submission);
                say($"{done.Id} did not end in time: it is tried once more, since a busy machine may be why");
            }
            else
                Tell(verdict);
        }
        if (_checking is null && _waiting.Count + _stalled.Count > 0)
        {
            bool isAgain = _waiting.Count == 0;
            SortedDictionary<string, Submission> from = isAgain ? _stalled : _waiting;
            (string id, Submission submission) = from.First();
            from.Remove(id);
            var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            say($"checking {id} ...");
            _checking = new Checking(id, submission, isAgain, JudgeAsync(submission, id, stop.Token), stop);
        }
    }

    private void Tell(Verdict verdict)
    {
        Learner.Remember(course, progress => progress.With([verdict]));
        say(Terminal.Plain(verdict.ToString()));
        if (verdict.Outcome.Rule().Kind == OutcomeKind.Undecided)
            say("That is no fault of the answer. Save it again to have it checked again.");
        if (_waiting.Count + _stalled.Count == 0)
            Announce();
    }

    private async Task<Verdict> JudgeAsync(Submission submission, string id, CancellationToken cancellation)
    {
        try
        {
            return await grader.GradeAsync(submission.Find(id), id, cancellation: cancellation);
        }
        catch (AnswerException e)
        {
            return new Verdict(id, e.Outcome, e.Message);
        }
    }

    private async Task StopCheckingAsync()
    {
        if (_checking is not { } now)
            return;
        await now.Stop.CancelAsync();
        await now.Verdict.ContinueWith(_ => { }, TaskScheduler.Default);
        now.Stop.Dispose();
        _checking = null;
    }

    private SheetExercise? Current()
    {
        LearnerProgress progress = LearnerProgress.Load(course);
        SheetExercise[] open = [.. _seen.OrderBy(s => s.Key, StringComparer.Ordinal).SelectMany(s => s.Value.Answers.Keys).Select(id => _exercises[id]).Where(e => !progress.IsDone(e))];
        return open.FirstOrDefault(e => !_skipped.Contains(e.Id)) ?? open.FirstOrDefault();
    }

    private void Announce()
    {
        if (Current() is not { } next)
        {
            say("Every exercise here is solved. q ends it.");
            return;
        }
        string file = _seen.First(s => s.Value.Answers.ContainsKey(next.Id)).Key;
        say($"\nNext: {next.Id} {PlainTex.Of(next.Title)} in {CourseFolder.Shown(file)}. Save it to have it checked.   h hint   n next exercise   q quit");
    }

    private void Hint()
    {
        if (Current() is not { } exercise)
            return;
        Learner.Remember(course, progress => progress.WithHint(exercise));
        int shown = Math.Max(1, LearnerProgress.Load(course).HintsOf(exercise));
        say(HintCommand.Hints(exercise, shown).Last());
    }

    private void Skip()
    {
        if (Current() is { } exercise)
            _skipped.Add(exercise.Id);
        Announce();
    }
}
