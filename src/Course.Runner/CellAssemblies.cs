using System.Reflection;
using System.Runtime.Loader;
using Course.Protocol;

namespace Course.Runner;

/// <summary>The assemblies of a session's cells, which find each other, and the libraries that they use.</summary>
internal sealed class CellAssemblies() : AssemblyLoadContext("cells")
{
    private readonly Dictionary<string, string> _libraries = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, Assembly> _cells = new(StringComparer.Ordinal);

    /// <summary>Lets cells use libraries.</summary>
    public void Add(IEnumerable<string> paths)
    {
        foreach (string path in paths)
            _libraries.TryAdd(Path.GetFileNameWithoutExtension(path), path);
    }

    /// <summary>The assembly of a cell, loaded once.</summary>
    public Assembly Of(Compiled cell)
    {
        if (!_cells.TryGetValue(cell.Key, out Assembly? assembly))
        {
            using var image = new MemoryStream(cell.Assembly);
            using var symbols = new MemoryStream(cell.Symbols);
            _cells.Add(cell.Key, assembly = LoadFromStream(image, symbols));
        }
        return assembly;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name is { } name && _libraries.TryGetValue(name, out string? path) ? LoadFromAssemblyPath(path) : null;
}
