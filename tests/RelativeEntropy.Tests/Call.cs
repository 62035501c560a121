using System.Reflection;
using System.Reflection.Emit;

namespace RelativeEntropy.Tests;

/// <summary>A part of an array, in place of a span, which no object can hold.</summary>
public sealed class Part<T>(T[] array, int start, int length)
{
    public Part(T[] array)
        : this(array, 0, array.Length)
    {
    }

    public Span<T> Span => array.AsSpan(start, length);

    public ReadOnlySpan<T> ReadOnlySpan => Span;
}

/// <summary>Parts by the type of an array that is known at run time only.</summary>
public static class Part
{
    public static object Of(Array array) =>
        Activator.CreateInstance(typeof(Part<>).MakeGenericType(array.GetType().GetElementType()!), array)!;
}

/// <summary>A public function of the library, callable with objects: a <see cref="Part{T}"/> for each span.</summary>
public sealed class Call
{
    private readonly Func<object?, object?[], object?> _invoke;

    public Call(MethodInfo method)
    {
        (Method, Parameters) = (method, method.GetParameters());
        _invoke = Compiled();
    }

    /// <summary>Every public static function of the library, each overload by itself.</summary>
    public static MethodInfo[] PublicStatic { get; } = [.. Methods(BindingFlags.Static)];

    /// <summary>Every public function of an object of the library, but for those that every object and every record has.</summary>
    public static MethodInfo[] PublicInstance { get; } =
    [
        .. Methods(BindingFlags.Instance).Where(method => method.GetBaseDefinition().DeclaringType == method.DeclaringType
            && method.Name is not ("Equals" or "Deconstruct" or "<Clone>$")),
    ];

    /// <summary>Every public function that writes into memory of the caller's.</summary>
    public static MethodInfo[] Writing { get; } =
        [.. Methods(BindingFlags.Static).Concat(Methods(BindingFlags.Instance))
            .Where(method => method.GetParameters().Any(p => Arguments.IsSpan(p.ParameterType, typeof(Span<>))))];

    public MethodInfo Method { get; }

    public ParameterInfo[] Parameters { get; }

    public string Name => $"{Method.DeclaringType!.Name}.{Method.Name}";

    /// <summary>The function with the types of its parameters.</summary>
    public static string Signature(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}"
        + $"({string.Join(", ", method.GetParameters().Select(p => $"{Word(p.ParameterType)} {p.Name}"))})";

    public object? On(object? target, object?[] arguments) => _invoke(target, arguments);

    private static IEnumerable<MethodInfo> Methods(BindingFlags kind) => typeof(Divergence).Assembly.GetExportedTypes()
        .Where(type => !typeof(Delegate).IsAssignableFrom(type))
        .SelectMany(type => type.GetMethods(kind | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName)
        .OrderBy(Signature, StringComparer.Ordinal);

    private static string Word(Type type) => type.IsByRef ? "out " + Word(type.GetElementType()!)
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}"
            + $"<{string.Join(", ", type.GetGenericArguments().Select(Word))}>"
        : type == typeof(double) ? "double" : type == typeof(float) ? "float" : type == typeof(int) ? "int" : type.Name;

    private Func<object?, object?[], object?> Compiled()
    {
        DynamicMethod code = new(Name, typeof(object), [typeof(object), typeof(object?[])], typeof(Call).Module, skipVisibility: true);
        ILGenerator il = code.GetILGenerator();
        var received = new LocalBuilder?[Parameters.Length];
        if (!Method.IsStatic)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(Method.DeclaringType!.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, Method.DeclaringType);
        }

        for (int i = 0; i < Parameters.Length; i++)
        {
            Type type = Parameters[i].ParameterType;
            if (type.IsByRef)
            {
                received[i] = il.DeclareLocal(type.GetElementType()!);
                il.Emit(OpCodes.Ldloca, received[i]!);
                continue;
            }

            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            if (type.IsByRefLike)
            {
                Type part = typeof(Part<>).MakeGenericType(type.GetGenericArguments());
                il.Emit(OpCodes.Castclass, part);
                il.Emit(OpCodes.Callvirt, part.GetProperty(Arguments.IsSpan(type, typeof(Span<>)) ? "Span" : "ReadOnlySpan")!.GetMethod!);
            }
            else
            {
                il.Emit(OpCodes.Unbox_Any, type);
            }
        }

        il.Emit(Method.IsStatic || Method.DeclaringType!.IsValueType ? OpCodes.Call : OpCodes.Callvirt, Method);
        if (Method.ReturnType == typeof(void))
            il.Emit(OpCodes.Ldnull);
        else if (Method.ReturnType.IsValueType)
            il.Emit(OpCodes.Box, Method.ReturnType);
        for (int i = 0; i < Parameters.Length; i++)
        {
            if (received[i] is not { } local)
                continue;
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldloc, local);
            il.Emit(OpCodes.Box, local.LocalType);
            il.Emit(OpCodes.Stelem_Ref);
        }

        il.Emit(OpCodes.Ret);
        return code.CreateDelegate<Func<object?, object?[], object?>>();
    }
}
