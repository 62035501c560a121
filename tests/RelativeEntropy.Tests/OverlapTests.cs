using System.Runtime.InteropServices;
using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>
/// Every function that writes into the caller's memory, with that memory laid over each other argument: it refuses and has changed nothing,
/// or it was given one span in place of another and is right.
/// </summary>
public class OverlapTests
{
    private static readonly LinearGaussianModel Model = new([0, 0], [2, 0.5, 0.5, 1], [1, 2], [0], [1]);

    public static TheoryData<string> Functions => [.. Call.Writing.Select(Call.Signature)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Memory_that_overlaps_is_refused_or_does_no_harm(string function)
    {
        Call call = new(Call.Writing.Single(method => Call.Signature(method) == function));
        object?[] arguments = Ordinary(call);
        object?[] before = Copies(arguments);
        Run(call, Copies(arguments));
        int cases = 0;
        for (int written = 0; written < arguments.Length; written++)
        {
            for (int other = 0; other < arguments.Length; other++)
            {
                if (other == written || !IsWritten(call, written) || before[other]?.GetType() != before[written]!.GetType())
                    continue;
                if (before[written] is double[])
                    cases += Overlaps<double>(call, before, written, other);
                else
                    cases += Overlaps<float>(call, before, written, other);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} layouts");
        bool hasOther = call.Parameters.Where((_, i) => before[i] is double[] && !IsWritten(call, i)).Any();
        Assert.True(cases > 0 || !hasOther, "nothing was laid over anything");
    }

    /// <summary>A span of 2^28 doubles has 2^31 bytes. Only the beginning of the long ones is memory, and only there is written.</summary>
    [Fact]
    public void A_span_of_two_gigabytes_apart_from_the_others_is_accepted()
    {
        double[] memory = [0.25, 0.75, 0.5, 0.5, 0, 0, 0, 0];
        Span<double> p = memory.AsSpan(0, 2), q = memory.AsSpan(2, 2), gradient = memory.AsSpan(4, 2);
        Span<double> longer = MemoryMarshal.CreateSpan(ref memory[6], 1 << 28);
        double expected = Divergence.KullbackLeibler(p, q);
        Assert.Equal(expected, Divergence.KullbackLeiblerGradient(p, q, longer, gradient));
        Assert.Equal(expected, Divergence.KullbackLeiblerGradient(p, q, gradient, longer));
        Divergence.KullbackLeiblerRows(p, q, 2, longer);
        Assert.Equal(expected, longer[0]);
    }

    [Theory]
    [InlineData(0, 4, false)]
    [InlineData(0, 5, true)]
    [InlineData(0, 16, true)]
    [InlineData(5, 1, true)]
    [InlineData(7, 3, true)]
    [InlineData(8, 2, false)]
    [InlineData(6, 0, false)]
    public void Doubles_and_floats_are_distinct_where_no_byte_is_in_both(int start, int length, bool overlap)
    {
        double[] memory = new double[8];
        ArgumentException? refusal = null;
        try
        {
            ReadOnlySpan<float> narrow = MemoryMarshal.Cast<double, float>(memory).Slice(start, length);
            Check.Distinct<double, float>(memory.AsSpan(2, 2), nameof(memory), narrow, nameof(narrow));
        }
        catch (ArgumentException e)
        {
            refusal = e;
        }

        Assert.Equal(overlap ? "narrow" : null, refusal?.ParamName);
    }

    [Fact]
    public void Every_function_with_a_span_to_write_to_is_tried()
    {
        Assert.True(Call.Writing.Length >= 80, $"{Call.Writing.Length} functions");
        Assert.All(Call.Writing, method => Assert.NotEmpty(Ordinary(new Call(method))));
    }

    private static int Overlaps<T>(Call call, object?[] ordinary, int written, int other)
        where T : struct
    {
        int cases = 0, lengthOfOther = ((T[])ordinary[other]!).Length, lengthOfWritten = ((T[])ordinary[written]!).Length;
        foreach (int offset in new[] { 0, 1, -1 })
        {
            if (offset >= lengthOfOther || -offset >= lengthOfWritten)
                continue;
            cases++;
            int startOfOther = Math.Max(0, -offset), startOfWritten = Math.Max(0, offset);
            var shared = new T[Math.Max(startOfOther + lengthOfOther, startOfWritten + lengthOfWritten)];
            ((T[])ordinary[written]!).CopyTo(shared, startOfWritten);
            ((T[])ordinary[other]!).CopyTo(shared, startOfOther);
            T[] before = [.. shared];

            object?[] apart = Copies(ordinary), together = Copies(ordinary);
            (apart[written], apart[other]) = (Slice(shared, startOfWritten, lengthOfWritten), Slice(shared, startOfOther, lengthOfOther));
            object? right = Run(call, apart, out ArgumentException? fault);
            object?[] parts = Parts(call, together);
            parts[written] = new Part<T>(shared, startOfWritten, lengthOfWritten);
            parts[other] = new Part<T>(shared, startOfOther, lengthOfOther);
            string layout = $"{call.Parameters[written].Name} at {offset} of {call.Parameters[other].Name}";

            ArgumentException? refusal = null;
            object? actual = null;
            try
            {
                actual = call.On(Target(call), parts);
            }
            catch (ArgumentException e)
            {
                refusal = e;
            }

            if (refusal is not null)
            {
                Assert.True(
                    refusal.ParamName == call.Parameters[written].Name || refusal.ParamName == call.Parameters[other].Name,
                    $"{layout}: {refusal.Message}");
                Assert.True(before.AsSpan().SequenceEqual(shared), $"{layout}: refused, and the memory is changed");
                continue;
            }

            bool isInPlace = offset == 0 && call.Parameters[written].Name != "work" && !IsWritten(call, other);
            Assert.True(isInPlace, $"{layout} is accepted");
            Assert.Null(fault);
            Assert.Equal(right, actual);
            Assert.Equal((T[])apart[written]!, Slice(shared, startOfWritten, lengthOfWritten));
            for (int i = 0; i < apart.Length; i++)
            {
                if (i != written && i != other && apart[i] is Array expected)
                    Assert.Equal(expected, (Array)together[i]!);
            }
        }

        return cases;
    }

    private static object?[] Ordinary(Call call) => [.. call.Parameters.Select(p => Arguments.Of(call.Method, p).GetValue(0))];

    private static bool IsWritten(Call call, int i) => Arguments.IsSpan(call.Parameters[i].ParameterType, typeof(Span<>));

    private static object? Run(Call call, object?[] arguments) => call.On(Target(call), Parts(call, arguments));

    private static object? Run(Call call, object?[] arguments, out ArgumentException? fault)
    {
        fault = null;
        try
        {
            return Run(call, arguments);
        }
        catch (ArgumentException e)
        {
            fault = e;
            return null;
        }
    }

    private static LinearGaussianModel? Target(Call call) => call.Method.IsStatic ? null : Model;

    private static object?[] Parts(Call call, object?[] arguments) =>
    [
        .. arguments.Select((x, i) => !call.Parameters[i].ParameterType.IsByRefLike ? x
            : Part.Of((Array)x!)),
    ];

    private static object?[] Copies(object?[] arguments) => [.. arguments.Select(x => x is Array array ? array.Clone() : x)];

    private static T[] Slice<T>(T[] array, int start, int length) => array.AsSpan(start, length).ToArray();
}
