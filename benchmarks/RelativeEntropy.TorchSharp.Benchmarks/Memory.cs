using System.Globalization;

namespace RelativeEntropy.Tensors.Benchmarks;

/// <summary>The most memory that this process has held since it was last asked to forget; Linux only, else zero.</summary>
internal static class Memory
{
    public static void Reset()
    {
        if (File.Exists("/proc/self/clear_refs"))
            File.WriteAllText("/proc/self/clear_refs", "5");
    }

    /// <summary>Bytes.</summary>
    public static long Peak() => File.Exists("/proc/self/status")
        ? 1024 * File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)).FirstOrDefault()
        : 0;
}
