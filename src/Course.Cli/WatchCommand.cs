using System.CommandLine;
using Course.Grading;
using Course.Hosting;
using Course.Notebooks;

namespace Course.Cli;

/// <summary><c>course watch</c>: checks an exercise whenever its notebook is saved.</summary>
internal static class WatchCommand
{
    private const int AnswerSeconds = 10;

    public static Command Create()
    {
        var notebook = new Argument<string?>("NOTEBOOK") { Description = "The exercise notebook to watch; all of exercises/ where none is named.", Arity = ArgumentArity.ZeroOrOne };
        notebook.CompletionSources.Add(_ => Names.Notebooks());
        Option<Duration> timeout = Options.Timeout(AnswerSeconds, "How long a cell or a call of an answer may take.");
        var command = new Command("watch", "Check answers whenever you save a notebook; keys show a hint, go on to the next exercise, or end it.") { notebook, timeout };
        command.SetAction(parsed => Guard.RunAsync(cancellation => RunAsync(parsed.GetValue(notebook), parsed.GetValue(timeout).Span, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(string? notebook, TimeSpan timeout, CancellationToken cancellation)
    {
        CourseFolder course = Guard.Course();
        IReadOnlyList<string> paths = Guard.Files([notebook ?? course.Exercises]);
        if (paths.Count == 0)
            throw new UsageException("there is no notebook to watch");
        using var workspace = new Workspace();
        await using var compilers = new CompilerPool(workspace.NewFolder());
        var limit = TimeLimit.Of(timeout);
        await using var sessions = new SessionPool(compilers, () => Kit.OptionsIn(workspace.NewFolder(), limit: limit));
        var watch = new Watch(course, paths, new Grader(sessions, limit, new Redaction(course.Root)), Console.WriteLine);
        if (Console.IsInputRedirected)
            Console.WriteLine("The input is no terminal, so there are no keys: answers are checked as you save, and Ctrl-C ends it.");
        await watch.RunAsync(Console.IsInputRedirected ? () => null : Key, cancellation);
        return ExitCode.Ok;
    }

    private static char? Key() => Console.KeyAvailable ? char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar) : null;
}
