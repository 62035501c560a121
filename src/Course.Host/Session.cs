using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Course.Protocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Course.Host;

/// <summary>One scripting session: what a cell declares, the next one sees.</summary>
internal sealed class Session(EventSink events)
{
    // What is mapped stays so for as long as the process lives.
    private static readonly List<MemoryMappedViewAccessor> Views = [];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp13, kind: SourceCodeKind.Script);

    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithLanguageVersion(Parsing.LanguageVersion)
        .WithOptimizationLevel(OptimizationLevel.Release)
        .WithEmitDebugInformation(true)
        .WithFileEncoding(Encoding.UTF8)
        .WithAllowUnsafe(false)
        .WithReferences(PlatformReferences().Append(MetadataReference.CreateFromFile(typeof(DisplayExtensions).Assembly.Location)))
        .WithImports("System", typeof(DisplayExtensions).Namespace!);

    private const int LongestMessage = 100_000;

    private readonly Dictionary<CallTarget, Delegate> _delegates = [];
    private ScriptState<object>? _state;
    private ScriptState<object>? _mark;

    private readonly record struct CallTarget(string Expression, string DelegateType);

    /// <summary>Runs a trivial script, so that the compiler is ready when the first cell comes.</summary>
    public void Warm() =>
        _state = CSharpScript.RunAsync("System.Math.Sqrt(2.0).ToString();", Options).GetAwaiter().GetResult();

    public void Run(RunCell cell) => Attempt(() =>
    {
        if (cell.Portable && Portability.Check(CSharpSyntaxTree.ParseText(cell.Code, Parsing)) is { } refusal)
        {
            events.Send(new Failed(FailureKind.Portability, "not portable", $"{cell.Name}, line {refusal.Line}: {refusal.Reason}", []));
            return;
        }
        Script<object> script = _state!.Script.ContinueWith(cell.Code, Options.WithFilePath(cell.Name));
        ScriptState<object> state = script.RunFromAsync(_state).GetAwaiter().GetResult();
        _state = state;
        _delegates.Clear();
        if (state.ReturnValue is not null)
            events.Send(new Result(Representation.Of(state.ReturnValue)));
    });

    public void Call(CallFunction call) => Attempt(() =>
    {
        Delegate function = Resolve(new CallTarget(call.Expression, call.DelegateType));
        ParameterInfo[] parameters = function.GetType().GetMethod("Invoke")!.GetParameters();
        if (parameters.Length != call.Arguments.Count)
            throw new ArgumentException($"{parameters.Length} arguments are needed, {call.Arguments.Count} were sent");
        object?[] arguments = [.. parameters.Zip(call.Arguments, (p, a) => a.Deserialize(p.ParameterType, MessageChannel.Json))];
        object? returned = function.DynamicInvoke(arguments);
        JsonElement value;
        try
        {
            value = JsonSerializer.SerializeToElement(returned, MessageChannel.Json);
            events.Send(new Returned(value));
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or MessageTooLongException)
        {
            events.Send(new Failed(FailureKind.Value, e.GetType().Name, e.Message, []));
        }
    });

    public void Mark() => _mark = _state;

    public void ReturnToMark()
    {
        _state = _mark ?? throw new InvalidOperationException("there is no mark to return to");
        _delegates.Clear();
    }

    private Delegate Resolve(CallTarget target)
    {
        if (!_delegates.TryGetValue(target, out Delegate? function))
        {
            string code = $"({target.DelegateType})({target.Expression})";
            function = (Delegate)_state!.ContinueWithAsync(code, Options.WithFilePath("the call")).GetAwaiter().GetResult().ReturnValue;
            _delegates.Add(target, function);
        }
        return function;
    }

    private void Attempt(Action work)
    {
        try
        {
            work();
        }
        catch (CompilationErrorException e)
        {
            string[] lines = [.. e.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(Describe)];
            events.Send(new Failed(FailureKind.Compilation, "does not compile", string.Join("\n", lines), []));
        }
        catch (Exception e)
        {
            Exception thrown = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            events.Send(new Failed(FailureKind.Exception, thrown.GetType().FullName ?? "", MessageOf(thrown), Trace(thrown)));
        }
    }

    /// <summary>The message, which is the code's own property.</summary>
    private static string MessageOf(Exception thrown)
    {
        try
        {
            string message = thrown.Message;
            return message.Length <= LongestMessage ? message : message[..LongestMessage] + "...";
        }
        catch (Exception e)
        {
            return $"(its message threw {e.GetType().Name})";
        }
    }

    private static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
        string place = span.IsValid && span.Path.Length > 0 ? $"{span.Path}, line {span.StartLinePosition.Line + 1}: " : "";
        return $"{place}{diagnostic.GetMessage()} ({diagnostic.Id})";
    }

    /// <summary>The frames of the session's own code: the compiler's and the framework's say nothing to its author.</summary>
    private static List<string> Trace(Exception thrown) =>
    [
        .. from frame in new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
           let cell = frame.GetFileName()
           where !string.IsNullOrEmpty(cell) && !Path.IsPathRooted(cell) && frame.GetFileLineNumber() > 0
           select $"at {cell}, line {frame.GetFileLineNumber()}",
    ];

    private static IEnumerable<MetadataReference> PlatformReferences() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        let name = Path.GetFileNameWithoutExtension(path)
        where name is "System.Private.CoreLib" or "netstandard" or "mscorlib" || name.StartsWith("System.", StringComparison.Ordinal) || name == "System"
        where Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)
        select Mapped(path);

    /// <summary>A reference whose file is mapped, not read: a compilation looks at a small part of a hundred files.</summary>
    private static PortableExecutableReference Mapped(string path)
    {
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        Views.Add(view);
        int size = checked((int)new FileInfo(path).Length);
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromImage(view.SafeMemoryMappedViewHandle.DangerousGetHandle(), size)).GetReference(filePath: path);
    }
}
