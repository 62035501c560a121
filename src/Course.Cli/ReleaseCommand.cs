using System.CommandLine;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli;

/// <summary><c>course release</c>: writes the exercises from their solutions.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var output = new Option<string?>("--out") { Description = "Where to write them: the course's exercises/ by default.", HelpName = "DIR" };
        var command = new Command("release", "For authors: write the exercise notebooks from the notebooks in solutions/.") { output };
        command.SetAction(parsed => Guard.Run(() => Run(parsed.GetValue(output))));
        return command;
    }

    private static int Run(string? output)
    {
        CourseFolder course = Guard.Course();
        IReadOnlyList<string> solutions = CourseFolder.NotebooksIn(course.Solutions);
        if (solutions.Count == 0)
            throw new UsageException($"there are no solutions in '{CourseFolder.Shown(course.Solutions)}'");
        foreach ((string path, Notebook exercises) in solutions.Select(path => (path, Releasing.Release(ExerciseSheet.Read(path)))).ToList())
        {
            string target = Path.Combine(Path.GetFullPath(output ?? course.Exercises), Path.GetFileName(path));
            NotebookFile.Write(exercises, target);
            Console.WriteLine(CourseFolder.Shown(target));
        }
        return ExitCode.Ok;
    }
}
