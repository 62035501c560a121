using System.Diagnostics;
using Course.Protocol;

namespace Course.Hosting.Tests;

/// <summary>Compilers that are shared, and that may die at any time.</summary>
public sealed class CompilerPoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_two_sessions_have_in_common_is_compiled_once()
    {
        Compilation one = await CompileAsync(Compilers.Shared, Chain()), two = await CompileAsync(Compilers.Shared, Chain());
        Assert.NotNull(one.Cell);
        Assert.Same(one.Cell, two.Cell);

        static CellChain Chain()
        {
            var before = new CellChain(null, new CellText("cell 1", "int common = 1;", portable: true));
            return new CellChain(before, new CellText("cell 2", "common", portable: true));
        }
    }

    /// <summary>
    /// The cells that a runner has loaded fit what another compiler makes of the same texts, and the text at which a compiler was killed is
    /// tried in another one. A compiler that is stopped has the text and cannot have answered.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_outlives_its_compilers(bool inFlight)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere the compilers are not found");
        await using var compilers = new CompilerPool(_folder);
        await using var sessions = new SessionPool(compilers, new ChildOptions(Path.GetTempPath()), ahead: 0);
        await using CellSession session = await sessions.TakeAsync();
        Assert.Empty(await RunAsync(session, "class A { public int Id = 7; }\nint x = 1;"));
        Assert.Empty(await RunAsync(session, "using System.Text;"));
        foreach (int round in (int[])[2, 3])
        {
            Process[] living = CompilersIn(_folder);
            Assert.NotEmpty(living);
            if (inFlight)
                Stop(living);
            Task<IReadOnlyList<ChildEvent>> running = RunAsync(session, "x++;\nnew StringBuilder($\"{x} {new A().Id}\")");
            await Task.Delay(inFlight ? 300 : 0, TestContext.Current.CancellationToken);
            Array.ForEach(living, compiler => compiler.Kill());
            Assert.Equal($"{round} 7", Assert.IsType<Result>(Assert.Single(await running)).Data["text/plain"]);
        }
        Compilation here = await CompileAsync(compilers, session.Cells!), elsewhere = await CompileAsync(Compilers.Shared, session.Cells!);
        Assert.Equal(here.Cell!.Key, elsewhere.Cell!.Key);
        Assert.Equal(here.Cell.Assembly, elsewhere.Cell.Assembly);
    }

    private static void Stop(IEnumerable<Process> processes)
    {
        using Process kill = Process.Start("kill", ["-STOP", .. processes.Select(process => $"{process.Id}")]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static Process[] CompilersIn(string folder) => [.. Process.GetProcesses().Where(process => FolderOf(process) == folder)];

    private static string? FolderOf(Process process)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process.Id}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<ChildEvent>> RunAsync(CellSession session, string code)
    {
        List<ChildEvent> events = [];
        var text = new CellText("cell", code, portable: true);
        var limit = TimeLimit.Of(TimeSpan.FromSeconds(60));
        RequestEnd end = await session.RunAsync(text, limit, events.Add, TestContext.Current.CancellationToken);
        Assert.Null(end.Failure);
        return events;
    }

    private static Task<Compilation> CompileAsync(CompilerPool compilers, CellChain chain) =>
        compilers.CompileAsync(chain, TestContext.Current.CancellationToken);
}
