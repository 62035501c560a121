using System.Reflection;
using System.Reflection.Emit;

namespace Course.Checks;

/// <summary>
/// What an answer in this very process calls, read from its compiled code. The command line reads the same from the answer's text,
/// which a check in the notebook does not have.
/// </summary>
internal static class LiveCalls
{
    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The members of the course's library that a method calls, itself or through the notebook's other methods.</summary>
    public static IEnumerable<(string Type, string Member)> IntoTheLibrary(MethodBase method)
    {
        var seen = new HashSet<MethodBase> { method };
        var open = new Queue<MethodBase>(seen);
        while (open.TryDequeue(out MethodBase? next))
        {
            foreach (MethodBase called in Calls(next).Where(seen.Add))
            {
                if (called.DeclaringType is { } type && type.Assembly == typeof(RelativeEntropy.Divergence).Assembly)
                    yield return (type.Name, called.IsConstructor ? "new" : called.Name);
                else if (IsOfANotebook(called))
                    open.Enqueue(called);
            }
        }
    }

    // Notebook hosts compile cells into memory.
    private static bool IsOfANotebook(MethodBase method) => !method.Module.Assembly.IsDynamic && string.IsNullOrEmpty(method.Module.Assembly.Location);

    /// <summary>The methods named in a method's code (ECMA-335, partition III: an operation's code, then its operand).</summary>
    private static List<MethodBase> Calls(MethodBase method)
    {
        var calls = new List<MethodBase>();
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            const byte TwoBytes = 0xFE;
            short value = code[at] == TwoBytes ? (short)(TwoBytes << 8 | code[at + 1]) : code[at];
            OpCode operation = OpCodes[value];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineTok && Resolve(method, BitConverter.ToInt32(code, at)) is { } called)
                calls.Add(called);
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
        return calls;
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMember(token, method.DeclaringType?.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null) as MethodBase;
        }
        catch (Exception e) when (e is ArgumentException or FileNotFoundException or FileLoadException or TypeLoadException or MissingMemberException)
        {
            // A token of something that this process cannot load is no call into the library.
            return null;
        }
    }
}
