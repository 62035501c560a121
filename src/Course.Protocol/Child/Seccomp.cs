using System.Runtime.InteropServices;
using static Course.Protocol.Child.SeccompFilter;

namespace Course.Protocol.Child;

/// <summary>
/// The filter of system calls that this process sets itself before it runs any notebook code, by seccomp(2). It holds for all threads
/// and for every process that they start, and nobody can take it off again.
/// </summary>
public static class Seccomp
{
    /// <summary>The argument that asks for the filter.</summary>
    public const string Word = "filtered";

    private const int NoNewPrivileges = 38;
    private const nint SetModeFilter = 1;
    private const nint AllThreads = 1;

    private static nint SeccompNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 317 : 277;

    /// <summary>Sets the filter for all threads of this process, those of the runtime among them.</summary>
    /// <exception cref="InvalidOperationException">The system does not take it: what was promised to hold does not.</exception>
    public static void Install()
    {
        if (!OperatingSystem.IsLinux() || For(RuntimeInformation.ProcessArchitecture) is not { } filter)
            throw new InvalidOperationException($"there is no filter of system calls for {RuntimeInformation.RuntimeIdentifier}");
        if (SetProcess(NoNewPrivileges, 1, 0, 0, 0) != 0)
            throw new InvalidOperationException($"new privileges could not be ruled out: {Marshal.GetLastPInvokeErrorMessage()}");
        GCHandle instructions = GCHandle.Alloc(filter.ToArray(), GCHandleType.Pinned);
        try
        {
            var program = new FilterProgram((ushort)filter.Count, instructions.AddrOfPinnedObject());
            nint result = Set(SeccompNumber, SetModeFilter, AllThreads, ref program);
            if (result != 0)
            {
                string why = result > 0 ? $"thread {result} has another one" : Marshal.GetLastPInvokeErrorMessage();
                throw new InvalidOperationException($"the filter of system calls could not be set: {why}");
            }
        }
        finally
        {
            instructions.Free();
        }
    }

    /// <summary>
    /// Makes the calls that the filter refuses, with arguments with which they would do nothing, and says of each whether it fails as the
    /// filter makes it fail.
    /// </summary>
    public static IEnumerable<(string Name, bool Refused)> Try()
    {
        // The kernel itself takes these two for clone not together.
        const nint NewUserAndSharedFolder = 0x10000000 | 0x200;
        const nint Netlink = 16;
        const nint Vsock = 40;
        foreach (SystemCall call in Refused.Where(call => NumberOf(call) is not null))
            yield return (call.Name, Fails(call, -1, NotPermitted));
        yield return (Clone.Name, Fails(Clone, NewUserAndSharedFolder, NotPermitted));
        yield return (Clone3.Name, Fails(Clone3, 0, NotImplemented));
        yield return ("AF_NETLINK", Fails(Socket, Netlink, FamilyNotSupported));
        yield return ("AF_VSOCK", Fails(Socket, Vsock, FamilyNotSupported));
    }

    private static bool Fails(SystemCall call, nint argument, uint answer) =>
        Make((nint)NumberOf(call)!, argument, -1, -1, -1, -1, -1) == -1 && Marshal.GetLastPInvokeError() == (ushort)answer;

    private static uint? NumberOf(SystemCall call) => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? call.X64 : call.Arm64;

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetProcess(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Set(nint number, nint operation, nint flags, ref FilterProgram program);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Make(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    /// <summary>struct sock_fprog.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FilterProgram(ushort Length, nint Instructions);
}
