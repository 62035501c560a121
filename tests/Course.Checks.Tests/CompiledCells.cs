using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Checks.Tests;

/// <summary>A notebook's cells, each compiled as a notebook host compiles it, and one more that names the answer.</summary>
internal sealed class CompiledCells
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                || path == typeof(RelativeEntropy.Divergence).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static int _sessions;

    private readonly List<(ImmutableArray<byte> Image, string Type, string Factory)> _cells = [];

    /// <param name="answer">The expression that names the answer, as a delegate.</param>
    /// <param name="level">How the host compiles: Release as the grader, Debug as .NET Interactive.</param>
    /// <param name="cells">The cells.</param>
    public CompiledCells(string answer, OptimizationLevel level, params string[] cells)
    {
        string session = $"session{Interlocked.Increment(ref _sessions)}";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, usings:
            ["System", "System.Collections.Generic", "System.Linq", "System.Linq.Expressions", "System.Threading.Tasks", "RelativeEntropy"]);
        CSharpCompilation? previous = null;
        foreach (string cell in cells.Append(answer))
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(cell, new(kind: SourceCodeKind.Script));
            previous = CSharpCompilation.CreateScriptCompilation($"{session}-{_cells.Count}", tree, References,
                options.WithScriptClassName($"Submission#{_cells.Count}"), previous, typeof(object));
            using var image = new MemoryStream();
            Assert.Empty(previous.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
            IMethodSymbol entry = previous.GetEntryPoint(default)!;
            _cells.Add(([.. image.ToArray()], entry.ContainingType.MetadataName, entry.MetadataName));
        }
    }

    public IReadOnlyList<ImmutableArray<byte>> Images => [.. _cells.Select(cell => cell.Image)];

    /// <summary>What the answer calls, by the bytes.</summary>
    public IEnumerable<string> CallsInBytes() => Calls(Images);

    /// <summary>What the answer calls, by some bytes of which the last name it.</summary>
    public static IEnumerable<string> Calls(IEnumerable<ImmutableArray<byte>> images)
    {
        CellAssembly[] cells = [.. images.Select(CellAssembly.FromImage)];
        return Words(LibraryCalls.From(cells[^1], cells[..^1]));
    }

    /// <summary>What the answer calls, by the delegate that it is when the cells have run.</summary>
    public async Task<IEnumerable<string>> CallsOfTheDelegateAsync()
    {
        var context = new AssemblyLoadContext(null);
        object?[] submissions = new object?[_cells.Count + 1];
        object? value = null;
        foreach ((ImmutableArray<byte> image, string type, string factory) in _cells)
        {
            MethodInfo start = context.LoadFromStream(new MemoryStream([.. image])).GetType(type)!
                .GetMethod(factory, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
            value = await start.CreateDelegate<Func<object?[], Task<object>>>()(submissions);
        }
        return Words(LibraryCalls.From((Delegate)value!));
    }

    private static IEnumerable<string> Words(IEnumerable<LibraryCall> calls) => calls.Select(call => call.ToString()).Order(StringComparer.Ordinal);
}
