using System.Runtime.InteropServices;

namespace Course.Protocol.Child;

/// <summary>
/// A program of the kernel's packet filter (bpf of 4.4BSD; seccomp(2)) that answers each system call of a process by its number and its
/// arguments. It refuses what no answer to an exercise needs and what has often been a way into the kernel, or out of a limit.
/// </summary>
internal sealed class SeccompFilter
{
    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);

    /// <summary>A system call by its number, where the architecture has it.</summary>
    internal readonly record struct SystemCall(string Name, uint? X64, uint? Arm64);

    // SECCOMP_RET_*: what becomes of a call. The lower half of an error is its errno.
    internal const uint Allow = 0x7fff0000;
    internal const uint EndProcess = 0x80000000;
    internal const uint NotPermitted = Error | 1;
    internal const uint NotImplemented = Error | 38;
    internal const uint FamilyNotSupported = Error | 97;
    private const uint Error = 0x00050000;

    // AUDIT_ARCH_*, and the bit that marks the calls of x32, which an x64 kernel may have beside its own.
    internal const uint X64 = 0xc000003e;
    internal const uint Arm64 = 0xc00000b7;
    internal const uint X32Bit = 0x40000000;

    // Offsets in struct seccomp_data. Both architectures put the lower half of an argument first.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint Arguments = 16;
    private const uint ArgumentBytes = 8;

    private const ushort LoadWord = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort IfAnyBit = 0x45;
    private const ushort Return = 0x06;

    /// <summary>Calls that are refused whatever their arguments (EPERM).</summary>
    internal static IReadOnlyList<SystemCall> Refused { get; } =
    [
        // Large parts of the kernel that programs reach directly.
        new("io_uring_setup", 425, 425), new("io_uring_enter", 426, 426), new("io_uring_register", 427, 427),
        new("bpf", 321, 280), new("userfaultfd", 323, 282), new("perf_event_open", 298, 241), new("fanotify_init", 300, 262),
        new("add_key", 248, 217), new("request_key", 249, 218), new("keyctl", 250, 219),

        // Other processes.
        new("ptrace", 101, 117), new("process_vm_readv", 310, 270), new("process_vm_writev", 311, 271),
        new("process_madvise", 440, 440), new("kcmp", 312, 272), new("pidfd_getfd", 438, 438),

        // Namespaces and what is mounted.
        new("unshare", 272, 97), new("setns", 308, 268),
        new("mount", 165, 40), new("umount2", 166, 39), new("pivot_root", 155, 41), new("chroot", 161, 51),
        new("open_tree", 428, 428), new("move_mount", 429, 429), new("fsopen", 430, 430), new("fsconfig", 431, 431),
        new("fsmount", 432, 432), new("fspick", 433, 433), new("mount_setattr", 442, 442), new("open_by_handle_at", 304, 265),

        // Memory that is mapped nowhere, and programs in it, which no mount keeps from being executed. The runtime needs neither here: it
        // maps its code once. Shared memory without a file (mmap) it does need, for the assemblies that it loads.
        new("memfd_create", 319, 279), new("memfd_secret", 447, 447),
        new("shmget", 29, 194), new("msgget", 68, 186), new("semget", 64, 190),

        // The machine.
        new("kexec_load", 246, 104), new("kexec_file_load", 320, 294),
        new("init_module", 175, 105), new("finit_module", 313, 273), new("delete_module", 176, 106),
        new("reboot", 169, 142), new("swapon", 167, 224), new("swapoff", 168, 225), new("acct", 163, 89), new("syslog", 103, 116),
        new("quotactl", 179, 60), new("quotactl_fd", 443, 443),
        new("iopl", 172, null), new("ioperm", 173, null), new("modify_ldt", 154, null),
    ];

    internal static readonly SystemCall Clone = new("clone", 56, 220);
    internal static readonly SystemCall Clone3 = new("clone3", 435, 435);
    internal static readonly SystemCall Socket = new("socket", 41, 198);
    internal static readonly SystemCall SocketPair = new("socketpair", 53, 199);

    // CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET of sched.h.
    private const uint AnyNewNamespace = 0x7e020000;

    // AF_UNIX, AF_INET and AF_INET6: what .NET's sockets are for.
    private static readonly uint[] SocketFamilies = [1, 2, 10];

    private readonly List<Instruction> _program = [];
    private readonly bool _isX64;

    private SeccompFilter(bool isX64) => _isX64 = isX64;

    /// <summary>The filter of an architecture of .NET, or null where there is none.</summary>
    public static IReadOnlyList<Instruction>? For(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => new SeccompFilter(isX64: true).Assemble(),
        System.Runtime.InteropServices.Architecture.Arm64 => new SeccompFilter(isX64: false).Assemble(),
        _ => null,
    };

    private List<Instruction> Assemble()
    {
        // Numbers mean something in one architecture only: a program of another one, which the kernel may run, too, is ended.
        Load(Architecture);
        Unless(IfEqual, _isX64 ? X64 : Arm64, EndProcess);
        Load(Number);
        if (_isX64)
            When(IfAtLeast, X32Bit, NotImplemented);
        foreach (SystemCall call in Refused)
        {
            if (NumberOf(call) is { } number)
                When(IfEqual, number, NotPermitted);
        }

        // clone3 has its flags in memory, where no filter sees them. The C library makes do with clone where the kernel lacks clone3.
        When(IfEqual, NumberOf(Clone3)!.Value, NotImplemented);
        ByArgument(Clone, 0, () => When(IfAnyBit, AnyNewNamespace, NotPermitted), Allow);
        foreach (SystemCall call in new[] { Socket, SocketPair })
            ByArgument(call, 0, () => Array.ForEach(SocketFamilies, family => When(IfEqual, family, Allow)), FamilyNotSupported);
        Add(Return, Allow);
        return _program;
    }

    private uint? NumberOf(SystemCall call) => _isX64 ? call.X64 : call.Arm64;

    private void Load(uint offset) => Add(LoadWord, offset);

    private void When(ushort condition, uint value, uint answer)
    {
        Add(condition, value, ifTrue: 0, ifFalse: 1);
        Add(Return, answer);
    }

    private void Unless(ushort condition, uint value, uint answer)
    {
        Add(condition, value, ifTrue: 1, ifFalse: 0);
        Add(Return, answer);
    }

    /// <summary>Answers a call by the lower half of an argument: as the rules say, and where none does, as given.</summary>
    private void ByArgument(SystemCall call, uint argument, Action rules, uint otherwise)
    {
        int test = _program.Count;
        Add(IfEqual, NumberOf(call)!.Value);
        Load(Arguments + (argument * ArgumentBytes));
        rules();
        Add(Return, otherwise);
        _program[test] = _program[test] with { IfFalse = checked((byte)(_program.Count - test - 1)) };
    }

    private void Add(ushort code, uint value, byte ifTrue = 0, byte ifFalse = 0) =>
        _program.Add(new Instruction(code, ifTrue, ifFalse, value));
}
