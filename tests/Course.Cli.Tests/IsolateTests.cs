using System.Diagnostics;
using Course.Notebooks;

namespace Course.Cli.Tests;

/// <summary>`course grade --isolate`: what it says where the system allows it, and where not.</summary>
public sealed class IsolateTests : IDisposable
{
    private const string Sheet = """
        {"cells":[{"cell_type":"markdown","id":"t","metadata":{},"source":["## Exercise 02.3 · Supports · 1 point\n\n",
        "<details><summary>Hint 1</summary>a</details>","<details><summary>Hint 2</summary>b</details>",
        "<details><summary>Hint 3</summary>c</details>"]},
        {"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],
        "source":"// exercise 02.3\nstring supportsChoice = \"C\";"}],"metadata":{},"nbformat":4,"nbformat_minor":5}
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("course-test-").FullName;

    public IsolateTests()
    {
        foreach (string folder in new[] { "notebooks", "exercises", "solutions" })
            Directory.CreateDirectory(Path.Combine(_root, folder));
        File.WriteAllText(Path.Combine(_root, "exercises", "02-sheet.ipynb"), Sheet);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Either all that it says was seen from inside, and the answer is graded; or the reason, and no grade.</summary>
    [Fact]
    public async Task It_says_what_it_enforces_or_why_it_grades_nothing()
    {
        (int code, string output) = await RunAsync("dotnet", Program, "grade", "--isolate");
        if (code == 0)
        {
            Assert.Contains("Isolated, as seen from inside:", output, StringComparison.Ordinal);
            string[] told =
            [
                "user namespace: ", "process namespace: ", "network namespace: ", "mount namespace: ", "system calls: ", "control group: ",
            ];
            foreach (string space in told)
                Assert.Contains($"- {space}", output, StringComparison.Ordinal);
            Assert.Contains("1 of 1 points", output, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(2, code);
            Assert.Contains("answers cannot be isolated here, so nothing was graded: ", output, StringComparison.Ordinal);
            Assert.DoesNotContain("1 of 1 points", output, StringComparison.Ordinal);
        }
    }

    /// <summary>In a clone this program lies in the course, both of which it hides from answers.</summary>
    [Fact]
    public async Task In_a_clone_it_isolates_as_elsewhere()
    {
        string clone = CourseFolder.Find(AppContext.BaseDirectory)!.Root;
        Assert.StartsWith(clone, AppContext.BaseDirectory, StringComparison.Ordinal);
        (_, string elsewhere) = await RunAsync("dotnet", Program, "grade", "--isolate");
        string sheet = Path.Combine(_root, "exercises", "02-sheet.ipynb");
        (_, string here) = await RunInAsync(clone, "dotnet", Program, "grade", "--isolate", sheet);
        Assert.Equal(Seen(elsewhere), Seen(here));
        Assert.Equal(elsewhere.Contains("1 of 1 points", StringComparison.Ordinal), here.Contains("│ correct ", StringComparison.Ordinal));

        static IEnumerable<string> Seen(string output) => output.Split('\n')
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal)
                || line.Contains("cannot be isolated", StringComparison.Ordinal));
    }

    /// <summary>The program and the course in a folder with a space in its name, which no other user enters.</summary>
    [Fact]
    public async Task Where_others_may_not_enter_it_isolates_as_elsewhere()
    {
        string copy = Path.Combine(_root, "a clone");
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root));
        (int elsewhere, _) = await RunAsync("dotnet", Program, "grade", "--isolate");
        (int here, string output) = await RunAsync("dotnet", Path.Combine(copy, "course.dll"), "grade", "--isolate");
        Assert.Equal(elsewhere, here);
        Assert.Equal(here == 0, output.Contains("1 of 1 points", StringComparison.Ordinal));
    }

    /// <summary>In a user namespace that allows no other, and in which there is no other user to become, it cannot be had.</summary>
    [Fact]
    public async Task Where_the_kernel_refuses_it_refuses_and_grades_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "there are no namespaces");
        const string Denied = "echo 0 > /proc/sys/user/max_user_namespaces && exec \"$@\"";
        string[] inside = ["--user", "--map-root-user", "--", "/bin/sh", "-c", Denied, "denied"];
        (int allowed, _) = await RunAsync("unshare", [.. inside, "true"]);
        Assert.SkipUnless(allowed == 0, "no user namespace can be made to try it in");
        (int code, string output) = await RunAsync("unshare", [.. inside, "dotnet", Program, "grade", "--isolate"]);
        Assert.Equal(2, code);
        Assert.Contains("answers cannot be isolated here, so nothing was graded: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("1 of 1 points", output, StringComparison.Ordinal);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "course.dll");

    private Task<(int Code, string Output)> RunAsync(string program, params string[] arguments) => RunInAsync(_root, program, arguments);

    private static async Task<(int Code, string Output)> RunInAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
