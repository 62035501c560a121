using System.Diagnostics;
using Course.Hosting;
using Course.Hosts;
using Course.Notebooks;

// dotnet run --project benchmarks/Course.Hosts -- NAME VERSION "COMMAND {notebook} {output}" ...
if (args.Length == 0 || args.Length % 3 != 0)
{
    Console.Error.WriteLine("Three arguments for each host: its name, its version, and the command line that executes {notebook} and writes {output}.");
    return 2;
}
NotebookHost[] hosts = [.. args.Chunk(3).Select(a => new NotebookHost(a[0], a[1], a[2]))];
CourseFolder course = CourseFolder.Find(Environment.CurrentDirectory) ?? throw new InvalidOperationException("This folder lies in no course.");
var chapters = new List<MeasuredChapter>();
await using var compilers = new CompilerPool(Path.GetTempPath());
DirectoryInfo work = Directory.CreateTempSubdirectory("course-hosts-");
try
{
    foreach (string path in course.Chapters)
    {
        Notebook notebook = NotebookFile.Read(path);
        await using var sessions = new SessionPool(compilers, new ChildOptions(course.Notebooks), ahead: 0);
        NotebookRun own = await new NotebookRunner(sessions, new Redaction(course.Root), TimeLimit.Of(TimeSpan.FromSeconds(600))).RunAsync(notebook, course.Notebooks);
        if (own.Failure is { } failure)
            throw new InvalidOperationException($"{path}: {failure.Message}");
        var runs = new List<MeasuredRun>();
        foreach (NotebookHost host in hosts)
        {
            DirectoryInfo folder = work.CreateSubdirectory($"{Path.GetFileNameWithoutExtension(path)}-{runs.Count}");
            string copy = Path.Combine(folder.FullName, Path.GetFileName(path)), output = Path.Combine(folder.FullName, "executed.ipynb");
            NotebookFile.Write(WithoutOutputs(notebook), copy);
            File.Copy(Path.Combine(course.Notebooks, "setup.csx"), Path.Combine(folder.FullName, "setup.csx"));
            var watch = Stopwatch.StartNew();
            await host.ExecuteAsync(copy, output);
            MeasuredRun run = MeasuredRun.Of(host, watch.Elapsed, own.Notebook, HostOutput.Read(output, notebook));
            Console.WriteLine($"{Path.GetFileNameWithoutExtension(path)} in {host.Name}: {run.Elapsed.TotalSeconds:0} s, {(run.Differences.Count == 0 ? "the same" : string.Join("\n  ", run.Differences.Prepend("differs")))}");
            runs.Add(run);
        }
        chapters.Add(new MeasuredChapter(Path.GetFileNameWithoutExtension(path), own, runs));
    }
}
finally
{
    work.Delete(recursive: true);
}
File.WriteAllText(Path.Combine(course.Root, "docs", "hosts.md"), HostsPage.Of(hosts, chapters, DateOnly.FromDateTime(DateTime.UtcNow)));
return chapters.All(c => c.Runs.All(r => r.Differences.Count == 0)) ? 0 : 1;

static Notebook WithoutOutputs(Notebook notebook) => notebook with
{
    Cells = [.. notebook.Cells.Select(cell => cell is CodeCell code ? code with { ExecutionCount = null, Outputs = [] } : cell)],
};
