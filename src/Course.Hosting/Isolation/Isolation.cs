using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Course.Hosting;

/// <summary>
/// Children in namespaces of their own (Linux, namespaces(7)), by unshare, setpriv, mount and pivot_root of util-linux: no network, no
/// process but its own, no file but the system's programs, the runtime, the child's program and what is shown to it, all of it read-only,
/// and an empty /tmp of bounded size. A child has no capabilities, and where this process is root, it is another user. It sets itself a
/// filter of system calls. Where this process may make control groups, each child is in one.
/// </summary>
public sealed class Isolation
{
    /// <summary>The socket on which the child talks, in its root.</summary>
    internal const string Pipe = "/run/pipe";

    /// <summary>The folder in which notebook code finds itself, in its root.</summary>
    internal const string WorkingDirectory = "/tmp";

    private const int TemporaryBytes = 64 << 20;
    private const int TemporaryFiles = 1000;
    private const long ProbeBytes = 512 << 20;
    private const long ProbeProcesses = 64;

    // The user that owns nothing, by convention since 4.2BSD: `nobody`.
    private const string Nobody = "65534";
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(60);

    private readonly IReadOnlyList<string> _hidden;
    private readonly IReadOnlyList<string> _shown;

    private Isolation(IReadOnlyList<string> hidden, IReadOnlyList<string> shown, ControlGroups groups) =>
        (_hidden, _shown, Groups) = (hidden, shown, groups);

    /// <summary>What was seen to hold inside, in sentences for whoever grades.</summary>
    public IReadOnlyList<string> Enforced { get; private init; } = [];

    /// <summary>The control groups of children.</summary>
    internal ControlGroups Groups { get; }

    private static string Script => Path.Combine(ChildLauncher.Folder, "runner", "isolate.sh");

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>Isolates a trial program, and asks it what it sees.</summary>
    /// <param name="hidden">Folders that children must not see, wherever they lie.</param>
    /// <param name="shown">Folders that children see, read-only.</param>
    /// <param name="cancellation">Stops the trial.</param>
    /// <exception cref="IsolationException">The system does not allow it, or something is not as it should be inside.</exception>
    public static async Task<Isolation> EnforceAsync(
        IReadOnlyList<string> hidden, IReadOnlyList<string> shown, CancellationToken cancellation = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new IsolationException("only Linux has the namespaces that it needs");
        ControlGroups groups = ControlGroups.Own();
        var isolation = new Isolation(
            Folders([.. hidden, AppContext.BaseDirectory]), Folders([.. shown, .. ChildLauncher.Folders]), groups);
        using var folder = new ChildFolder { Group = groups.New(ProbeBytes, ProbeProcesses) };
        ILookup<string, string> seen = await isolation.TryAsync(
            folder, [], ["/bin/sh", "-c", Probe, "probe", .. isolation._hidden], cancellation).ConfigureAwait(false);
        ILookup<string, string> calls = await isolation.TryAsync(
            folder, ChildLauncher.Runtime(), ChildLauncher.CallTrial(), cancellation).ConfigureAwait(false);
        return new Isolation(isolation._hidden, isolation._shown, groups) { Enforced = [.. isolation.Judge(seen, calls, folder.Group)] };
    }

    /// <summary>How a program is started in isolation.</summary>
    /// <param name="folder">Holds the socket on which it talks, an empty folder, which becomes its root, and its control group.</param>
    /// <param name="shown">Files and folders that it sees, further to the isolation's own.</param>
    /// <param name="program">The program and its arguments.</param>
    internal ProcessStartInfo Start(ChildFolder folder, IEnumerable<string> shown, IEnumerable<string> program)
    {
        // Root needs no user namespace to mount, and becomes nobody in one before the program starts.
        string[] user = IsRoot ? [] : ["--user", "--map-root-user"];
        string[] join = folder.Group is { } group ? ["/bin/sh", Script, "join", group.Members] : [];
        string bytes = TemporaryBytes.ToString(CultureInfo.InvariantCulture);
        string files = TemporaryFiles.ToString(CultureInfo.InvariantCulture);
        string[] command =
        [
            .. join, "unshare", .. user, "--mount", "--pid", "--fork", "--kill-child", "--net", "--ipc", "--uts", "--",
            "/bin/sh", Script, "enter", folder.Root, folder.Pipe, bytes, files, IsRoot ? Nobody : "-",
            .. _hidden, "--", .. _shown, .. shown, "--", .. program,
        ];
        return new ProcessStartInfo(command[0], command[1..]);
    }

    private static IReadOnlyList<string> Folders(IEnumerable<string> paths) =>
        [.. paths.Select(path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)))];

    /// <summary>The lines NAME=VALUE that a trial program writes inside.</summary>
    private async Task<ILookup<string, string>> TryAsync(
        ChildFolder folder, IEnumerable<string> shown, IEnumerable<string> program, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(folder.Pipe, "", cancellation).ConfigureAwait(false);
        ProcessStartInfo start = Start(folder, shown, program);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment.Clear();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ProbeLimit);
        try
        {
            using Process process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
                Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
                string said = (await error.ConfigureAwait(false)).Trim().ReplaceLineEndings("; ");
                if (process.ExitCode != 0)
                    throw new IsolationException(said.Length > 0 ? $"{said}{Remedy(said)}" : $"a trial ended with {process.ExitCode}");
                string[] lines = (await output.ConfigureAwait(false)).Split('\n');
                return lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                throw new IsolationException($"a trial took more than {ProbeLimit.TotalSeconds} seconds");
            }
        }
        catch (Win32Exception e)
        {
            throw new IsolationException($"unshare of util-linux could not be started: {e.Message}", e);
        }
    }

    /// <summary>
    /// Says what it sees. It runs with the programs of the system, which are the only ones inside. A file comes more than once where a
    /// hidden folder lies in another, as this program does in a clone of the course.
    /// </summary>
    private const string Probe = """
        PATH=/usr/sbin:/usr/bin:/sbin:/bin
        while read -r name value rest; do
          case $name in CapEff: | CapBnd: | NoNewPrivs:) echo "$name=$value" ;; esac
        done < /proc/self/status
        read -r inside outside count < /proc/self/uid_map
        echo "outside=$outside"
        for name in user pid net mnt ipc; do echo "$name=$(readlink /proc/self/ns/$name)"; done
        echo "interfaces=$(sed 1,2d /proc/net/dev | cut -d: -f1 | tr -d ' \n')"
        echo "processes=$(ls /proc | grep -c '^[0-9]')"
        find "$@" -type f -exec printf 'file=%s\n' {} + 2> /dev/null
        while read -r source target type options rest; do
          case ,$options, in *,ro,*) ;; *) echo "writable=$target" ;; esac
        done < /proc/self/mounts
        for folder in / /usr /dev /run /proc/sys/kernel; do
          (: > "$folder/written") 2> /dev/null && echo "writable=$folder"
        done
        while IFS=: read -r hierarchy controllers group; do
          [ "$hierarchy" != 0 ] || echo "group=$group"
        done < /proc/self/cgroup
        unshare --user true 2> /dev/null && echo nested=yes
        exit 0
        """;

    /// <summary>What holds, in sentences; the first that does not is the end of it.</summary>
    private IEnumerable<string> Judge(ILookup<string, string> seen, ILookup<string, string> calls, ControlGroup? group)
    {
        string Seen(string name) => seen[name].FirstOrDefault("");
        void Require(bool holds, string what)
        {
            if (!holds)
                throw new IsolationException($"inside, {what}");
        }

        (string, string)[] namespaces = [("user", "user"), ("pid", "process"), ("net", "network"), ("mnt", "mount"), ("ipc", "IPC")];
        foreach ((string name, string words) in namespaces)
        {
            string own = new FileInfo($"/proc/self/ns/{name}").LinkTarget ?? "";
            Require(own.Length > 0 && Seen(name).Length > 0 && Seen(name) != own, $"the {words} namespace is this one");
        }
        Require(
            Seen("CapEff:").Trim('0').Length == 0 && Seen("CapEff:").Length > 0 && Seen("CapBnd:").Trim('0').Length == 0,
            "capabilities are left");
        Require(Seen("NoNewPrivs:") == "1", "rights can be gained");
        Require(Seen("interfaces") is "lo" or "", $"there are network interfaces: {Seen("interfaces")}");
        string[] writable = [.. seen["writable"].Except([WorkingDirectory])];
        Require(writable.Length == 0, $"{string.Join(", ", writable)} can be written");
        Require(Seen("nested").Length == 0, "user namespaces can be made");
        int refused = calls["refused"].Count();
        Require(
            refused > 0 && !calls["allowed"].Any(),
            $"system calls are let through: {string.Join(", ", calls["allowed"].DefaultIfEmpty("all"))}");
        Require(group is null || Seen("group").EndsWith($"/{group.Name}", StringComparison.Ordinal), "the control group is another");
        foreach (string file in seen["file"].Where(file => !_shown.Any(shown => file.StartsWith(shown + '/', StringComparison.Ordinal))))
            Require(false, $"'{file}' is to be seen");

        yield return $"user namespace: user {Seen("outside")} outside, no capabilities, none to be gained, no further user namespaces";
        yield return "process namespace: it sees its own processes only, and they end with it, cut loose or not";
        yield return "network namespace: no interface but a loopback of its own, which is down";
        yield return "mount namespace: the system's programs, the runtime, the compiler, the runner and the course's libraries, read-only; "
            + $"not the course, the checks or the solutions; an empty /tmp of {TemporaryBytes >> 20} MB and {TemporaryFiles} files";
        yield return $"system calls: {refused} refused, "
            + "io_uring, bpf, userfaultfd, keyctl, ptrace, namespaces, mounts, AF_NETLINK and AF_VSOCK among them";
        yield return group is not null
            ? "control group: all memory of the processes of one runner or compiler together, "
                + "shared and the kernel's own among it, and their number"
            : $"control group: none here ({Groups.Missing}), "
                + "so that a look five times a second counts memory, and nothing counts what the kernel holds for a runner or a compiler";
        yield return "no environment variable of this process";
    }

    private static string Remedy(string said) =>
        IsRoot && said.Contains("Permission denied", StringComparison.Ordinal) && said.Contains(Script, StringComparison.Ordinal)
            ? $". Answers run as user {Nobody}, who may not read what root keeps to itself: chmod -R go+rX '{AppContext.BaseDirectory}'"
        : !said.Contains("unshare", StringComparison.Ordinal) ? ""
        : File.Exists("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
            ? ". This system lets AppArmor restrict user namespaces: "
                + "run as root, allow them (sysctl kernel.apparmor_restrict_unprivileged_userns=0), or use the container"
        : IsRoot ? ". This system denies namespaces even to root, as most containers do: use the container's own isolation instead"
        : ". This system denies user namespaces to its users (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone): "
            + "run as root, allow them, or use the container";
}

/// <summary>Compilers and runners cannot be isolated here.</summary>
/// <param name="reason">Why not.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class IsolationException(string reason, Exception? inner = null)
    : InvalidOperationException($"answers cannot be isolated here, so nothing was graded: {reason}", inner);
