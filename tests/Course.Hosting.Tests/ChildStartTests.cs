using System.Diagnostics;

namespace Course.Hosting.Tests;

/// <summary>Whoever cannot have a compiler or a runner is told which of them it is, and why.</summary>
public sealed class ChildStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Compiler", "the compiler")]
    [InlineData("Runner", "the runner")]
    public async Task A_program_that_is_missing_is_named_with_the_remedy(string program, string name)
    {
        string reason = await ReasonAsync(program, new ChildOptions(_folder) { ProgramFolder = _folder });
        Assert.StartsWith($"{name} is missing: '{_folder}", reason, StringComparison.Ordinal);
        Assert.EndsWith("Build the course again: dotnet build", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Compiler", "the compiler")]
    [InlineData("Runner", "the runner")]
    public async Task A_program_that_cannot_be_started_in_its_folder_is_named(string program, string name)
    {
        string nowhere = Path.Combine(_folder, "nowhere");
        string reason = await ReasonAsync(program, new ChildOptions(nowhere));
        Assert.StartsWith($"{name} could not be started in '{nowhere}': ", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Compiler", "the compiler")]
    [InlineData("Runner", "the runner")]
    public async Task A_program_that_ends_before_it_is_ready_is_named(string program, string name)
    {
        WriteNoProgram(program);
        string reason = await ReasonAsync(program, new ChildOptions(_folder) { ProgramFolder = _folder });
        Assert.StartsWith($"{name} ended before it was ready: ", reason, StringComparison.Ordinal);
    }

    /// <summary>What is to read its configuration from a pipe to which nobody writes waits for ever.</summary>
    [Theory]
    [InlineData("Compiler", 60, 0.01, "the compiler was not ready within 0.01 seconds")]
    [InlineData("Runner", 60, 0.01, "the runner was not ready within 0.01 seconds")]
    [InlineData("Compiler", 0, 60, "the compiler used more than 0 seconds of processor time before it was ready")]
    [InlineData("Runner", 0, 60, "the runner used more than 0 seconds of processor time before it was ready")]
    public async Task A_program_that_is_late_is_named_with_the_time_that_it_had(
        string program, double processor, double wall, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no place in the file system there");
        string assembly = WriteNoProgram(program);
        using (Process make = Process.Start("mkfifo", [Path.ChangeExtension(assembly, "runtimeconfig.json")]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        var limit = new TimeLimit(TimeSpan.FromSeconds(processor), TimeSpan.FromSeconds(wall));
        Assert.Equal(reason, await ReasonAsync(program, new ChildOptions(_folder) { ProgramFolder = _folder, StartLimit = limit }));
    }

    /// <summary>A file in the place of a program.</summary>
    private string WriteNoProgram(string program)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, program.ToLowerInvariant())).FullName;
        string assembly = Path.Combine(folder, $"Course.{program}.dll");
        File.WriteAllText(assembly, "no program");
        return assembly;
    }

    private static async Task<string> ReasonAsync(string program, ChildOptions options) =>
        (await Assert.ThrowsAsync<ChildStartException>(() => ChildProcess.StartAsync(
            Enum.Parse<ChildProgram>(program), options, TestContext.Current.CancellationToken))).Message;
}
