using System.Diagnostics;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli.Tests;

/// <summary>
/// A course with one exercise, 00.2, which asks for a letter, or with others of that chapter; and the `course` command in it.
/// </summary>
internal sealed class TemporaryCourse : IDisposable
{
    private static readonly CourseFolder Real = CourseFolder.Find(AppContext.BaseDirectory)!;

    private readonly Notebook _exercises;

    /// <param name="exercises">The digits of the exercises.</param>
    public TemporaryCourse(string exercises = "2")
    {
        Course = new CourseFolder(Directory.CreateTempSubdirectory("course-test-").FullName);
        Directory.CreateDirectory(Course.Notebooks);
        ExerciseSheet sheet = ExerciseSheet.Read(CourseFolder.NotebooksIn(Real.Solutions)[0]);
        string name = Path.GetFileName(sheet.Path);
        Cell[] kept = [.. sheet.Notebook.Cells.Where(cell => IsKept(cell, exercises))];
        NotebookFile.Write(sheet.Notebook with { Cells = kept }, Path.Combine(Course.Solutions, name));
        _exercises = Releasing.Release(ExerciseSheet.Read(Path.Combine(Course.Solutions, name)));
        Exercise = Path.Combine(Course.Exercises, name);
        NotebookFile.Write(_exercises, Exercise);
    }

    public CourseFolder Course { get; }

    /// <summary>The command.</summary>
    public string Program { get; init; } = Path.Combine(AppContext.BaseDirectory, "course.dll");

    /// <summary>The folder for temporary files that the command is told; null for the system's.</summary>
    public string? TemporaryFolder { get; set; }

    /// <summary>The learner's notebook.</summary>
    public string Exercise { get; }

    public void Dispose() => Directory.Delete(Course.Root, recursive: true);

    /// <summary>A path in the course.</summary>
    public string At(string name) => Path.Combine(Course.Root, name);

    /// <summary>Writes a notebook in which the letter is answered; whoever reads sees the old file or the new one.</summary>
    public void Answer(string path, string code) => Answer(path, new Dictionary<string, string> { ["00.2"] = code });

    /// <summary>Writes a notebook with the answers to some exercises; whoever reads sees the old file or the new one.</summary>
    public void Answer(string path, IReadOnlyDictionary<string, string> codes) =>
        NotebookFile.Write(_exercises with { Cells = [.. _exercises.Cells.Select(cell => Answered(cell, codes))] }, path);

    private static Cell Answered(Cell cell, IReadOnlyDictionary<string, string> codes)
    {
        foreach ((string id, string code) in codes)
        {
            if (cell.Source.StartsWith($"// exercise {id}\n", StringComparison.Ordinal))
                return cell with { Source = $"// exercise {id}\n{code}" };
        }
        return cell;
    }

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = Course.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (TemporaryFolder is not null)
            start.Environment["TMPDIR"] = TemporaryFolder;
        return Process.Start(start)!;
    }

    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    private static bool IsKept(Cell cell, string exercises) =>
        !System.Text.RegularExpressions.Regex.IsMatch(
            cell.Source, $@"(Exercise|exercise|Solution|Alternative|Wrong)[ (""]+00\.[^{exercises}]");
}
