using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.Protocol;

/// <summary>What a client asks of the host. The host answers every request with events, the last of which is <see cref="Done"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "request")]
[JsonDerivedType(typeof(RunCell), "run")]
[JsonDerivedType(typeof(CallFunction), "call")]
[JsonDerivedType(typeof(Mark), "mark")]
[JsonDerivedType(typeof(ReturnToMark), "return")]
public abstract record Request;

/// <summary>Run one piece of C# in the session; its declarations stay for the next one.</summary>
/// <param name="Name">How error messages call it: <c>cell 7</c>, <c>setup.csx</c>.</param>
/// <param name="Code">C# script without any <c>#!</c> directive.</param>
/// <param name="Portable">Whether to refuse what would break in another notebook host.</param>
public sealed record RunCell(string Name, string Code, bool Portable) : Request;

/// <summary>Call a function of the session with the given values and send back what it returns.</summary>
/// <param name="Expression">A C# expression that converts to <paramref name="DelegateType"/>: a method's name, or a lambda.</param>
/// <param name="DelegateType">The delegate's type in C#: <c>System.Func&lt;double[], double[], double&gt;</c>.</param>
/// <param name="Arguments">One JSON value per parameter.</param>
public sealed record CallFunction(string Expression, string DelegateType, IReadOnlyList<JsonElement> Arguments) : Request;

/// <summary>Remember what the session has declared so far.</summary>
public sealed record Mark : Request;

/// <summary>
/// Forget what was declared since the last <see cref="Mark"/>. What code has done to objects that were there before, and to the process,
/// stays done: this is for the course's own code, not for a learner's.
/// </summary>
public sealed record ReturnToMark : Request;

/// <summary>What the host reports, in the order in which it happened.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Written), "written")]
[JsonDerivedType(typeof(Displayed), "displayed")]
[JsonDerivedType(typeof(Result), "result")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Done), "done")]
public abstract record HostEvent;

/// <summary>The session is warm and takes requests.</summary>
public sealed record Ready : HostEvent;

/// <summary>Text written to a standard stream.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text.</param>
public sealed record Written(string Stream, string Text) : HostEvent;

/// <summary>A value was displayed.</summary>
/// <param name="Data">Its representations by MIME type.</param>
public sealed record Displayed(IReadOnlyDictionary<string, string> Data) : HostEvent;

/// <summary>A cell's bare last expression had a value.</summary>
/// <param name="Data">Its representations by MIME type.</param>
public sealed record Result(IReadOnlyDictionary<string, string> Data) : HostEvent;

/// <summary>A called function returned.</summary>
/// <param name="Value">The returned value as JSON.</param>
public sealed record Returned(JsonElement Value) : HostEvent;

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
public sealed record Failed(FailureKind Kind, string Name, string Message, IReadOnlyList<string> Trace) : HostEvent;

/// <summary>The request is finished.</summary>
public sealed record Done : HostEvent;
