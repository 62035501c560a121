using System.Runtime.InteropServices;
using static Course.Protocol.Child.SeccompFilter;

namespace Course.Hosting.Tests;

/// <summary>The filter of system calls, run as the kernel runs it, for both architectures.</summary>
public sealed class SeccompFilterTests
{
    private const ulong UpperHalf = 1UL << 32;

    /// <summary>By the kernel's own tables: arch/x86/entry/syscalls/syscall_64.tbl and scripts/syscall.tbl.</summary>
    [Theory]
    [InlineData(425, 425)] // io_uring_setup
    [InlineData(426, 426)] // io_uring_enter
    [InlineData(427, 427)] // io_uring_register
    [InlineData(321, 280)] // bpf
    [InlineData(323, 282)] // userfaultfd
    [InlineData(250, 219)] // keyctl
    [InlineData(101, 117)] // ptrace
    [InlineData(310, 270)] // process_vm_readv
    [InlineData(298, 241)] // perf_event_open
    [InlineData(272, 97)] // unshare
    [InlineData(308, 268)] // setns
    [InlineData(165, 40)] // mount
    [InlineData(319, 279)] // memfd_create
    public void Some_calls_are_refused_whatever_their_arguments(uint x64, uint arm64)
    {
        foreach (ulong argument in new ulong[] { 0, 1, ulong.MaxValue })
        {
            Assert.Equal(NotPermitted, Answer(Architecture.X64, X64, x64, argument));
            Assert.Equal(NotPermitted, Answer(Architecture.Arm64, Arm64, arm64, argument));
        }
    }

    [Theory]
    [InlineData(0, 63)] // read
    [InlineData(9, 222)] // mmap
    [InlineData(59, 221)] // execve
    [InlineData(202, 98)] // futex
    [InlineData(231, 94)] // exit_group
    public void What_programs_live_by_is_allowed(uint x64, uint arm64)
    {
        Assert.Equal(Allow, Answer(Architecture.X64, X64, x64, 0x21));
        Assert.Equal(Allow, Answer(Architecture.Arm64, Arm64, arm64, 0x21));
    }

    /// <summary>A number means another call there: 101 is ptrace of x64 and nanosleep of arm64.</summary>
    [Theory]
    [InlineData(0x40000003u)] // AUDIT_ARCH_I386
    [InlineData(0x40000028u)] // AUDIT_ARCH_ARM
    [InlineData(0u)]
    public void A_call_of_another_architecture_ends_the_process(uint other)
    {
        Assert.Equal(EndProcess, Answer(Architecture.X64, other, 0, 0));
        Assert.Equal(EndProcess, Answer(Architecture.Arm64, other, 63, 0));
        Assert.Equal(EndProcess, Answer(Architecture.X64, Arm64, 63, 0));
        Assert.Equal(EndProcess, Answer(Architecture.Arm64, X64, 0, 0));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(425u)]
    [InlineData(0x3fffffffu)]
    public void There_are_no_calls_of_x32(uint number) => Assert.Equal(NotImplemented, Answer(Architecture.X64, X64, X32Bit | number, 0));

    [Theory]
    [InlineData(0x00010000ul, false)] // CLONE_THREAD
    [InlineData(0x003d0f00ul, false)] // those of a thread of the C library
    [InlineData(0x10000000ul, true)] // CLONE_NEWUSER
    [InlineData(0x00020000ul, true)] // CLONE_NEWNS
    [InlineData(0x40000011ul, true)] // CLONE_NEWNET
    [InlineData(0x10000000ul | UpperHalf, true)]
    public void A_clone_makes_no_namespace(ulong flags, bool refused)
    {
        foreach ((Architecture architecture, uint audited, uint number) in Both(Clone))
            Assert.Equal(refused ? NotPermitted : Allow, Answer(architecture, audited, number, flags));
    }

    [Fact]
    public void Clone3_is_said_not_to_exist_so_that_clone_is_called_instead()
    {
        foreach ((Architecture architecture, uint audited, uint number) in Both(Clone3))
            Assert.Equal(NotImplemented, Answer(architecture, audited, number, 0));
    }

    /// <summary>The kernel reads the lower half of the argument alone, and so does the filter.</summary>
    [Theory]
    [InlineData(1ul, true)] // AF_UNIX
    [InlineData(2ul, true)] // AF_INET
    [InlineData(10ul, true)] // AF_INET6
    [InlineData(16ul, false)] // AF_NETLINK
    [InlineData(17ul, false)] // AF_PACKET
    [InlineData(38ul, false)] // AF_ALG
    [InlineData(40ul, false)] // AF_VSOCK
    [InlineData(40ul | UpperHalf, false)]
    [InlineData(2ul | UpperHalf, true)]
    [InlineData(ulong.MaxValue, false)]
    public void Sockets_are_of_three_families(ulong family, bool allowed)
    {
        foreach ((Architecture architecture, uint audited, uint number) in Both(Socket).Concat(Both(SocketPair)))
            Assert.Equal(allowed ? Allow : FamilyNotSupported, Answer(architecture, audited, number, family));
    }

    [Theory]
    [InlineData(Architecture.X86)]
    [InlineData(Architecture.Arm)]
    [InlineData(Architecture.S390x)]
    public void There_is_none_for_another_architecture(Architecture other) => Assert.Null(For(other));

    private static IEnumerable<(Architecture, uint, uint)> Both(SystemCall call) =>
        [(Architecture.X64, X64, call.X64!.Value), (Architecture.Arm64, Arm64, call.Arm64!.Value)];

    /// <summary>Runs the filter on a call: the instructions that it uses, as bpf(4) of 4.4BSD defines them.</summary>
    private static uint Answer(Architecture architecture, uint audited, uint number, ulong argument)
    {
        uint[] data = [number, audited, 0, 0, (uint)argument, (uint)(argument >> 32)];
        Instruction[] program = [.. For(architecture)!];
        uint accumulator = 0;
        for (int at = 0; ; at++)
        {
            Instruction now = program[at];
            switch (now.Code)
            {
                case 0x20:
                    accumulator = data[now.Value / sizeof(uint)];
                    break;
                case 0x15:
                    at += accumulator == now.Value ? now.IfTrue : now.IfFalse;
                    break;
                case 0x35:
                    at += accumulator >= now.Value ? now.IfTrue : now.IfFalse;
                    break;
                case 0x45:
                    at += (accumulator & now.Value) != 0 ? now.IfTrue : now.IfFalse;
                    break;
                case 0x06:
                    return now.Value;
                default:
                    throw new InvalidOperationException($"instruction {at} is none of the five: {now}");
            }
        }
    }
}
