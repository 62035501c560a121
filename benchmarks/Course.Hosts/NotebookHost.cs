using System.ComponentModel;
using System.Diagnostics;

namespace Course.Hosts;

/// <summary>Another host, and the command line that executes a notebook in it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Version">Its version.</param>
/// <param name="CommandLine">The program and its arguments, with <c>{notebook}</c> and <c>{output}</c> in them.</param>
internal sealed record NotebookHost(string Name, string Version, string CommandLine)
{
    /// <summary>Executes a notebook in the folder that it lies in.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="output">Where the host writes what came of it.</param>
    /// <exception cref="InvalidOperationException">The host wrote nothing.</exception>
    public async Task ExecuteAsync(string notebook, string output)
    {
        string[] words = [.. CommandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Replace("{notebook}", notebook, StringComparison.Ordinal).Replace("{output}", output, StringComparison.Ordinal))];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = Path.GetDirectoryName(notebook)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> said = process.StandardOutput.ReadToEndAsync(), complained = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (!File.Exists(output))
                throw new InvalidOperationException($"{Name} ended with {process.ExitCode} and wrote no output:\n{await said}{await complained}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{Name} could not be started: {e.Message}", e);
        }
    }
}
