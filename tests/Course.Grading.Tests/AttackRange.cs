using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Course.Checks;
using Course.Hosting;
using Course.Notebooks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>What attacks are tried on: files, a server and a process that belong to the test alone, and a grader of one tier.</summary>
public abstract class AttackRange : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private SessionPool? _sessions;
    private int _folders;

    /// <summary>Why nothing can be tried here, or null.</summary>
    public string? Impossible { get; protected set; }

    /// <summary>How the children are isolated, or null.</summary>
    protected Isolation? Isolation { get; set; }

    /// <summary>A folder that is not the runners' own.</summary>
    private string Outside => Directory.CreateDirectory(Path.Combine(_folder, "outside")).FullName;

    /// <summary>The course of the test, with solutions in it.</summary>
    protected CourseFolder Course => new(Path.Combine(_folder, "course"));

    private string Solutions => Path.Combine(Course.Solutions, "02-gibbs-inequality.ipynb");

    public virtual async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
            Impossible = "the attacks are written for Linux";
        Directory.CreateDirectory(Course.Solutions);
        _server.Start();
        await PrepareAsync();
        _sessions = new SessionPool(Compilers.Shared, () => Kit.OptionsIn(NewFolder(), Isolation), ahead: 0);
    }

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _sessions!.DisposeAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Grades a submission of cells.</summary>
    public async Task<Grade> GradeAsync(IEnumerable<Cell> cells, TimeSpan timeout, params string[] exercises)
    {
        var sheet = new ExerciseSheet(
            "sheet", Of(), [.. exercises.Select(id => new SheetExercise(id, "T", 3, ["a", "b", "c"], (CodeCell)Code(""), [], []))]);
        return await new Grader(_sessions!, TimeLimit.Of(timeout), new Redaction(_folder)).GradeAsync(
            new Submission(Of([.. cells])), sheet, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>Tries an attack, and holds what came of it against what a tier says.</summary>
    public async Task TryAsync(Attack attack, TierClaim claim)
    {
        await File.WriteAllTextAsync(Solutions, "the solutions", TestContext.Current.CancellationToken);
        string survivor = $"21.{Random.Shared.Next(100_000, 1_000_000)}";
        using Process victim = Process.Start("sleep", "3600");
        try
        {
            string code = attack.Code
                .Replace(
                    "{{port}}", ((IPEndPoint)_server.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{{outside}}", Outside, StringComparison.Ordinal)
                .Replace("{{solutions}}", Solutions, StringComparison.Ordinal)
                .Replace("{{victim}}", victim.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{{survive}}", survivor, StringComparison.Ordinal);
            Grade grade = await GradeAsync([Code(code)], attack.IsEndless ? Short : Long, "02.1");
            Verdict verdict = grade.Exercises.Single().Verdict;

            Assert.Equal(0, grade.Points);
            Assert.NotEqual(Outcome.Correct, verdict.Outcome);
            Assert.Contains(claim.Says, verdict.Message, StringComparison.Ordinal);
            Assert.InRange(verdict.Message.Length, 1, 2000);
            bool reaches = claim.Claim == Claims.NotStopped;
            if (claim.Claim != Claims.NotClaimed)
            {
                Assert.Equal(reaches && attack.Name == "network", Pending());
                Assert.Equal(!(reaches && attack.Name == "delete-solutions"), File.Exists(Solutions));
                Assert.Equal(reaches && attack.Name == "write-outside", File.Exists(Path.Combine(Outside, "planted")));
                Assert.Equal(reaches && attack.Name == "kill-others", victim.WaitForExit(reaches ? 5000 : 0));
                Assert.Empty(await SurvivorsAsync(survivor));
            }
        }
        finally
        {
            foreach (int id in (await SurvivorsAsync(survivor)).Append(victim.Id))
                End(id);
            File.Delete(Path.Combine(Outside, "planted"));
        }
    }

    private bool Pending()
    {
        if (!_server.Pending())
            return false;
        _server.AcceptSocket().Dispose();
        return true;
    }

    private static void End(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    /// <summary>Processes that sleep for just this time; one that was ended a moment ago may still be seen, and is waited for.</summary>
    private static async Task<IReadOnlyList<int>> SurvivorsAsync(string time)
    {
        List<int> found = [];
        for (int i = 0; i < 20; i++)
        {
            found = [.. from folder in Directory.EnumerateDirectories("/proc")
                        where int.TryParse(Path.GetFileName(folder), out _) && Command(folder).Contains(time, StringComparison.Ordinal)
                        select int.Parse(Path.GetFileName(folder))];
            if (found.Count == 0)
                break;
            await Task.Delay(100);
        }
        return found;
    }

    private string NewFolder() =>
        Directory.CreateDirectory(Path.Combine(_folder, $"{Interlocked.Increment(ref _folders)}")).FullName;

    private static string Command(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

/// <summary>Of `course grade`.</summary>
public sealed class PlainRange : AttackRange;

/// <summary>Of `course grade --isolate`.</summary>
public sealed class IsolatedRange : AttackRange
{
    protected override async Task PrepareAsync()
    {
        try
        {
            Isolation = await Kit.IsolateAsync(Course);
        }
        catch (IsolationException e)
        {
            Impossible = e.Message;
        }
    }
}
