using System.Runtime.InteropServices;

namespace Course.Protocol.Child;

/// <summary>
/// The limits that this process sets itself before it runs any notebook code, by setrlimit(2). Its children inherit them, and none of
/// them can raise one again without the rights of root.
/// </summary>
public static class ResourceLimits
{
    private const int ChildSubreaper = 36;
    private const int Core = 4;

    // SIGXCPU comes at the limit and says why; SIGKILL comes to whoever ignores it.
    private const ulong ProcessorGrace = 2;

    /// <summary>
    /// Sets limits given as <c>name=number</c>. There are none but on Linux: elsewhere the numbers of the resources differ.
    /// </summary>
    /// <exception cref="ArgumentException">One is not a limit.</exception>
    /// <exception cref="InvalidOperationException">The system refuses one: what was promised to hold does not.</exception>
    public static void Set(IEnumerable<string> limits)
    {
        foreach (string limit in limits)
        {
            if (limit.Split('=') is not [var name, var number]
                || !Enum.TryParse(name, out ResourceLimit resource) || !ulong.TryParse(number, out ulong value))
            {
                throw new ArgumentException($"'{limit}' is not a limit");
            }

            if (OperatingSystem.IsLinux())
                Set(Number(resource), value, resource == ResourceLimit.ProcessorSeconds ? value + ProcessorGrace : value, name);
        }
        if (OperatingSystem.IsLinux())
            Set(Core, 0, 0, nameof(Core));
    }

    /// <summary>
    /// Makes this process the parent of every descendant whose own parent has ended (prctl(2), PR_SET_CHILD_SUBREAPER): as long as it
    /// lives, none of them gets out of its tree, in whatever session or group.
    /// </summary>
    public static void KeepDescendants()
    {
        if (OperatingSystem.IsLinux())
            _ = SetProcess(ChildSubreaper, 1, 0, 0, 0);
    }

    // The numbers of asm-generic/resource.h, which all of .NET's Linux architectures use.
    private static int Number(ResourceLimit resource) => resource switch
    {
        ResourceLimit.ProcessorSeconds => 0,
        ResourceLimit.FileBytes => 1,
        ResourceLimit.PrivateBytes => 2,
        ResourceLimit.Processes => 6,
        ResourceLimit.OpenFiles => 7,
        _ => throw new ArgumentOutOfRangeException(nameof(resource)),
    };

    private static void Set(int resource, ulong soft, ulong hard, string name)
    {
        // Who started the grader may have set a lower limit, which stays.
        if (GetLimit(resource, out Limit now) != 0)
            throw new InvalidOperationException($"the limit {name} could not be read: {Marshal.GetLastPInvokeErrorMessage()}");
        var limit = new Limit(Math.Min(soft, now.Hard), Math.Min(hard, now.Hard));
        if (SetLimit(resource, ref limit) != 0)
            throw new InvalidOperationException($"the limit {name} could not be set: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, out Limit limit);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, ref Limit limit);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetProcess(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    /// <summary>struct rlimit of a 64-bit system.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
