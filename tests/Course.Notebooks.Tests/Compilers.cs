using Course.Hosting;

namespace Course.Notebooks.Tests;

/// <summary>The compilers of all tests. They end with the process of the tests.</summary>
internal static class Compilers
{
    public static CompilerPool Shared { get; } = new(new HostOptions(Path.GetTempPath()), most: Environment.ProcessorCount);
}
