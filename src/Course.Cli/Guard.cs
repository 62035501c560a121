using System.Runtime.InteropServices;
using Course.Notebooks;

namespace Course.Cli;

/// <summary>Turns what stops a command into a message and an exit code.</summary>
internal static class Guard
{
    public static int Run(Func<int> command) => RunAsync(_ => Task.FromResult(command())).GetAwaiter().GetResult();

    /// <summary>Runs a command that Ctrl-C, or the end of the session, cancels.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        using var cancellation = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            return await command(cancellation.Token);
        }
        catch (Exception) when (IsInterrupted())
        {
            Terminal.Error("interrupted; every file is as it was or whole");
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (
            e is UsageException or NotebookFormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            Terminal.Error(e.Message);
            return ExitCode.Usage;
        }
        catch (Exception e)
        {
            Terminal.Error($"this should not have happened ({e.GetType().Name}: {e.Message}). Please report it");
            return ExitCode.Usage;
        }

        // The signal may have ended a child that was just starting, and the news of that may come before the signal itself.
        bool IsInterrupted() => cancellation.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));

        void Cancel(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancellation.Cancel();
        }
    }

    /// <summary>The course that the current folder lies in.</summary>
    public static CourseFolder Course() => FindCourse()
        ?? throw new UsageException("this folder lies in no course. Go to the folder that holds notebooks/ and exercises/");

    /// <summary>The course that the current folder lies in, else the one whose script started the command; or null.</summary>
    public static CourseFolder? FindCourse() => CourseFolder.Find(Environment.CurrentDirectory)
        ?? (Environment.GetEnvironmentVariable("COURSE_ROOT") is { Length: > 0 } root ? CourseFolder.Find(root) : null);

    /// <summary>A folder for results, made where it is missing, in which files can be written.</summary>
    public static string OutputFolder(string path)
    {
        try
        {
            string folder = Directory.CreateDirectory(path).FullName;
            string probe = Path.Combine(folder, $".{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"nothing can be written to the folder '{path}'. Name another with --out");
        }
    }

    /// <summary>The given files, each of which must exist.</summary>
    public static IReadOnlyList<string> Files(IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
                files.AddRange(CourseFolder.NotebooksIn(Path.GetFullPath(path)));
            else if (File.Exists(path))
                files.Add(Path.GetFullPath(path));
            else
                throw new UsageException($"there is no '{path}'{Names.NotebookQuestion(path)}");
        }
        return files;
    }
}

/// <summary>The command cannot be carried out as given.</summary>
internal sealed class UsageException(string message) : Exception(message);
