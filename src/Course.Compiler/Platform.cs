using System.IO.MemoryMappedFiles;
using Microsoft.CodeAnalysis;

namespace Course.Compiler;

/// <summary>What cells are compiled against. Each file is read once, so that all compilations share one reference to it.</summary>
internal static class Platform
{
    // What is mapped stays so for as long as the process lives.
    private static readonly List<MemoryMappedViewAccessor> Views = [];
    private static readonly Dictionary<string, MetadataReference> Known = new(StringComparer.Ordinal);

    /// <summary>The assemblies of the runtime.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
           let name = Path.GetFileNameWithoutExtension(path)
           where name is "System.Private.CoreLib" or "netstandard" or "mscorlib" or "System" or "Microsoft.Win32.Primitives"
               || name.StartsWith("System.", StringComparison.Ordinal)
           where Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)
           select Mapped(path),
    ];

    /// <summary>An assembly that a client names.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static MetadataReference Reference(string path)
    {
        if (!Known.TryGetValue(path, out MetadataReference? reference))
            Known.Add(path, reference = Mapped(path));
        return reference;
    }

    /// <summary>A reference whose file is mapped, not read: a compilation looks at a small part of a hundred files.</summary>
    private static PortableExecutableReference Mapped(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        Views.Add(view);
        int size = checked((int)new FileInfo(path).Length);
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromImage(view.SafeMemoryMappedViewHandle.DangerousGetHandle(), size))
            .GetReference(filePath: path);
    }
}
