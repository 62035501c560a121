using System.Runtime.InteropServices;

namespace RelativeEntropy.Tensors;

/// <summary>The native library under TorchSharp, and the hardware under that.</summary>
public static class TorchRuntime
{
    private const string Remedy = "Add TorchSharp-cpu, TorchSharp-cuda-linux or TorchSharp-cuda-windows of TorchSharp's version to the program.";

    /// <summary>Loads the native library, which else happens at the first tensor, and says what is missing where that fails.</summary>
    /// <exception cref="DllNotFoundException">There is no native library, or this system cannot load it; the message says which, and what to do.</exception>
    public static void Load()
    {
        if (Native() is { } library)
            Load(library);
        TextWriter output = Console.Out;
        try
        {
            // TorchSharp prints a page before it throws, which names a package as missing whatever the cause is.
            Console.SetOut(TextWriter.Null);
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (NotSupportedException e)
        {
            throw new DllNotFoundException($"TorchSharp's native library is not there. {Remedy}", e);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    /// <summary>What a device is, for those who read a timing: the processor or the card, and the version of libtorch.</summary>
    /// <param name="device">The device.</param>
    /// <returns>One line.</returns>
    public static string Describe(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        string hardware = device.type == DeviceType.CPU ? $"{Processor()}, {torch.get_num_threads()} thread{(torch.get_num_threads() == 1 ? "" : "s")}" : Card() is { } card ? $"{card} ({device})" : device.ToString();
        return $"{hardware}; libtorch {torch.__version__}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}";
    }

    /// <summary>Loads one native library.</summary>
    /// <exception cref="DllNotFoundException">It cannot be loaded; the message quotes the system's loader.</exception>
    internal static void Load(string library)
    {
        try
        {
            // Never freed: TorchSharp's own load of it is the same one.
            NativeLibrary.Load(library);
        }
        catch (DllNotFoundException e)
        {
            string cause = e.Message.Split('\n').FirstOrDefault(line => line.Contains("GLIBC", StringComparison.Ordinal)) is { } line
                ? $"it is built for a newer Linux (Debian 13 and Ubuntu 24.04 have what it needs): {line.Trim()}"
                : $"the loader says: {e.Message.Trim()}";
            throw new DllNotFoundException($"TorchSharp's native library {Path.GetFileName(library)} is there and does not load on this system; {cause}", e);
        }
    }

    /// <summary>The library where the build puts it: beside the assembly, or below it by the system's name.</summary>

    private static string? Native()
    {
        string folder = Path.GetDirectoryName(typeof(torch).Assembly.Location) ?? "";
        string name = OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
        string[] places = [Path.Combine(folder, name), Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", name)];
        return places.FirstOrDefault(File.Exists);
    }

    private static string Processor() =>
        Field("/proc/cpuinfo", "model name") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Card() => Directory.Exists("/proc/driver/nvidia/gpus")
        ? Directory.EnumerateDirectories("/proc/driver/nvidia/gpus").Select(gpu => Field(Path.Combine(gpu, "information"), "Model")).FirstOrDefault(model => model is not null)
        : null;

    private static string? Field(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim()
        : null;
}
