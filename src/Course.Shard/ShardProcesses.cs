using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using RelativeEntropy;

namespace Course.Shard;

/// <summary>One process for each shard.</summary>
/// <remarks>The assembly that a notebook has loaded is the program, too, so nothing has to be looked for.</remarks>
public static class ShardProcesses
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Sums shards, each in a process of its own, all at once. Each writes its state to a file beside its shard, which is read
    /// and deleted.</summary>
    /// <param name="shards">The files.</param>
    /// <returns>A state for each shard, in their order.</returns>
    /// <exception cref="ShardException">A process could not be started here, failed, or took longer than five minutes; the message says
    /// why.</exception>
    public static KullbackLeiblerAccumulator[] Sum(params string[] shards) =>
        Sum(Dotnet, typeof(ShardProcesses).Assembly.Location, shards);

    internal static KullbackLeiblerAccumulator[] Sum(string dotnet, string program, string[] shards)
    {
        if (program.Length == 0)
            throw new ShardException("this host has loaded Course.Shard from memory, so there is no file of the program");
        var processes = new List<Process>();
        try
        {
            foreach (string shard in shards)
                processes.Add(Start(dotnet, program, shard));
            return [.. processes.Zip(shards, Finish)];
        }
        finally
        {
            foreach (Process process in processes)
                End(process);
            foreach (string state in shards.Select(StateOf).Where(File.Exists))
                File.Delete(state);
        }
    }

    // The one that runs this process, where it is a shared one; else the one that PATH names.
    private static string Dotnet
    {
        get
        {
            string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
            string muxer = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
            return File.Exists(muxer) ? muxer : "dotnet";
        }
    }

    private static string StateOf(string shard) => shard + ".sum";

    private static Process Start(string dotnet, string program, string shard)
    {
        var start = new ProcessStartInfo(dotnet, [program, shard, StateOf(shard)]) { RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception e) when (e is Win32Exception or IOException or PlatformNotSupportedException)
        {
            throw new ShardException($"{dotnet} does not start: {e.Message}", e);
        }
    }

    private static KullbackLeiblerAccumulator Finish(Process process, string shard)
    {
        Task<string> said = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
            throw new ShardException($"the process for {Path.GetFileName(shard)} has not ended within five minutes");
        if (process.ExitCode != 0)
        {
            throw new ShardException(FormattableString.Invariant(
                $"the process for {Path.GetFileName(shard)} ended with {process.ExitCode}: {said.Result.Trim()}"));
        }

        return KullbackLeiblerAccumulator.FromBytes(File.ReadAllBytes(StateOf(shard)));
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
