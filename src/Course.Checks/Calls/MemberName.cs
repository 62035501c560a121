namespace Course.Checks;

/// <summary>A type, by the name of its assembly and its own: <c>Namespace.Outer+Inner`1</c>.</summary>
internal readonly record struct TypeName(string Assembly, string Name)
{
    /// <summary>The name alone, as C# writes it.</summary>
    public string Plain => Name[(Name.LastIndexOfAny(['.', '+']) + 1)..].Split('`')[0];

    /// <summary>Whether the compiler made it for a cell: its fields are the cell's variables, its methods the cell's methods.</summary>
    public bool IsCell => Name.StartsWith("Submission#", StringComparison.Ordinal);
}

/// <summary>A method or a field. The name means the same in each assembly, where a token means something else in each.</summary>
/// <param name="Type">What declares it.</param>
/// <param name="Name">Its name in the metadata.</param>
/// <param name="Signature">Tells overloads apart; empty for a field.</param>
internal readonly record struct MemberName(TypeName Type, string Name, string Signature)
{
    /// <summary>Whether it is an instance's constructor.</summary>
    public bool IsConstructor => Name == ".ctor";

    /// <summary>Whether it is a field.</summary>
    public bool IsField => Signature.Length == 0;
}

/// <summary>A member as some code names it.</summary>
/// <param name="Member">The member.</param>
/// <param name="Call">How a method is called; null for a field.</param>
/// <param name="TypeArguments">The types with which it is made of a generic one.</param>
internal sealed record MemberUse(MemberName Member, CallShape? Call, IReadOnlyList<TypeName> TypeArguments);

/// <summary>What a call takes from the stack and leaves there.</summary>
internal readonly record struct CallShape(int Parameters, bool HasThis, bool ReturnsValue);
