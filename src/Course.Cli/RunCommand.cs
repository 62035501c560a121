using System.CommandLine;
using Course.Hosting;
using Course.Notebooks;
using Spectre.Console;

namespace Course.Cli;

/// <summary><c>course run</c>: executes notebooks and writes them as pages.</summary>
internal static class RunCommand
{
    private const int CellSeconds = 120;
    private const int Attempts = 2;

    // A chapter may need a gigabyte, and its library uses several cores by itself.
    private static readonly int AtOnce = Math.Min(2, Environment.ProcessorCount);

    public static Command Create()
    {
        Argument<string[]> notebooks = Options.Notebooks("Notebooks or folders of them; all chapters where none is named.");
        Option<Duration> timeout = Options.Timeout(
            CellSeconds, $"How long a cell may take; a notebook may take {NotebookRunner.CellLimitsPerNotebook} times as long.");
        var output = new Option<string?>("--out")
        {
            Description = "Where the executed notebooks and their pages go: out/ in the course by default.",
            HelpName = "DIR",
        };
        var save = new Option<bool>("--save")
        {
            Description = "Store the outputs in the notebooks themselves, too; a notebook that failed is left as it was.",
        };
        var full = new Option<bool>("--full")
        {
            Description = "The notebooks on tensors, too (gpu-1 to gpu-4); they need the configuration Full.",
        };
        var command = new Command("run", """
            Write notebooks as pages to read, at once, as they were last saved; then execute them from top to bottom, and write them and
            their pages anew.
            The page of a notebook that fails stays as it was.
            """)
        { notebooks, full, timeout, output, save };
        command.SetAction(parsed => Guard.RunAsync(cancellation => RunAsync(
            parsed.GetValue(notebooks)!, parsed.GetValue(full), parsed.GetValue(timeout).Span, parsed.GetValue(output),
            parsed.GetValue(save), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] given, bool full, TimeSpan timeout, string? output, bool save, CancellationToken cancellation)
    {
        IReadOnlyList<string> paths = given.Length == 0 ? Chapters(Guard.Course(), full)
            : full ? throw new UsageException("--full adds to all chapters; name either notebooks or --full")
            : Guard.Files(given);
        if (paths.Count == 0)
            throw new UsageException("there is no notebook to run");
        CourseFolder? course = Guard.FindCourse();
        string root = course?.Root ?? Environment.CurrentDirectory;
        string folder = Guard.OutputFolder(output ?? Path.Combine(root, "out"));

        (string Path, string Output)[] runs = [.. paths.Select(path => (path, OutputName(path, root)))];
        if (runs.GroupBy(r => r.Output).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            string both = string.Join(" and ", same.Select(r => CourseFolder.Shown(r.Path)));
            throw new UsageException($"{both} would both be written to {same.Key}.ipynb; run them one at a time with --out");
        }
        if (runs.FirstOrDefault(r => paths.Contains(Path.GetFullPath(Path.Combine(folder, r.Output + ".ipynb")))).Path is { } overwritten)
        {
            throw new UsageException(
                $"the output would overwrite {CourseFolder.Shown(overwritten)} itself. Name another folder with --out, or use --save");
        }

        bool whole = course is not null && (given.Length == 0 || folder == Path.Combine(course.Root, "out"));
        var book = new Book(folder, whole ? course : null, runs);
        book.Write();
        string index = CourseFolder.Shown(book.Index);
        Console.WriteLine($"Pages to read, as they were last saved: {index}. Now each notebook is executed, and its page written anew.");

        using var workspace = new Workspace();
        await using var compilers = new CompilerPool(workspace.NewFolder());
        var finished = new FinishedRun[runs.Length];
        await Bars.ForEachAsync([.. runs.Index()], r => r.Item.Output, AtOnce, async (r, bar) =>
        {
            (string path, string output) = r.Item;
            FinishedRun run = await RunAsync(path, output, compilers, timeout, bar, cancellation);
            if (run.Result is { } result)
            {
                Write(result, Path.Combine(folder, run.Name + ".ipynb"));
                if (result.Ok)
                    book.Refresh(result.Notebook, run.Name, result.Sliders);
                if (save && result.Ok)
                    Write(result, path);
            }
            finished[r.Index] = run;
            return run.Mark;
        });

        Report(finished, folder, book);
        return ExitCode.Of(finished.All(f => f.Ok));
    }

    private static void Write(NotebookRun run, string path)
    {
        NotebookFile.Write(run.Notebook, path);
        SliderFile.Write(run.Sliders, path);
    }

    private static IReadOnlyList<string> Chapters(CourseFolder course, bool full) => !full ? course.Chapters
        : course.HasTensors ? [.. course.Chapters, .. course.TensorChapters]
        : throw new UsageException("the notebooks on tensors need the configuration Full; build it once: dotnet build Course.sln -c Full");

    /// <summary>Where a notebook's output goes: chapters at the top, others as they lie in the course.</summary>
    private static string OutputName(string path, string root)
    {
        const string Chapters = "notebooks/";
        string relative = Path.GetRelativePath(root, Path.ChangeExtension(path, null)).Replace('\\', '/');
        return relative.StartsWith(Chapters, StringComparison.Ordinal) ? relative[Chapters.Length..]
            : relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
                ? $"elsewhere/{Path.GetFileNameWithoutExtension(path)}"
            : relative;
    }

    private static async Task<FinishedRun> RunAsync(
        string path, string name, CompilerPool compilers, TimeSpan timeout, Bar bar, CancellationToken cancellation)
    {
        Notebook notebook;
        try
        {
            notebook = NotebookFile.Read(path);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            return new FinishedRun(name, null, e.Message);
        }
        string folder = Path.GetDirectoryName(path)!;
        await using var sessions = new SessionPool(compilers, new ChildOptions(folder), ahead: 0);
        var runner = new NotebookRunner(sessions, new Redaction(CourseFolder.Find(folder)?.Root ?? folder), TimeLimit.Of(timeout));
        var progress = new CellProgress(bar);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                NotebookRun result = await runner.RunAsync(notebook, folder, progress, cancellation);
                return new FinishedRun(name, result, result.Failure is { } failure ? $"{name}: {failure.Message}" : null);
            }
            catch (ChildStartException e)
            {
                // Nothing of the notebook has run. A busy machine may be ready the next time; the other notebooks do not wait for that.
                if (attempt == Attempts)
                    return new FinishedRun(name, null, $"{name}: not executed: {e.Message}");
            }
        }
    }

    private static void Report(FinishedRun[] finished, string folder, Book book)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("notebook")
            .AddColumn(new TableColumn("cells").RightAligned())
            .AddColumn(new TableColumn("seconds").RightAligned())
            .AddColumn("result");
        foreach (FinishedRun run in finished)
            table.AddRow(Markup.Escape(run.Name), $"{run.Result?.Executed ?? 0}", $"{run.Result?.Elapsed.TotalSeconds ?? 0:0.0}", run.Mark);
        Terminal.Out.Write(table);
        foreach (FinishedRun run in finished.Where(f => !f.Ok))
            Terminal.Error(run.Problem!);
        if (finished.Any(f => f.Result is not null))
            Console.WriteLine($"Executed notebooks and pages: {CourseFolder.Shown(folder)}/ (start with {CourseFolder.Shown(book.Index)})");
    }

    private sealed record FinishedRun(string Name, NotebookRun? Result, string? Problem)
    {
        public bool Ok => Problem is null;

        public string Mark => Ok ? "[green]ok[/]" : "[red]failed[/]";
    }

    private sealed class CellProgress(Bar bar) : IProgress<RunProgress>
    {
        public void Report(RunProgress progress) => bar.Set(progress.Done, progress.Of);
    }
}
