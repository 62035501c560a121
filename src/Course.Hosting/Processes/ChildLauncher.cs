using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Course.Hosting;

/// <summary>What a process does.</summary>
internal enum ChildProgram
{
    /// <summary>It compiles cells.</summary>
    Compiler,

    /// <summary>It runs compiled cells.</summary>
    Runner,
}

/// <summary>What a program is called.</summary>
internal static class ChildProgramNames
{
    /// <summary>Its name for people, and that of its folder: <c>compiler</c>, <c>runner</c>.</summary>
    public static string Name(this ChildProgram program) => $"{program}".ToLowerInvariant();
}

/// <summary>Starts compilers and runners.</summary>
internal static class ChildLauncher
{
    private static readonly string[] KeptVariables = ["SystemRoot", "TMPDIR", "TEMP", "TMP"];
    private static readonly string[] TemporaryFolderVariables = ["TMPDIR", "TEMP", "TMP"];

    /// <summary>The folder in which the folders of the programs lie.</summary>
    public static string Folder { get; } = AppContext.BaseDirectory;

    /// <summary>The folders of the programs.</summary>
    public static IEnumerable<string> Folders => Enum.GetValues<ChildProgram>().Select(p => Path.GetDirectoryName(Assembly(Folder, p))!);

    /// <summary>The runner's assembly.</summary>
    public static string Runner(string folder) => Assembly(folder, ChildProgram.Runner);

    private static string Assembly(string folder, ChildProgram program) =>
        Path.Combine(folder, program.Name(), $"Course.{program}.dll");

    private static string Framework => Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    // The argument that asks a process for its filter of system calls.
    private const string Filtered = "filtered";

    /// <summary>The runner as a program that sets itself the filter of system calls, and says of each call what came of it.</summary>
    public static IEnumerable<string> CallTrial() => [DotNet(), Runner(Folder), Filtered];

    /// <summary>Starts a child that connects to a pipe.</summary>
    /// <exception cref="ChildStartException">It could not be started.</exception>
    public static Process Start(ChildProgram program, string pipe, ChildOptions options, ChildFolder? folder)
    {
        string assembly = Assembly(options.ProgramFolder, program);
        if (!File.Exists(assembly))
            throw new ChildStartException(program, $"is missing: '{assembly}'. Build the course again: dotnet build");
        IEnumerable<string> arguments = program == ChildProgram.Compiler ? [Runner(options.ProgramFolder)] : [];
        IEnumerable<string> limits = options.Limits.Select(
            limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Key}={limit.Value}"));
        ProcessStartInfo start = options.Isolation is { } isolation && folder is not null
            ? isolation.Start(folder, Runtime(), [DotNet(), assembly, Isolation.Pipe, .. arguments, .. limits, Filtered])
            : new ProcessStartInfo(DotNet(), [assembly, pipe, .. arguments, .. limits]) { WorkingDirectory = options.WorkingDirectory };
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        SetEnvironment(start, options);
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new ChildStartException(program, $"could not be started in '{options.WorkingDirectory}': {e.Message}", e);
        }
    }

    private static void SetEnvironment(ProcessStartInfo start, ChildOptions options)
    {
        if (options.Isolation is not null)
        {
            start.Environment.Clear();
        }
        else if (!options.InheritEnvironment)
        {
            foreach (string name in start.Environment.Keys.Where(name => !IsKept(name)).ToList())
                start.Environment.Remove(name);
            foreach (string name in TemporaryFolderVariables)
                start.Environment[name] = options.WorkingDirectory;
        }
        start.Environment["DOTNET_GCHeapHardLimit"] = options.HeapLimit.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";

        // Mapping code twice, to write it here and to execute it there, would cost a tenth of a short life.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
    }

    private static bool IsKept(string variable) => KeptVariables.Contains(variable, StringComparer.OrdinalIgnoreCase);

    /// <summary>The dotnet program that belongs to the running framework.</summary>
    private static string DotNet()
    {
        string dotnet = Path.GetFullPath(Path.Combine(Framework, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(dotnet) ? dotnet : "dotnet";
    }

    /// <summary>What of an installation of .NET a program needs to run. Tools that are installed beside it are no part of that.</summary>
    public static IEnumerable<string> Runtime() =>
        [DotNet(), Path.GetFullPath(Path.Combine(Framework, "..", "..", "..", "host")), Framework];
}
