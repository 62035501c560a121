using Course.Hosting;

namespace Course.Tests;

/// <summary>The compilers of all tests of a project. They end with its process.</summary>
internal static class Compilers
{
    public static CompilerPool Shared { get; } = new(Path.GetTempPath());
}
