namespace Course.Checks;

/// <summary>How an answer is named in the learner's cell.</summary>
/// <param name="Name">The method or variable.</param>
/// <param name="Signature">How to say what it should be: <c>double Divergence(double[] p, double[] q)</c>.</param>
/// <param name="DelegateType">The type as which it is called.</param>
/// <param name="IsVariable">Whether it is a variable and not a method.</param>
public sealed record AnswerForm(string Name, string Signature, Type DelegateType, bool IsVariable)
{
    /// <summary>A method.</summary>
    /// <typeparam name="TDelegate">The type as which it is called.</typeparam>
    /// <param name="signature">Its signature in C#, name and parameter names included.</param>
    public static AnswerForm Method<TDelegate>(string signature)
        where TDelegate : Delegate
    {
        string beforeParameters = signature[..signature.IndexOf('(', StringComparison.Ordinal)];
        return new(beforeParameters[(beforeParameters.LastIndexOf(' ') + 1)..], signature, typeof(TDelegate), IsVariable: false);
    }

    /// <summary>A variable that is null until it is answered.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="type">Its type in C#.</param>
    /// <param name="name">Its name.</param>
    public static AnswerForm Variable<T>(string type, string name) => new(name, $"{type} {name}", typeof(Func<T>), IsVariable: true);

    /// <summary>The names of the parameters, in order.</summary>
    public IReadOnlyList<string> Parameters => IsVariable
        ? []
        : [.. Signature[(Signature.IndexOf('(', StringComparison.Ordinal) + 1)..^1]
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => p[(p.LastIndexOf(' ') + 1)..])];

    /// <summary>The expression that yields the answer in the learner's session.</summary>
    public string Expression => IsVariable ? $"() => {Name}" : Name;
}
