using System.Collections.Immutable;
using System.Reflection.Emit;

namespace Course.Checks;

/// <summary>What makes a value that a variable is given: the methods, fields and types with these tokens.</summary>
internal readonly record struct Assignment(MemberName Variable, CellAssembly Cell, ImmutableHashSet<int> Sources);

/// <summary>
/// Where the values come from that a method gives to a cell's variables, which are fields. A statement such as a comparison gives its
/// values to none. It is one pass in the order of the code; where branches meet, either may have run.
/// </summary>
internal sealed class VariableFlow
{
    private static readonly ImmutableHashSet<int> None = [];

    private readonly CellAssembly _cell;
    private readonly TypeName? _stateMachine;
    private readonly List<Assignment> _assignments = [];
    private readonly Dictionary<int, State> _waiting = [];
    private ImmutableDictionary<Place, ImmutableHashSet<int>> _places = ImmutableDictionary<Place, ImmutableHashSet<int>>.Empty;
    private ImmutableStack<Value> _stack = [];
    private bool _isReached = true;

    private VariableFlow(CellAssembly cell, MemberName method)
    {
        _cell = cell;
        _stateMachine = method.Name == "MoveNext" && method.Type.Plain.StartsWith('<') ? method.Type : null;
    }

    // Where a value is kept: a local, an argument, or a field.
    private readonly record struct Place(string Kind, int Number, MemberName Field);

    /// <summary>A value on the stack.</summary>
    /// <param name="Sources">What made it.</param>
    /// <param name="Origin">The place where it was kept, itself or what holds it.</param>
    /// <param name="IsAddress">Whether it is the address of that place.</param>
    private readonly record struct Value(ImmutableHashSet<int> Sources, Place? Origin = null, bool IsAddress = false);

    private sealed record State(ImmutableDictionary<Place, ImmutableHashSet<int>> Places, ImmutableStack<Value> Stack);

    /// <summary>What a method gives to variables.</summary>
    public static IReadOnlyList<Assignment> Of(CellAssembly cell, MemberName method, Effort effort)
    {
        var flow = new VariableFlow(cell, method);
        foreach (Instruction instruction in cell.Code(method))
        {
            int cost = flow.Arrive(instruction.Offset);
            flow.Step(instruction);
            if (!effort.Spend(1 + cost + flow.Leave(instruction)))
                break;
        }
        return flow._assignments;
    }

    /// <summary>Where a jump from above arrives, its state joins this one.</summary>
    private int Arrive(int offset)
    {
        if (!_waiting.Remove(offset, out State? jumped))
            return 0;
        _stack = _isReached ? Joined(_stack, jumped.Stack) : jumped.Stack;
        _places = Joined(_places, jumped.Places);
        _isReached = true;
        return jumped.Places.Count;
    }

    /// <summary>Where an instruction jumps to below, this state waits.</summary>
    private int Leave(Instruction instruction)
    {
        int cost = 0;
        FlowControl flow = instruction.Code.FlowControl;
        if (instruction.Code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget or OperandType.InlineSwitch)
        {
            if (instruction.Code == OpCodes.Leave || instruction.Code == OpCodes.Leave_S)
                _stack = [];
            foreach (int target in instruction.Targets.Count > 0 ? instruction.Targets : [instruction.Operand])
            {
                if (target <= instruction.Offset)
                    continue;
                State state = _waiting.GetValueOrDefault(target, new(_places, _stack));
                _waiting[target] = new(Joined(state.Places, _places), Joined(state.Stack, _stack));
                cost += 1 + state.Places.Count;
            }
        }
        if (flow is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
        {
            _isReached = false;
            _stack = [];
        }
        return cost;
    }

    private void Step(Instruction instruction)
    {
        string[] words = instruction.Code.Name!.Split('.');
        MemberUse? use = instruction.HasToken ? _cell.Member(instruction.Operand) : null;
        switch (words[0])
        {
            case "ldloc" or "ldarg" or "ldloca" or "ldarga":
                Place place = Variable(instruction, words);
                Push(new(_places.GetValueOrDefault(place, None), place, words[0].EndsWith('a')));
                break;
            case "stloc" or "starg":
                Keep(Variable(instruction, words), Pop().Sources, isWhole: true);
                break;
            case "dup":
                Value top = Pop();
                Push(top);
                Push(top);
                break;
            case "ldsfld" or "ldsflda" or "ldfld" or "ldflda" when use is { Call: null }:
                Load(use.Member, instruction.Operand,
                    words[0].StartsWith("lds", StringComparison.Ordinal) ? null : Pop(), words[0].EndsWith('a'));
                break;
            case "stsfld" or "stfld" when use is { Call: null }:
                Store(use.Member, Pop().Sources, words[0] == "stsfld" ? null : Pop());
                break;
            case "call" or "callvirt" or "newobj" when use is { Call: { } shape }:
                Call(instruction, use.Member, shape);
                break;
            case "calli" when _cell.Pointer(instruction.Operand) is { } shape:
                Pop();
                Call(instruction, default, shape);
                break;
            case "ldftn" or "ldtoken":
                Push(new([instruction.Operand]));
                break;
            case "ldvirtftn":
                Push(new(Pop().Sources.Add(instruction.Operand)));
                break;
            default:
                Value[] taken = Pop(Count(instruction.Code.StackBehaviourPop));
                ImmutableHashSet<int> sources = Union(taken);
                if (words[0] is "stelem" or "stind" or "stobj" or "cpobj" or "initobj" && taken is [{ Origin: { } origin }, ..])
                    Keep(origin, Union(taken.AsSpan(1)), isWhole: taken[0].IsAddress);
                for (int i = Count(instruction.Code.StackBehaviourPush); i > 0; i--)
                    Push(new(sources, taken.Length > 0 ? taken[0].Origin : null));
                break;
        }
    }

    private void Load(MemberName field, int token, Value? holder, bool isAddress)
    {
        var place = new Place("fld", 0, field);
        if (IsOwn(field))
            Push(new(_places.GetValueOrDefault(place, None), place, isAddress));
        else if (holder is { } value && !field.Type.IsCell)
            Push(new(value.Sources.Add(token), value.Origin ?? place));
        else
            Push(new([token], place, isAddress));
    }

    private void Store(MemberName field, ImmutableHashSet<int> sources, Value? holder)
    {
        Keep(new("fld", 0, field), sources, isWhole: true);
        if (holder is { Origin: { } origin } && !IsOwn(field) && !field.Type.IsCell)
            Keep(origin, sources, isWhole: false);
    }

    private void Call(Instruction instruction, MemberName called, CallShape shape)
    {
        Value[] arguments = Pop(shape.Parameters);
        Value? self = shape.HasThis && instruction.Code != OpCodes.Newobj ? Pop() : null;
        ImmutableHashSet<int> made = Union(arguments).Add(instruction.Operand);
        // An awaiting method hands all that it keeps to the one that will call it again.
        if (called.Name is "AwaitOnCompleted" or "AwaitUnsafeOnCompleted")
            return;
        foreach (Value argument in arguments)
        {
            if (argument is { IsAddress: true, Origin: { } origin })
                Keep(origin, made, isWhole: false);
        }
        // A method that returns nothing is called for what it does to its object; but the object of a cell is all of its variables.
        if (self is { Origin: { } place } && !shape.ReturnsValue && called.Type.Name?.Length > 0 && !called.Type.IsCell)
            Keep(place, made, isWhole: called.IsConstructor && self.Value.IsAddress);
        if (shape.ReturnsValue || instruction.Code == OpCodes.Newobj)
            Push(new(self is { } value ? made.Union(value.Sources) : made));
    }

    private void Keep(Place place, ImmutableHashSet<int> sources, bool isWhole)
    {
        if (place.Kind == "fld" && !IsOwn(place.Field))
        {
            if (!sources.IsEmpty)
                _assignments.Add(new(place.Field, _cell, sources));
        }
        else
            _places = _places.SetItem(place, isWhole ? sources : _places.GetValueOrDefault(place, None).Union(sources));
    }

    // What a method keeps from one await to the next: a local of it.
    private bool IsOwn(MemberName field) => field.Type == _stateMachine;

    private static Place Variable(Instruction instruction, string[] words) => new(
        words[0][2..5],
        instruction.Code.OperandType == OperandType.InlineNone ? words[1][0] - '0' : instruction.Operand,
        default);

    private void Push(Value value) => _stack = _stack.Push(value);

    private Value Pop()
    {
        // A handler begins with an exception that nobody pushed.
        if (_stack.IsEmpty)
            return new(None);
        _stack = _stack.Pop(out Value top);
        return top;
    }

    private Value[] Pop(int count)
    {
        var values = new Value[Math.Min(count, ushort.MaxValue)];
        for (int i = values.Length - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    private static ImmutableStack<Value> Joined(ImmutableStack<Value> one, ImmutableStack<Value> other)
    {
        if (one.IsEmpty || ReferenceEquals(one, other))
            return one;
        Value[] a = [.. one], b = [.. other];
        return a.Length == b.Length ? [.. a.Zip(b, (x, y) => x with { Sources = x.Sources.Union(y.Sources) }).Reverse()] : one;
    }

    private static ImmutableDictionary<Place, ImmutableHashSet<int>> Joined(
        ImmutableDictionary<Place, ImmutableHashSet<int>> one, ImmutableDictionary<Place, ImmutableHashSet<int>> other)
    {
        if (ReferenceEquals(one, other))
            return one;
        var joined = one.ToBuilder();
        foreach ((Place place, ImmutableHashSet<int> sources) in other)
            joined[place] = joined.GetValueOrDefault(place, None).Union(sources);
        return joined.ToImmutable();
    }

    private static ImmutableHashSet<int> Union(ReadOnlySpan<Value> values)
    {
        ImmutableHashSet<int> all = None;
        foreach (Value value in values)
            all = all.IsEmpty ? value.Sources : all.Union(value.Sources);
        return all;
    }

    // Popi_popi takes two; what varies is the pop of a call, or of ret, after which nothing is left.
    private static int Count(StackBehaviour behaviour) => behaviour
        is StackBehaviour.Pop0 or StackBehaviour.Push0 or StackBehaviour.Varpop or StackBehaviour.Varpush
        ? 0
        : behaviour.ToString().Split('_').Length;
}
