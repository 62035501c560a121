using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Course.Checks;

/// <summary>One instruction of a method's code.</summary>
/// <param name="Offset">Where it stands.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">The token, the number of the variable, or the place to which it jumps; 0 where it has none of them.</param>
/// <param name="Targets">The places to which a <c>switch</c> jumps.</param>
internal readonly record struct Instruction(int Offset, OpCode Code, int Operand, IReadOnlyList<int> Targets)
{
    private const int TwoBytes = 0xFE;

    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>Whether the operand is the token of a method, a field or a type.</summary>
    public bool HasToken => Code.OperandType
        is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok or OperandType.InlineSig;

    /// <summary>The instructions of a method, up to the first byte that begins none (ECMA-335, partition III).</summary>
    public static IEnumerable<Instruction> Of(byte[] il)
    {
        for (int at = 0; at < il.Length;)
        {
            int offset = at, value = il[at++];
            if (value == TwoBytes && at < il.Length)
                value = value << 8 | il[at++];
            if (!Codes.TryGetValue(value, out OpCode code) || SizeOfOperand(code, il.AsSpan(at)) is not { } size || size > il.Length - at)
                yield break;
            int next = at + size;
            yield return new(offset, code, ReadOperand(code, il.AsSpan(at, size), next), ReadTargets(code, il.AsSpan(at, size), next));
            at = next;
        }
    }

    private static int? SizeOfOperand(OpCode code, ReadOnlySpan<byte> rest) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch =>
            BinaryPrimitives.TryReadInt32LittleEndian(rest, out int n) && n >= 0 && n < rest.Length / 4 ? 4 + 4 * n : null,
        _ => 4,
    };

    private static int ReadOperand(OpCode code, ReadOnlySpan<byte> bytes, int next) => code.OperandType switch
    {
        OperandType.ShortInlineBrTarget => next + (sbyte)bytes[0],
        OperandType.ShortInlineVar => bytes[0],
        OperandType.InlineVar => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        OperandType.InlineBrTarget => next + BinaryPrimitives.ReadInt32LittleEndian(bytes),
        OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok or OperandType.InlineSig =>
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
        _ => 0,
    };

    private static int[] ReadTargets(OpCode code, ReadOnlySpan<byte> bytes, int next)
    {
        if (code.OperandType != OperandType.InlineSwitch)
            return [];
        int[] targets = new int[bytes.Length / 4 - 1];
        for (int i = 0; i < targets.Length; i++)
            targets[i] = next + BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i + 4)..]);
        return targets;
    }
}
