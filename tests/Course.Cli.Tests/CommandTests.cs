using System.Diagnostics;

namespace Course.Cli.Tests;

/// <summary>The `course` command as its users start it, in a course made for the test.</summary>
public sealed class CommandTests : IDisposable
{
    private const string Bad = "{ not json";
    private const string Throws = """
        {"cells":[{"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],"source":"1"},
        {"cell_type":"code","id":"b","metadata":{},"execution_count":null,"outputs":[],"source":"throw new System.Exception(\"told\");"}],
        "metadata":{},"nbformat":4,"nbformat_minor":5}
        """;
    private const string Good = """
        {"cells":[{"cell_type":"markdown","id":"t","metadata":{},"source":"# Good"},
        {"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],"source":"6 * 7"}],
        "metadata":{},"nbformat":4,"nbformat_minor":5}
        """;
    private const string Endless = """
        {"cells":[{"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],"source":"while (true) { }"}],
        "metadata":{},"nbformat":4,"nbformat_minor":5}
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("course-test-").FullName;

    public CommandTests()
    {
        foreach (string folder in new[] { "notebooks", "exercises", "solutions" })
            Directory.CreateDirectory(Path.Combine(_root, folder));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Run_executes_the_chapters_and_writes_them_and_their_pages()
    {
        Write("notebooks/01-good.ipynb", Good);
        (int code, string output) = await CourseAsync("run");
        Assert.Equal(0, code);
        Assert.Matches(@"^Pages to read, as they were last saved: out/index\.html\..*\n01-good ok\n", output.ReplaceLineEndings("\n"));
        Assert.Contains("out/index.html", output, StringComparison.Ordinal);
        Assert.Contains("\"42\"", Read("out/01-good.ipynb"), StringComparison.Ordinal);
        Assert.Contains("42", Read("out/01-good.html"), StringComparison.Ordinal);
        Assert.Contains("01-good.html", Read("out/index.html"), StringComparison.Ordinal);
        Assert.Equal(Good, Read("notebooks/01-good.ipynb"));
    }

    [Fact]
    public async Task A_bad_notebook_is_named_and_the_others_still_run()
    {
        Write("notebooks/01-bad.ipynb", Bad);
        Write("notebooks/02-throws.ipynb", Throws);
        Write("notebooks/03-endless.ipynb", Endless);
        Write("notebooks/04-good.ipynb", Good);
        (int code, string output) = await CourseAsync("run", "--timeout", "3", "--save");
        Assert.Equal(1, code);
        Assert.Contains("01-bad.ipynb: not a notebook: it is not JSON", output, StringComparison.Ordinal);
        Assert.Contains("02-throws: System.Exception: told (at cell 2, line 1)", output, StringComparison.Ordinal);
        Assert.Contains("03-endless: timed out: cell 1: it used more than 3 seconds of processor time", output, StringComparison.Ordinal);
        Assert.Contains("\"42\"", Read("out/04-good.ipynb"), StringComparison.Ordinal);
        Assert.Equal(
            [Bad, Throws, Endless],
            [Read("notebooks/01-bad.ipynb"), Read("notebooks/02-throws.ipynb"), Read("notebooks/03-endless.ipynb")]);
        Assert.Contains("\"42\"", Read("notebooks/04-good.ipynb"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_root, ".*.new", SearchOption.AllDirectories));
        Assert.InRange(output.Length, 1, 100_000);
    }

    [Theory]
    [InlineData(2, "there is no 'missing.ipynb'", "run", "missing.ipynb")]
    [InlineData(2, "there is no notebook to run", "run")]
    [InlineData(2, "there is no notebook to grade", "grade")]
    [InlineData(2, "there are no solutions", "release")]
    [InlineData(2, "there are no solutions", "verify")]
    [InlineData(2, "there are no solutions", "verify", "02.1")]
    [InlineData(2, "there is no exercise '77.1'", "hint", "77.1")]
    [InlineData(2, "at least one second", "run", "--timeout", "0")]
    [InlineData(2, "at most 86400", "run", "--timeout", "5000000")]
    [InlineData(2, "there is no option '--bogus'", "run", "--bogus")]
    [InlineData(2, "there is no option '--timout'. Did you mean '--timeout'?", "run", "--timout", "3")]
    [InlineData(2, "there is no command 'nonsense'. There are: run, grade", "nonsense", "else")]
    [InlineData(2, "there is no command 'gade'. Did you mean 'grade'?", "gade")]
    [InlineData(2, "Try course new --help", "new")]
    [InlineData(2, "--timeout '30x' is no time", "watch", "--timeout", "30x")]
    [InlineData(2, "--timeout needs a value: --timeout TIME", "grade", "--timeout")]
    [InlineData(
        2, "--kind 'fuction' is none of function, value, choice, property. Did you mean 'function'?",
        "new", "exercise", "2", "T", "--kind", "fuction")]
    [InlineData(2, "--points 'many' must be a whole number from 1 to 100", "new", "exercise", "2", "T", "--points", "many")]
    [InlineData(2, "TITLE is missing", "new", "exercise", "2")]
    [InlineData(2, "EXERCISE is missing. The exercise, as in 02.1.", "hint")]
    [InlineData(2, "there is no '--odd.ipynb'", "run", "--", "--odd.ipynb")]
    [InlineData(2, "there is no 'exercise'. Did you mean 'exercises'?", "run", "exercise")]
    [InlineData(0, "Exit codes", "--help")]
    [InlineData(0, "--timeout", "run", "--help")]
    [InlineData(0, "0.1.0", "--version")]
    [InlineData(0, "Next:")]
    public async Task Each_command_answers_with_a_reason_and_an_exit_code(int exitCode, string said, params string[] arguments)
    {
        (int code, string output) = await CourseAsync(arguments);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Equal(exitCode, code);
    }

    [Fact]
    public async Task The_book_is_there_before_anything_is_executed_and_a_notebook_that_fails_keeps_its_page()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no interrupt signal to send to another process");
        const string Saved = """ "outputs":[{"output_type":"stream","name":"stdout","text":"as it was saved"}] """;
        Write("notebooks/01-saved.ipynb", Throws.Replace("\"outputs\":[]", Saved, StringComparison.Ordinal));
        Write("notebooks/02-bad.ipynb", Bad);
        Write("notebooks/03-endless.ipynb", Endless);
        Write("notebooks/gpu-1.ipynb", Good.Replace("# Good", "# On tensors", StringComparison.Ordinal));
        using Process process = Start(["run"]);
        Assert.Contains(
            "out/index.html", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (string page in new[] { "01-saved.html", "03-endless.html", "gpu-1.html" })
        {
            Assert.Contains($"\"{page}\"", Read("out/index.html"), StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(_root, "out", page)), page);
        }
        Assert.False(File.Exists(Path.Combine(_root, "out/03-endless.ipynb")));

        // The lines come in the order of the notebooks, though the first two end while the third goes on.
        Assert.Equal("01-saved failed", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("02-bad failed", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("as it was saved", Read("out/01-saved.html"), StringComparison.Ordinal);
        Assert.Contains("told", Read("out/01-saved.ipynb"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_an_execution_wrote_is_not_undone_until_its_notebook_is_saved_again()
    {
        Write("notebooks/01-page.ipynb", Bad);
        Write("out/01-page.html", "executed");
        Write("notebooks/01-page.ipynb", Throws);
        File.SetLastWriteTimeUtc(Path.Combine(_root, "notebooks/01-page.ipynb"), DateTime.UtcNow.AddHours(-1));
        await CourseAsync("run");
        Assert.Equal("executed", Read("out/01-page.html"));
        File.SetLastWriteTimeUtc(Path.Combine(_root, "notebooks/01-page.ipynb"), DateTime.UtcNow.AddHours(1));
        await CourseAsync("run");
        Assert.Contains("System.Exception", Read("out/01-page.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_book_has_pages_for_exercises_and_for_the_whole_course_and_shows_how_far_the_learner_is()
    {
        string chapter = Good.Replace("# Good", "# 01 Good\\n\\nSee `exercises/01-good.ipynb`.\\n\\n## References\\n\\n- A. Author (2001). Work.", StringComparison.Ordinal);
        Write("notebooks/01-good.ipynb", chapter);
        Write("exercises/01-good.ipynb", Good.Replace("# Good", "# Exercises 01", StringComparison.Ordinal));
        Write("docs/book/notation.md", "# Notation\n\nSee [the chapter](../../notebooks/01-good.ipynb#References).\n");
        Assert.Equal(0, (await CourseAsync("run")).Code);
        foreach (string page in new[] { "01-good.html", "exercises/01-good.html", "notation.html", "references.html" })
            Assert.Contains($"\"{page}\"", Read("out/index.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"exercises/01-good.html\"><code>", Read("out/01-good.html"), StringComparison.Ordinal);
        Assert.Contains("href=\"../01-good.html\"", Read("out/exercises/01-good.html"), StringComparison.Ordinal);
        Assert.Contains("href=\"01-good.html#References\"", Read("out/notation.html"), StringComparison.Ordinal);
        Assert.Contains("A. Author (2001). Work.", Read("out/references.html"), StringComparison.Ordinal);
        Assert.Contains("A. Author (2001). Work.", Read("out/search.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_folder_of_its_own_a_run_of_one_notebook_writes_no_other_page()
    {
        Write("notebooks/01-good.ipynb", Good);
        Write("notebooks/02-other.ipynb", Good);
        Assert.Equal(0, (await CourseAsync("run", "notebooks/01-good.ipynb", "--out", "alone")).Code);
        Assert.Equal(["01-good.html", "index.html"], Directory.EnumerateFiles(Path.Combine(_root, "alone"), "*.html").Select(path => Path.GetFileName(path)).Order());
    }

    [Fact]
    public async Task Bash_completes_commands_options_chapters_and_notebooks()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/bin/bash"), "there is no bash");
        Write("exercises/02-two.ipynb", Good);
        Write("course", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "course.dll")}' \"$@\"\n");
        Write("lines.sh", """
            chmod +x course
            eval "$(./course completion bash)"
            for line in "./course gr" "./course grade --ti" "./course grade --chapter 0" "./course run exer"; do
              COMP_LINE=$line COMP_POINT=${#line} COMP_WORDS=($line) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
              _course
              echo "${COMPREPLY[*]}"
            done
            """.ReplaceLineEndings("\n"));
        using Process process = Process.Start(
            new ProcessStartInfo("/bin/bash", ["lines.sh"]) { WorkingDirectory = _root, RedirectStandardOutput = true })!;
        Assert.Equal(
            "grade\n--timeout\n02\nexercises/02-two.ipynb\n",
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Outside_a_course_the_remedy_is_said()
    {
        Directory.Delete(Path.Combine(_root, "notebooks"));
        (int code, string output) = await CourseAsync();
        Assert.Equal(2, code);
        Assert.Contains("this folder lies in no course", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_submission_is_named_and_costs_no_other()
    {
        Write("exercises/01-bad.ipynb", Bad);
        Write("exercises/02-other.ipynb", Good);
        (int code, string output) = await CourseAsync("grade", "--out", "grades");
        Assert.Equal(1, code);
        Assert.Contains("01-bad.ipynb: not a notebook", output, StringComparison.Ordinal);
        Assert.Contains("02-other.ipynb: no exercise of this course is in it", output, StringComparison.Ordinal);
        Assert.Contains("02-other.ipynb", Read("grades/grades.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_every_file_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no interrupt signal to send to another process");
        Write(
            "notebooks/01-endless.ipynb",
            Endless.Replace("while", "System.IO.File.WriteAllText(\\\"started\\\", \\\"\\\"); while", StringComparison.Ordinal));
        string before = Read("notebooks/01-endless.ipynb");
        using Process process = Start(["run", "--save"]);
        while (!File.Exists(Path.Combine(_root, "notebooks", "started")))
            await Task.Delay(100, TestContext.Current.CancellationToken);
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains(
            "interrupted", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(before, Read("notebooks/01-endless.ipynb"));
        Assert.Empty(Directory.EnumerateFiles(_root, ".*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Notebooks_of_one_name_go_to_places_of_their_own_and_the_index_keeps_earlier_pages()
    {
        Write("notebooks/01-good.ipynb", Good);
        Write("exercises/01-good.ipynb", Good.Replace("# Good", "# Exercises", StringComparison.Ordinal));
        Assert.Equal(0, (await CourseAsync("run")).Code);
        Assert.Equal(0, (await CourseAsync("run", "exercises")).Code);
        Assert.Contains("# Good", Read("out/01-good.ipynb"), StringComparison.Ordinal);
        Assert.Contains("# Exercises", Read("out/exercises/01-good.ipynb"), StringComparison.Ordinal);
        Assert.Contains("\"01-good.html\"", Read("out/index.html"), StringComparison.Ordinal);
        Assert.Contains("\"exercises/01-good.html\"", Read("out/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_never_overwrites_its_notebook()
    {
        Write("notebooks/01-good.ipynb", Good);
        (int code, string output) = await CourseAsync("run", "--out", "notebooks");
        Assert.Equal(2, code);
        Assert.Contains("would overwrite notebooks/01-good.ipynb itself", output, StringComparison.Ordinal);
        Assert.Equal(Good, Read("notebooks/01-good.ipynb"));
    }

    [Theory]
    [InlineData("occupied")]
    [InlineData("")]
    public async Task A_place_that_cannot_be_written_is_named_before_the_work(string place)
    {
        Write("notebooks/01-good.ipynb", Good);
        Write("occupied", "a file");
        (int code, string output) = await CourseAsync("run", "--out", place);
        Assert.Equal(2, code);
        Assert.Contains($"nothing can be written to the folder '{place}'", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> CourseAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "course.dll"), .. arguments])
    {
        WorkingDirectory = _root,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, name))!);
        File.WriteAllText(Path.Combine(_root, name), text);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_root, name));
}
