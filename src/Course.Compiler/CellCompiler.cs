using System.Collections.Immutable;
using System.Text;
using Course.Protocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Course.Compiler;

/// <summary>
/// Compiles notebook cells, each after those before it, to assemblies. It runs none of them, and reads nothing but its references: no
/// <c>#load</c>, no <c>#r</c>, no key file, no XML, no analyzer, no generator.
/// </summary>
/// <param name="runner">The path of the runner's assembly, from which cells have <c>value.Display()</c>.</param>
internal sealed class CellCompiler(string runner)
{
    // A notebook has some tens of cells; what is forgotten is compiled again when it is asked for.
    private const int MostKept = 256;
    private const int MostDeclared = 100;

    // A text of a million signs may have as many errors.
    private const int MostErrors = 20;
    private const int LongestSignature = 300;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp13, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        usings: ["System", "Course.Runner"],
        optimizationLevel: OptimizationLevel.Release,
        deterministic: true,
        concurrentBuild: false,
        allowUnsafe: false,
        metadataReferenceResolver: null,
        sourceReferenceResolver: null,
        xmlReferenceResolver: null,
        strongNameProvider: null,
        reportSuppressedDiagnostics: false);

    private static readonly EmitOptions Emission = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private static readonly SymbolDisplayFormat Signature = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeParameters,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeParamsRefOut,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly MetadataReference _runner = Platform.Reference(runner);
    private readonly Dictionary<string, LinkedListNode<Cell>> _cells = new(StringComparer.Ordinal);
    private readonly LinkedList<Cell> _recent = [];

    /// <summary>Compiles a cell.</summary>
    /// <returns><see cref="Compiled"/>, <see cref="Failed"/> or <see cref="UnknownParent"/>.</returns>
    public ChildEvent Compile(CompileCell request)
    {
        Cell? parent = null;
        if (request.Parent is { } before && (parent = Find(before)) is null)
            return new UnknownParent();
        SyntaxTree tree = CSharpSyntaxTree.ParseText(request.Code, Parsing, request.Name, Encoding.UTF8);
        if (Errors(tree.GetDiagnostics()) is { } unreadable)
            return unreadable;
        if (request.Portable && Portability.Check(tree) is { } refusal)
            return new Failed(FailureKind.Portability, "not portable", $"{request.Name}, line {refusal.Line}: {refusal.Reason}", []);
        ImmutableArray<MetadataReference> references;
        try
        {
            references = [.. parent?.References ?? [.. Platform.References, _runner], .. request.References.Select(Platform.Reference)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return NotCompiled($"{request.Name}: a library cannot be read: {e.Message}");
        }
        int slot = (parent?.Slot ?? 0) + (parent?.HasCode == true ? 1 : 0);
        bool hasCode = ((CompilationUnitSyntax)tree.GetRoot()).Members.Count > 0;
        var compilation = CSharpCompilation.CreateScriptCompilation(
            request.Key, tree, references, Options.WithScriptClassName($"Submission#{slot}"), parent?.Compilation, typeof(object));
        var cell = new Cell(request.Key, compilation, references, slot, hasCode);
        return hasCode ? Emit(request, cell) : Check(request, cell);
    }

    private ChildEvent Check(CompileCell request, Cell cell)
    {
        if (Errors(cell.Compilation.GetDiagnostics()) is { } errors)
            return errors;
        Keep(cell);
        return new Compiled(request.Key, [], [], "", "", cell.Slot, []);
    }

    private ChildEvent Emit(CompileCell request, Cell cell)
    {
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = cell.Compilation.Emit(assembly, symbols, options: Emission);
        if (!result.Success)
            return Errors(result.Diagnostics) ?? NotCompiled($"{request.Name}: the compiler gave no reason");
        IMethodSymbol entry = cell.Compilation.GetEntryPoint(default)!;
        Keep(cell);
        return new Compiled(
            request.Key, assembly.ToArray(), symbols.ToArray(), entry.ContainingType.MetadataName, entry.MetadataName, cell.Slot,
            [.. Declared(cell.Compilation.ScriptClass!).Take(MostDeclared)]);
    }

    private static IEnumerable<DeclaredName> Declared(INamedTypeSymbol script) =>
        from member in script.GetMembers()
        where member is { IsImplicitlyDeclared: false, CanBeReferencedByName: true } and (IFieldSymbol or IPropertySymbol or IMethodSymbol)
        let signature = member.ToDisplayString(Signature)
        where signature.Length <= LongestSignature
        select new DeclaredName(member.Name, signature);

    private static Failed? Errors(IEnumerable<Diagnostic> diagnostics)
    {
        string[] lines = [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(MostErrors + 1).Select(Describe)];
        return lines is []
            ? null
            : NotCompiled(string.Join("\n", lines.Length > MostErrors ? [.. lines[..MostErrors], "and more"] : lines));
    }

    /// <summary>What is answered for a cell that does not compile.</summary>
    internal static Failed NotCompiled(string message) => new(FailureKind.Compilation, "does not compile", message, []);

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
        string place = span.IsValid && span.Path.Length > 0 ? $"{span.Path}, line {span.StartLinePosition.Line + 1}: " : "";
        return $"{place}{diagnostic.GetMessage()} ({diagnostic.Id})";
    }

    private Cell? Find(string key)
    {
        if (!_cells.TryGetValue(key, out LinkedListNode<Cell>? node))
            return null;
        _recent.Remove(node);
        _recent.AddLast(node);
        return node.Value;
    }

    private void Keep(Cell cell)
    {
        if (_cells.ContainsKey(cell.Key))
            return;
        _cells.Add(cell.Key, _recent.AddLast(cell));
        if (_cells.Count > MostKept)
        {
            _cells.Remove(_recent.First!.Value.Key);
            _recent.RemoveFirst();
        }
    }

    private sealed record Cell(
        string Key, CSharpCompilation Compilation, ImmutableArray<MetadataReference> References, int Slot, bool HasCode);
}
