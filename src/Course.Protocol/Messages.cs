using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.Protocol;

/// <summary>
/// What a client asks of a compiler or of a runner. Either answers every request with events, the last of which is <see cref="Done"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "request")]
[JsonDerivedType(typeof(CompileCell), "compile")]
[JsonDerivedType(typeof(RunCell), "run")]
[JsonDerivedType(typeof(CallFunction), "call")]
public abstract record Request;

/// <summary>
/// Asks a compiler for the assembly of one piece of C#. It is answered by <see cref="Compiled"/>, <see cref="Failed"/> or
/// <see cref="UnknownParent"/>.
/// </summary>
/// <param name="Key">What identifies this cell after those before it; the name of its assembly.</param>
/// <param name="Parent">The key of the cell before it, whose declarations it sees; null where it is the first.</param>
/// <param name="Name">How messages call it: <c>cell 7</c>, <c>setup.csx</c>.</param>
/// <param name="Code">C# script without any <c>#!</c> or <c>#r</c> directive.</param>
/// <param name="References">Paths of the assemblies that this cell and those after it may use, further to those before it.</param>
/// <param name="Portable">Whether to refuse what would break in another notebook host.</param>
public sealed record CompileCell(
    string Key, string? Parent, string Name, string Code, IReadOnlyList<string> References, bool Portable) : Request;

/// <summary>Asks a runner to load the assembly of a cell and to run it; what it declares stays for the next one.</summary>
/// <param name="Cell">The cell, compiled.</param>
/// <param name="References">Paths of the assemblies that it may use, further to those of earlier requests.</param>
public sealed record RunCell(Compiled Cell, IReadOnlyList<string> References) : Request;

/// <summary>Asks a runner to call a function with the given values and to send back what it returns.</summary>
/// <param name="Function">A cell whose value is the function, as a delegate; it runs once, before the first call.</param>
/// <param name="Arguments">One value for each parameter, of one of the shapes of <see cref="Values"/>.</param>
public sealed record CallFunction(Compiled Function, IReadOnlyList<JsonElement> Arguments) : Request;

/// <summary>What a compiler or a runner reports, in the order in which it happened.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Compiled), "compiled")]
[JsonDerivedType(typeof(UnknownParent), "unknown parent")]
[JsonDerivedType(typeof(Written), "written")]
[JsonDerivedType(typeof(Displayed), "displayed")]
[JsonDerivedType(typeof(Result), "result")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Done), "done")]
public abstract record ChildEvent;

/// <summary>The process takes requests.</summary>
public sealed record Ready : ChildEvent;

/// <summary>A cell was compiled.</summary>
/// <param name="Key">What identifies it.</param>
/// <param name="Assembly">Its assembly; empty where the cell holds no code, and there is nothing to run.</param>
/// <param name="Symbols">Its lines, as a portable PDB.</param>
/// <param name="EntryType">The type that holds its entry.</param>
/// <param name="EntryMethod">The static method that takes the array of the session's cells, puts this one in and runs it.</param>
/// <param name="Slot">Its place in that array.</param>
/// <param name="Declared">What it declares at the top level, methods with their signatures; the first hundred.</param>
public sealed record Compiled(
    string Key, byte[] Assembly, byte[] Symbols, string EntryType, string EntryMethod, int Slot, IReadOnlyList<DeclaredName> Declared)
    : ChildEvent
{
    /// <summary>Whether there is something to run.</summary>
    [JsonIgnore]
    public bool HasCode => Assembly.Length > 0;
}

/// <summary>A top-level name of a cell.</summary>
/// <param name="Name">The name.</param>
/// <param name="Signature">It as C# writes it, with its types: <c>double Divergence(double[] p, double[] q)</c>.</param>
public sealed record DeclaredName(string Name, string Signature);

/// <summary>The compiler does not know the cell before this one, or has forgotten it: it is to be compiled again first.</summary>
public sealed record UnknownParent : ChildEvent;

/// <summary>Text written to a standard stream.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text.</param>
public sealed record Written(string Stream, string Text) : ChildEvent;

/// <summary>A value was displayed.</summary>
/// <param name="Data">Its representations by MIME type.</param>
public sealed record Displayed(IReadOnlyDictionary<string, string> Data) : ChildEvent;

/// <summary>A cell's bare last expression had a value.</summary>
/// <param name="Data">Its representations by MIME type.</param>
public sealed record Result(IReadOnlyDictionary<string, string> Data) : ChildEvent;

/// <summary>A called function returned.</summary>
/// <param name="Value">The returned value, of one of the shapes of <see cref="Values"/>.</param>
public sealed record Returned(JsonElement Value) : ChildEvent;

/// <summary>Why a request failed.</summary>
public enum FailureKind
{
    /// <summary>The code does not compile.</summary>
    Compilation,

    /// <summary>The code would not run in another notebook host.</summary>
    Portability,

    /// <summary>The code threw.</summary>
    Exception,

    /// <summary>A value could not be passed to or from the function.</summary>
    Value,
}

/// <summary>The request failed.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Name">The exception's type, or the kind in words.</param>
/// <param name="Message">What happened, with the cell and the line.</param>
/// <param name="Trace">Where, innermost first, in the session's own code.</param>
public sealed record Failed(FailureKind Kind, string Name, string Message, IReadOnlyList<string> Trace) : ChildEvent;

/// <summary>The request is finished.</summary>
/// <param name="Declared">
/// Whether later cells see what a cell that was run declares: it began, even if it threw then. False for every other request.
/// </param>
public sealed record Done(bool Declared) : ChildEvent;
