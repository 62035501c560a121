using System.Diagnostics;

namespace Course.Cli.Tests;

/// <summary>The script ./course at the root, with a dotnet that only notes what it is asked.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Dotnet = """
        #!/bin/sh
        case $1 in
          --version) [ ! -e "$FAKE/old" ] || exit 145 ;;
          --list-sdks) echo "8.0.100 [/usr/share/dotnet]" ;;
          msbuild)
            echo built >> "$FAKE/log"
            [ ! -e "$FAKE/slow" ] || sleep 1
            [ "$2" != tools/AheadOfTime ] || [ ! -e "$FAKE/alone" ] || { echo "error NU1101"; exit 1; }
            [ ! -e "$FAKE/broken" ] || { echo "error CS1002: ; expected"; exit 1; }
            mkdir -p src/Course.Cli/bin/Debug/net10.0 notebooks
            touch src/Course.Cli/bin/Debug/net10.0/course.dll notebooks/setup.csx ;;
          *) shift; echo "in $PWD of $COURSE_ROOT:"; for argument; do echo "[$argument]"; done; exit 7 ;;
        esac
        """;

    private readonly string _folder = new DirectoryInfo(Directory.CreateTempSubdirectory("course-test-").FullName).FullName;
    private readonly string _root;
    private readonly string _bin;
    private string _path;
    private string _ci = "";

    public ScriptTests()
    {
        _root = Path.Combine(_folder, "the course");
        _bin = Path.Combine(_folder, "bin");
        _path = $"{_bin}:/usr/bin:/bin";
        foreach (string project in new[] { "Course.Cli", "Course.Compiler", "Course.Kit" })
            Directory.CreateDirectory(Path.Combine(_root, "src", project));
        Directory.CreateDirectory(Path.Combine(_root, "notebooks"));
        Directory.CreateDirectory(_bin);
        foreach (string file in new[] { "src/Course.Cli/Program.cs", "src/Course.Kit/Old.cs", "Directory.Build.props", "global.json" })
            File.WriteAllText(In(file), "");
        File.Copy(Path.Combine(Course.Notebooks.CourseFolder.Find(AppContext.BaseDirectory)!.Root, "course"), In("course"));
        string dotnet = Path.Combine(_bin, "dotnet");
        File.WriteAllText(dotnet, Dotnet.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there the script is course.cmd");
    }

    private int Builds => File.Exists(Path.Combine(_bin, "log")) ? File.ReadAllLines(Path.Combine(_bin, "log")).Length : 0;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_builds_when_something_is_newer_and_only_then_and_says_what()
    {
        await CallAsync("building for the first time");
        await CallAsync(null);
        foreach ((string said, Action change) in new (string, Action)[]
        {
            ("since src/Course.Kit/Old.cs has changed", () => File.AppendAllText(In("src/Course.Kit/Old.cs"), "//")),
            ("since src/Course.Kit has changed", () => File.Delete(In("src/Course.Kit/Old.cs"))),
            ("since Directory.Build.props has changed", () => File.AppendAllText(In("Directory.Build.props"), " ")),
            ("since global.json has changed", () => File.AppendAllText(In("global.json"), " ")),
            ("building", () => File.Delete(In("notebooks/setup.csx"))),
        })
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            change();
            await CallAsync(said);
            await CallAsync(null);
        }
        File.AppendAllText(In("src/Course.Kit/obj/project.assets.json"), "");
        File.AppendAllText(In("src/Course.Kit/bin/Course.Kit.dll"), "");
        await CallAsync(null);

        async Task CallAsync(string? said)
        {
            int before = Builds;
            (int code, string output, string error) = await RunAsync(In("course"), _root, "run", "a b", "*");
            Assert.Equal((7, $"in {_root} of {_root}:\n[run]\n[a b]\n[*]\n", before + (said is null ? 0 : 1)), (code, output, Builds));
            Assert.Contains(said ?? "", error, StringComparison.Ordinal);
            Assert.Equal(said is null, error.Length == 0);
        }
    }

    [Fact]
    public async Task It_may_be_called_from_anywhere_by_a_link_to_a_link_and_without_arguments()
    {
        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "else where")).FullName;
        File.CreateSymbolicLink(Path.Combine(_folder, "first"), "the course/course");
        File.CreateSymbolicLink(Path.Combine(_bin, "second"), Path.Combine(_folder, "first"));
        (int code, string output, _) = await RunAsync(Path.Combine(_bin, "second"), elsewhere);
        Assert.Equal((7, $"in {elsewhere} of {_root}:\n"), (code, output));
    }

    [Fact]
    public async Task What_fails_is_said_and_tried_again()
    {
        File.WriteAllText(Path.Combine(_bin, "broken"), "");
        foreach (int builds in new[] { 1, 2 })
        {
            (int code, string output, string error) = await RunAsync(In("course"), _root);
            Assert.Equal((2, "", builds), (code, output, Builds));
            Assert.Contains("error CS1002", error, StringComparison.Ordinal);
            Assert.Contains("could not be built", error, StringComparison.Ordinal);
        }
        File.WriteAllText(Path.Combine(_bin, "old"), "");
        (int old, _, string said) = await RunAsync(In("course"), _root);
        Assert.Equal((2, 2), (old, Builds));
        Assert.Contains("this dotnet has 8.0.100. The course needs the .NET 10 SDK: https://", said, StringComparison.Ordinal);
        File.Delete(Path.Combine(_bin, "dotnet"));
        File.CreateSymbolicLink(Path.Combine(_bin, "dirname"), File.Exists("/usr/bin/dirname") ? "/usr/bin/dirname" : "/bin/dirname");
        _path = _bin;
        (int none, _, said) = await RunAsync(In("course"), _root);
        Assert.Equal(2, none);
        Assert.Contains("there is no dotnet here. Install the .NET 10 SDK: https://", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_at_once_build_once_and_who_was_killed_holds_up_nobody()
    {
        Directory.CreateDirectory(In("src/Course.Cli/obj"));
        File.WriteAllText(In("src/Course.Cli/obj/course.building"), $"{int.MaxValue}\n");
        File.WriteAllText(Path.Combine(_bin, "slow"), "");
        (int Code, string, string)[] both = await Task.WhenAll(RunAsync(In("course"), _root), RunAsync(In("course"), _root));
        Assert.All(both, one => Assert.Equal(7, one.Code));
        Assert.Equal(1, Builds);
        Assert.Equal(["course.built"], Directory.EnumerateFiles(In("src/Course.Cli/obj")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(false, "from then on")]
    [InlineData(true, "it could not be compiled")]
    public async Task Roslyn_is_compiled_for_the_machine_once_after_a_command_that_uses_it(bool fails, string said)
    {
        Directory.CreateDirectory(In("tools/AheadOfTime"));
        File.WriteAllText(In("Directory.Packages.props"), "");
        if (fails)
            File.WriteAllText(Path.Combine(_bin, "alone"), "");
        await CallAsync(1, null, "hint");
        _ci = "true";
        await CallAsync(1, null, "run");
        _ci = "";
        int builds = fails ? 2 : 3;
        await CallAsync(builds, said, "run");
        await CallAsync(builds, null, "run");
        await Task.Delay(20, TestContext.Current.CancellationToken);
        File.AppendAllText(In("Directory.Packages.props"), " ");
        await CallAsync(builds + (fails ? 2 : 3), said, "grade");

        async Task CallAsync(int builds, string? said, string command)
        {
            (int code, string output, string error) = await RunAsync(In("course"), _root, command);
            Assert.Equal((7, $"in {_root} of {_root}:\n[{command}]\n", builds), (code, output, Builds));
            Assert.Equal(said is not null, error.Contains("compiling the C# compiler", StringComparison.Ordinal));
            Assert.Contains(said ?? "", error, StringComparison.Ordinal);
        }
    }

    private string In(string name) => Path.Combine(_root, name);

    private async Task<(int Code, string Output, string Error)> RunAsync(string script, string from, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [script, .. arguments])
        {
            WorkingDirectory = from,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _path;
        start.Environment["FAKE"] = _bin;
        start.Environment["CI"] = _ci;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
