using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Course.Protocol;

namespace Course.Runner;

/// <summary>One session: what a cell declares, the next one sees.</summary>
internal sealed class Session(EventSink events)
{
    private const int LongestMessage = 100_000;

    private readonly CellAssemblies _assemblies = new();
    private readonly Dictionary<string, Delegate> _functions = new(StringComparer.Ordinal);

    // Each cell's object in its slot, where those after it find it.
    private object?[] _cells = new object?[64];

    /// <summary>Runs a cell.</summary>
    /// <returns>Whether it began, so that later cells see what it declares.</returns>
    public bool Run(RunCell request)
    {
        _assemblies.Add(request.References);
        bool began = false;
        Attempt(() =>
        {
            if (Begin(request.Cell, out began) is { } value)
                events.Send(new Result(Representation.Of(value)));
        });
        return began;
    }

    /// <summary>Calls a function.</summary>
    /// <returns>False: it declares nothing.</returns>
    public bool Call(CallFunction call)
    {
        Attempt(() =>
        {
            Delegate function = Function(call.Function);
            MethodInfo invoke = function.GetType().GetMethod("Invoke")!;
            ParameterInfo[] parameters = invoke.GetParameters();
            if (parameters.Length != call.Arguments.Count)
                throw new ArgumentException($"{parameters.Length} arguments are needed, {call.Arguments.Count} were sent");
            object?[] arguments = [.. parameters.Zip(call.Arguments, (p, a) => Values.FromJson(a, p.ParameterType))];
            object? returned = function.DynamicInvoke(arguments);
            try
            {
                events.Send(new Returned(Values.ToJson(returned, invoke.ReturnType)));
            }
            catch (Exception e) when (e is NotSupportedException or JsonException or MessageTooLongException)
            {
                events.Send(new Failed(FailureKind.Value, e.GetType().Name, e.Message, []));
            }
        });
        return false;
    }

    private Delegate Function(Compiled cell)
    {
        if (!_functions.TryGetValue(cell.Key, out Delegate? function))
        {
            function = (Delegate)Begin(cell, out _)!;
            _functions.Add(cell.Key, function);
        }
        return function;
    }

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="began">Whether its object is in its slot, even where this throws.</param>
    /// <returns>Its value.</returns>
    private object? Begin(Compiled cell, out bool began)
    {
        if (_cells.Length < cell.Slot + 2)
            Array.Resize(ref _cells, 2 * (cell.Slot + 2));
        began = false;
        Assembly assembly = _assemblies.Of(cell);
        const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var enter = assembly.GetType(cell.EntryType, throwOnError: true)!.GetMethod(cell.EntryMethod, AnyStatic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
        try
        {
            return enter(_cells).GetAwaiter().GetResult();
        }
        finally
        {
            began = _cells.Any(value => value?.GetType().Assembly == assembly);
        }
    }

    private void Attempt(Action work)
    {
        try
        {
            work();
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

    /// <summary>The frames of the session's own code: the compiler's and the framework's say nothing to its author.</summary>
    private static List<string> Trace(Exception thrown) =>
    [
        .. from frame in new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
           let cell = frame.GetFileName()
           where !string.IsNullOrEmpty(cell) && !Path.IsPathRooted(cell) && frame.GetFileLineNumber() > 0
           select $"at {cell}, line {frame.GetFileLineNumber()}",
    ];
}
