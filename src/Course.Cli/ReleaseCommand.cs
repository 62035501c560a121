using System.CommandLine;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary><c>course release</c>: writes the exercises from their solutions, or all that students get.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var output = new Option<string?>("--out")
        {
            Description = "Write what students get to a new folder: the course with compiled checks, without solutions and tests.",
            HelpName = "DIR",
        };
        var command = new Command(
            "release",
            "For authors: write the exercise notebooks from the notebooks in solutions/; with --out, the whole course for students.")
        {
            output,
        };
        command.SetAction(parsed => Guard.Run(() => Run(parsed.GetValue(output))));
        return command;
    }

    private static int Run(string? output)
    {
        CourseFolder course = Guard.Course();
        IReadOnlyList<string> solutions = CourseFolder.NotebooksIn(course.Solutions);
        if (solutions.Count == 0)
            throw new UsageException($"there are no solutions in '{CourseFolder.Shown(course.Solutions)}'");
        if (output is not null)
        {
            new StudentRelease(course).Write(output);
            string folder = CourseFolder.Shown(Path.GetFullPath(output));
            Console.WriteLine($"{folder}/: the course as students get it. Try it: dotnet build there, then open an exercise.");
            return ExitCode.Ok;
        }
        (string, Notebook)[] released = [.. solutions.Select(path => (path, Releasing.Release(ExerciseSheet.Read(path))))];
        foreach ((string path, Notebook exercises) in released)
        {
            string target = Path.Combine(course.Exercises, Path.GetFileName(path));
            NotebookFile.Write(exercises, target);
            Console.WriteLine(CourseFolder.Shown(target));
        }
        return ExitCode.Ok;
    }
}
