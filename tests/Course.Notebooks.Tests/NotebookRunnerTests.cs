using System.Text.Json.Nodes;
using Course.Hosting;

namespace Course.Notebooks.Tests;

/// <summary>Each test runs a notebook of its own in a real runner.</summary>
public sealed class NotebookRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Outputs_come_in_the_order_in_which_they_were_made()
    {
        NotebookRun run = await RunAsync("using System;\nConsole.Write(\"a\"); Console.WriteLine(1.5); \"shown\".Display(); await System.Threading.Tasks.Task.Yield(); Console.WriteLine(\"b\"); 6 * 7");
        Assert.True(run.Ok);
        Assert.Equal(["stdout a1.5\n", "display shown", "stdout b\n", "result 42"], Outputs(run, 0));
        Assert.Equal(1, run.Notebook.CodeCells.Single().ExecutionCount);
    }

    [Fact]
    public async Task A_cell_sees_what_the_cells_before_it_declared()
    {
        NotebookRun run = await RunAsync("double Square(double x) => x * x;\nrecord P(int A);\nvar xs = new[] { 1.0, 2 };", "", "xs[1] = Square(3); new P((int)xs[1])", "xs");
        Assert.True(run.Ok);
        Assert.Equal(["result P { A = 9 }"], Outputs(run, 2));
        Assert.Equal(["result [1, 9]"], Outputs(run, 3));
        Assert.Equal([1, null, 2, 3], run.Notebook.CodeCells.Select(c => c.ExecutionCount));
    }

    [Fact]
    public async Task Ids_metadata_and_prose_are_kept()
    {
        var notebook = new Notebook(
            [new MarkdownCell("prose", "# T", []), new CodeCell("own-id", "1", new JsonObject { ["tags"] = new JsonArray("volatile") }, 77, [new StreamOutput("stdout", "old")])],
            new JsonObject { ["x"] = 1 });
        NotebookRun run = await RunAsync(notebook);
        CodeCell cell = run.Notebook.CodeCells.Single();
        Assert.Equal(("own-id", true, 1), (cell.Id, cell.HasTag("volatile"), cell.ExecutionCount));
        Assert.Equal(notebook.Cells[0], run.Notebook.Cells[0]);
        Assert.Equal("1", run.Notebook.Metadata["x"]!.ToJsonString());
        Assert.DoesNotContain("stdout old", Outputs(run, 0));
    }

    [Fact]
    public async Task An_exception_stops_the_notebook_and_is_reported_with_its_cell_and_line()
    {
        NotebookRun run = await RunAsync("int F(int x) => x / 0.CompareTo(0);", "var y = 1;\nF(y)", "\"never\".Display()");
        Assert.Equal(2, run.Failure!.Number);
        Assert.Contains("System.DivideByZeroException", run.Failure.Message, StringComparison.Ordinal);
        ErrorOutput error = Assert.IsType<ErrorOutput>(run.Notebook.CodeCells.ElementAt(1).Outputs.Single());
        Assert.Contains("at cell 2, line 2", error.Traceback);
        Assert.Empty(run.Notebook.CodeCells.ElementAt(2).Outputs);
    }

    [Fact]
    public async Task A_cell_tagged_raises_exception_may_throw()
    {
        var notebook = new Notebook(
            [new CodeCell("a", "throw new System.ArgumentException(\"told\");", new JsonObject { ["tags"] = new JsonArray("raises-exception") }, null, []), new CodeCell("b", "1", [], null, [])], []);
        NotebookRun run = await RunAsync(notebook);
        Assert.True(run.Ok);
        Assert.Equal(["error System.ArgumentException: told", "result 1"], [.. Outputs(run, 0), .. Outputs(run, 1)]);
    }

    [Fact]
    public async Task A_compile_error_names_the_cell_the_line_and_the_code()
    {
        NotebookRun run = await RunAsync("int x = 1;\n\nint y = undefined;");
        Assert.Equal("does not compile: cell 1, line 3: The name 'undefined' does not exist in the current context (CS0103)", run.Failure!.Message);
    }

    [Fact]
    public async Task A_cell_that_would_break_in_another_host_is_refused() =>
        Assert.Contains("cell 1, line 1: display(...) exists in .NET Interactive only", (await RunAsync("display(1)")).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_import_runs_the_file_beside_the_notebook()
    {
        _folder.Write("setup.csx", "using System;\nint Imported() => 5;");
        NotebookRun run = await RunAsync("#!import setup.csx", "Math.Max(Imported(), 3)");
        Assert.True(run.Ok, run.Failure?.Message);
        Assert.Equal(["result 5"], Outputs(run, 1));
    }

    [Theory]
    [InlineData("#!import setup.csx", "setup.csx is not beside the notebook. Build the course once")]
    [InlineData("#!import torch.csx", "torch.csx is not beside the notebook. Build the configuration Full once (dotnet build Course.sln -c Full)")]
    [InlineData("#!import setup.csx\nint x = 1;", "Verso drops what follows it")]
    [InlineData("int x = 1;\n#!import setup.csx", "Verso drops what follows it")]
    public async Task A_bad_import_says_why(string cell, string reason) =>
        Assert.Contains(reason, (await RunAsync(cell)).Failure!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("while (true) { }", "it used more than 2 seconds of processor time and was stopped")]
    [InlineData("await System.Threading.Tasks.Task.Delay(-1);", "it did not end within 4 seconds and was stopped")]
    [InlineData("try { while (true) { } } finally { while (true) { } }", "it used more than 2 seconds of processor time and was stopped")]
    [InlineData("int F(int x) => 1 + F(x + 1);\nF(0)", "it overflowed its stack")]
    [InlineData("System.Environment.Exit(0);", "it ended its process (exit code 0)")]
    [InlineData("System.Environment.FailFast(\"gone\");", "its process was ended")]
    [InlineData("var t = new System.Threading.Thread(() => throw new System.Exception(\"aside\")); t.Start(); System.Threading.Thread.Sleep(-1);", "aside")]
    [InlineData("for (string line = new('x', 1000); ; ) System.Console.WriteLine(line);", "it wrote more than 4 MB and was stopped")]
    [InlineData("new string('x', 20_000_000).Display()", "at most 16 MB")]
    [InlineData("while (true) \"\".Display();", "it wrote more than 4 MB and was stopped")]
    [InlineData("throw new System.Exception(new string('x', 3_000_000));", "System.Exception: xxx")]
    [InlineData("System.Threading.ThreadPool.SetMaxThreads(2, 2); for (int i = 0; i < 9; i++) _ = System.Threading.Tasks.Task.Run(() => System.Threading.Thread.Sleep(-1)); while (true) { }", "it used more than 2 seconds of processor time")]
    [InlineData("var all = new System.Collections.Generic.List<byte[]>(); while (true) all.Add(new byte[1 << 26]);", "OutOfMemoryException")]
    public async Task Whatever_a_cell_does_the_notebook_ends_with_a_reason_and_a_small_log(string code, string reason)
    {
        bool isEndless = reason.Contains("seconds", StringComparison.Ordinal);
        TimeLimit limit = isEndless ? new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(code.Contains("Delay", StringComparison.Ordinal) ? 4 : 60)) : TimeLimit.Of(TimeSpan.FromSeconds(60));
        NotebookRun run = await RunAsync(new Notebook([new CodeCell("a", code, [], null, []), new CodeCell("b", "1", [], null, [])], []), limit);
        Assert.Contains(reason, run.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("cell 1", run.Failure.Message, StringComparison.Ordinal);
        Assert.Null(run.Notebook.CodeCells.Last().ExecutionCount);
        Assert.InRange(NotebookFile.ToJson(run.Notebook).Length, 1, 1_000_000);
    }

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(700);")]
    [InlineData("for (var own = System.Diagnostics.Process.GetCurrentProcess(); own.TotalProcessorTime.TotalSeconds < cell; own.Refresh()) { } cell++;")]
    public async Task A_notebook_of_slow_cells_ends_too(string slow)
    {
        CodeCell[] cells = [new CodeCell("c", "int cell = 1;", [], null, []), .. Enumerable.Range(1, 9).Select(i => new CodeCell($"c{i}", slow, [], null, []))];
        var limit = new TimeLimit(TimeSpan.FromSeconds(1.3), slow.Contains("Sleep", StringComparison.Ordinal) ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(5));
        NotebookRun run = await RunAsync(new Notebook(cells, []), limit);
        Assert.InRange(run.Executed, 1, 9);
        Assert.StartsWith("timed out: cell ", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_output_shows_a_folder_of_this_machine()
    {
        NotebookRun run = await RunAsync(
            "using System;\nConsole.WriteLine(Environment.CurrentDirectory + \" \" + System.IO.Path.GetTempPath() + \"x\"); Environment.CurrentDirectory.Display(); Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)",
            "throw new System.IO.FileNotFoundException(System.IO.Path.GetFullPath(\"x\"));");
        string json = NotebookFile.ToJson(run.Notebook) + run.Failure!.Message;
        Assert.DoesNotContain(_folder.Path, json, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), json, StringComparison.Ordinal);
        Assert.Contains("<course>", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_longer_than_the_protocol_allows_is_refused() =>
        Assert.StartsWith("too long: cell 1: ", (await RunAsync($"//{new string('x', 17_000_000)}")).Failure!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_cell_that_a_starved_runner_cannot_read_times_out()
    {
        NotebookRun run = await RunAsync(new Notebook(
            [
                new CodeCell("a", "System.Threading.ThreadPool.SetMaxThreads(2, 2); for (int i = 0; i < 9; i++) _ = System.Threading.Tasks.Task.Run(() => System.Threading.Thread.Sleep(-1));", [], null, []),
                new CodeCell("b", $"//{new string('x', 3_000_000)}\nwhile (true) {{ }}", [], null, []),
            ], []), TimeLimit.Of(TimeSpan.FromSeconds(3)));
        Assert.StartsWith("timed out: cell 2: ", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_character_of_two_halves_is_never_torn()
    {
        NotebookRun run = await RunAsync("using System;\nConsole.Write(new string('x', 8191) + \"\ud83d\ude00\"); foreach (char c in \"\ud83d\ude00\") { Console.Write(c); Console.Out.Flush(); System.Threading.Thread.Sleep(150); }");
        Assert.Equal($"stdout {new string('x', 8191)}\ud83d\ude00\ud83d\ude00", Assert.Single(Outputs(run, 0)));
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("{'a':1,'a':2}")]
    public async Task What_a_type_calls_JSON_and_is_not_fails_the_cell(string text)
    {
        NotebookRun run = await RunAsync(
            $$"""
            using System; using System.IO;
            [AttributeUsage(AttributeTargets.Class)] class TypeFormatterSourceAttribute : Attribute { public Type FormatterSourceType { get; set; } }
            class Source { public object[] CreateTypeFormatters() => new object[] { new Formatter() }; }
            class Formatter { public string MimeType => "application/json"; public bool Format(object o, TextWriter w) { w.Write("{{text}}".Replace('\'', '"')); return true; } }
            [TypeFormatterSource(FormatterSourceType = typeof(Source))] class Broken { }
            """,
            "new Broken()");
        Assert.Contains("cell 2: a value gives text that is not JSON as its application/json", run.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_ends_its_runner()
    {
        using var cancellation = new CancellationTokenSource();
        await using var sessions = new SessionPool(Compilers.Shared, new ChildOptions(_folder.Path), ahead: 0);
        var runner = new NotebookRunner(sessions, new Redaction(_folder.Path), TimeLimit.Of(TimeSpan.FromMinutes(1)));
        var started = new CancelAfterFirstCell(cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(
            new Notebook([new CodeCell("a", "System.IO.File.WriteAllText(\"id\", System.Environment.ProcessId.ToString());", [], null, []), new CodeCell("b", "while (true) { }", [], null, [])], []), _folder.Path, started, cancellation.Token));
        int id = int.Parse(await File.ReadAllTextAsync(_folder.File("id"), TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(id));
    }

    private Task<NotebookRun> RunAsync(params string[] cells) =>
        RunAsync(new Notebook([.. cells.Select((c, i) => new CodeCell($"c{i}", c, [], null, []))], []));

    private async Task<NotebookRun> RunAsync(Notebook notebook, TimeLimit? limit = null)
    {
        await using var sessions = new SessionPool(Compilers.Shared, new ChildOptions(_folder.Path) { HeapLimit = 1L << 29 }, ahead: 0);
        var runner = new NotebookRunner(sessions, new Redaction(_folder.Path), limit ?? TimeLimit.Of(TimeSpan.FromSeconds(60)));
        return await runner.RunAsync(notebook, _folder.Path, cancellation: TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Outputs(NotebookRun run, int cell) => run.Notebook.CodeCells.ElementAt(cell).Outputs.Select(o => o switch
    {
        StreamOutput s => $"{s.Name} {s.Text}",
        DataOutput d => $"{(d.ExecutionCount is null ? "display" : "result")} {d.Data["text/plain"]}",
        ErrorOutput e => $"error {e.Name}: {e.Message}",
        _ => "",
    });

    private sealed class CancelAfterFirstCell(CancellationTokenSource cancellation) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => cancellation.CancelAfter(300);
    }
}
