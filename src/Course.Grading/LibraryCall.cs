using System.Reflection;
using Course.Checks;
using RelativeEntropy;

namespace Course.Grading;

/// <summary>
/// Answers that only call the library where the exercise says to write it. They are found in the text, in this process: the compiler is
/// in the learner's, which is believed nothing.
/// </summary>
internal static class LibraryCall
{
    private static readonly Dictionary<string, HashSet<string>> Library = typeof(Divergence).Assembly.GetExportedTypes()
        .GroupBy(type => type.Name.Split('`')[0])
        .ToDictionary(g => g.Key, g => g.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Static)).Select(m => m.Name).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    private static readonly HashSet<string> NoTypes = ["await", "case", "do", "else", "goto", "in", "is", "new", "not", "or", "return", "throw", "using", "when", "yield"];

    /// <summary>The verdict, or, where it is "correct" for an answer that calls what the exercise forbids, that one.</summary>
    public static Verdict Judge(Verdict verdict, SubmittedAnswer answer, Exercise exercise) =>
        verdict.Outcome == Outcome.Correct && In(answer).FirstOrDefault(call => exercise.Forbids(call.Type, call.Member)) is { Type: not null } found
            ? exercise.NotByHand($"{found.Type}.{found.Member}")
            : verdict;

    /// <summary>The members of the library that an answer calls, in its cell or in what it uses of the cells above.</summary>
    public static IEnumerable<(string Type, string Member)> In(SubmittedAnswer answer)
    {
        List<string> used = CSharpTokens.Of(answer.Answer.Source);
        List<string>[] above = [.. answer.Above.Select(cell => CSharpTokens.Of(cell.Source))];
        var names = new Names();
        foreach (List<string> cell in above.Append(used))
            names.Add(cell);
        ILookup<string, int> declaring = Enumerable.Range(0, above.Length)
            .SelectMany(i => Declared(above[i]).Distinct(), (i, name) => (Name: name, Cell: i)).ToLookup(d => d.Name, d => d.Cell);
        var read = new HashSet<string>(StringComparer.Ordinal);
        var reached = new HashSet<int>();
        for (int i = 0; i < used.Count; i++)
        {
            foreach (int cell in read.Add(used[i]) ? declaring[used[i]].Where(reached.Add) : [])
            {
                used.Add(";");
                used.AddRange(above[cell]);
            }
        }
        return Calls(used, names);
    }

    private static IEnumerable<(string Type, string Member)> Calls(List<string> tokens, Names names)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (names.TypeOf(tokens[i]) is { } type)
            {
                if (i > 0 && tokens[i - 1] == "new")
                    yield return (type, "new");
                else if (i + 2 < tokens.Count && tokens[i + 1] == "." && Library[type].Contains(tokens[i + 2]))
                    yield return (type, tokens[i + 2]);
            }
            if (i + 1 < tokens.Count && tokens[i + 1] == "(" && (i == 0 || tokens[i - 1] != ".") && names.OwnerOf(tokens[i]) is { } owner)
                yield return (owner, tokens[i]);
        }
    }

    /// <summary>
    /// What a cell declares for others: outside of all brackets, a name between a type (a name, or what ends one) and what begins a body,
    /// parameters or a value. Rather too little than too much: a scratch cell must not be taken for a part of the answer.
    /// </summary>
    private static IEnumerable<string> Declared(List<string> cell)
    {
        int depth = 0;
        for (int i = 0; i + 1 < cell.Count; i++)
        {
            depth += cell[i] switch { "(" or "[" or "{" => 1, ")" or "]" or "}" => -1, _ => 0 };
            if (i > 0 && depth == 0 && CSharpTokens.IsName(cell[i]) && cell[i + 1] is "(" or "=" or ";" or "{" or "," && EndsType(cell, i - 1))
                yield return cell[i];
        }
    }

    private static bool EndsType(List<string> cell, int at) => CSharpTokens.IsName(cell[at])
        ? !NoTypes.Contains(cell[at])
        : cell[at] is "]" or "?" || (cell[at] == ">" && (at == 0 || cell[at - 1] != "="));

    /// <summary>The names under which the library is called: its types, aliases of them, and what a <c>using static</c> makes plain.</summary>
    private sealed class Names
    {
        private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
        private readonly HashSet<string> _opened = new(StringComparer.Ordinal);

        public void Add(List<string> cell)
        {
            string last = "";
            for (int i = cell.Count - 1; i >= 0; i--)
            {
                if (cell[i] == ";")
                    last = i > 0 ? cell[i - 1] : "";
                if (cell[i] != "using" || i + 2 >= cell.Count || !Library.ContainsKey(last))
                    continue;
                if (cell[i + 1] == "static")
                    _opened.Add(last);
                else if (cell[i + 2] == "=")
                    _aliases[cell[i + 1]] = last;
            }
        }

        public string? TypeOf(string name) => _aliases.TryGetValue(name, out string? type) ? type : Library.ContainsKey(name) ? name : null;

        public string? OwnerOf(string member) => _opened.FirstOrDefault(type => Library[type].Contains(member));
    }
}
