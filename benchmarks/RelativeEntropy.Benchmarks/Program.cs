using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using RelativeEntropy.Benchmarks;

// The public functions beside a scalar loop of the same formula, in one run. An argument is a part of the names to run.
int[] lengths = [1_000, 100_000, 10_000_000];
Console.WriteLine($"{RuntimeInformation.OSDescription}, .NET {Environment.Version}, {Environment.ProcessorCount} processors; {InstructionSets()}");
Console.WriteLine("ns of processor time per element, medians of interleaved runs: the function / the scalar loop = their ratio; above 1 the function is slower.");
Console.WriteLine($"{"",-44}{string.Concat(lengths.Select(n => $"{n,26:N0}"))}");
foreach (Race race in Races.All.Where(race => args.Length == 0 || args.Any(part => race.Name.Contains(part, StringComparison.OrdinalIgnoreCase))))
{
    Console.Write($"{race.Name,-44}");
    foreach (int length in lengths)
    {
        if (length > race.Longest)
            continue;
        (double function, double loop) = race.Run(length);
        Console.Write($"{function,9:F2} /{loop,7:F2} ={function / loop,6:F2}");
    }

    Console.WriteLine();
}

static string InstructionSets() => string.Join(", ", new (string Name, bool Has)[]
{
    ("AVX-512", Avx512F.IsSupported), ("AVX2", Avx2.IsSupported), ("FMA", Fma.IsSupported), ("AdvSimd", AdvSimd.IsSupported),
    ($"Vector<T> of {8 * Vector<byte>.Count} bits", Vector128.IsHardwareAccelerated),
}.Where(set => set.Has).Select(set => set.Name));
