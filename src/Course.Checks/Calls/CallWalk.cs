using System.Reflection.Emit;

namespace Course.Checks;

/// <summary>One walk through the code that an answer reaches.</summary>
internal sealed class CallWalk
{
    private const int MostSteps = 2_000_000;

    private static readonly string Library = typeof(RelativeEntropy.Divergence).Assembly.GetName().Name!;

    private readonly Dictionary<string, CellAssembly> _cells = new(StringComparer.Ordinal);
    private readonly Effort _effort = new(MostSteps);
    private readonly Lazy<ILookup<MemberName, Assignment>> _assigned;
    private readonly HashSet<MemberName> _reached = [];
    private readonly HashSet<TypeName> _used = [];
    private readonly Queue<MemberName> _open = new();
    private readonly List<LibraryCall> _found = [];

    public CallWalk(IEnumerable<CellAssembly> cells)
    {
        foreach (CellAssembly cell in cells)
            _cells.TryAdd(cell.Name, cell);
        _assigned = new(() => (
            from cell in _cells.Values
            from method in cell.Methods
            from assignment in VariableFlow.Of(cell, method, _effort)
            select assignment).ToLookup(assignment => assignment.Variable));
    }

    /// <summary>The library's members that the code of some methods reaches, the nearest first.</summary>
    public IReadOnlyList<LibraryCall> From(IEnumerable<MemberName> methods)
    {
        foreach (MemberName method in methods)
            Reach(method);
        while (_open.TryDequeue(out MemberName next))
        {
            CellAssembly cell = _cells[next.Type.Assembly];
            foreach ((CellAssembly home, int token) in next.IsField ? Assigned(next) : Named(cell, next))
            {
                if (!_effort.Spend(1))
                    return _found;
                Follow(home, token);
            }
        }
        return _found;
    }

    private IEnumerable<(CellAssembly Cell, int Token)> Assigned(MemberName field) =>
        _assigned.Value[field].SelectMany(assignment => assignment.Sources, (assignment, token) => (assignment.Cell, token));

    private IEnumerable<(CellAssembly Cell, int Token)> Named(CellAssembly cell, MemberName method) =>
        from instruction in cell.Code(method).TakeWhile(_ => _effort.Spend(1))
        where instruction.HasToken && instruction.Code != OpCodes.Stfld && instruction.Code != OpCodes.Stsfld
        select (cell, instruction.Operand);

    private void Follow(CellAssembly cell, int token)
    {
        MemberUse? use = cell.Member(token);
        if (use is not null)
            Reach(use.Member);
        foreach (TypeName type in use?.TypeArguments ?? cell.Types(token))
            Use(type);
    }

    private void Reach(MemberName member)
    {
        if (!_reached.Add(member))
            return;
        if (member.Type.Assembly == Library)
            Found(member);
        else if (_cells.TryGetValue(member.Type.Assembly, out CellAssembly? cell))
        {
            _open.Enqueue(member);
            if (member.IsConstructor)
                Use(member.Type);
            // The static constructor runs before anything else of a type. That of a cell assigns all its static variables: only those
            // that are read are followed.
            if (!member.Type.IsCell && cell.StartOf(member.Type) is { } start && _reached.Add(start))
                _open.Enqueue(start);
        }
    }

    /// <summary>A type is made, or stands for another's parameter: its overrides may be called.</summary>
    private void Use(TypeName type)
    {
        if (!_used.Add(type) || !_cells.TryGetValue(type.Assembly, out CellAssembly? cell))
            return;
        foreach (MemberName method in cell.OverridesOf(type))
            Reach(method);
    }

    private void Found(MemberName member)
    {
        string name = member.Name;
        bool isProperty = name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal);
        var call = new LibraryCall(member.Type.Plain, member.IsConstructor ? "new" : isProperty ? name["get_".Length..] : name);
        if (!_found.Contains(call))
            _found.Add(call);
    }
}
