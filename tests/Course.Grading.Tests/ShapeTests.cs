using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Course.Checks;
using Course.Protocol;

namespace Course.Grading.Tests;

/// <summary>What checks send to answers, and what they get back, is of shapes that cross between two processes as they are.</summary>
public sealed class ShapeTests
{
    private static readonly double[] Numbers =
        [0, -0.0, 0.1, -1, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>Values of every shape.</summary>
    private static readonly Dictionary<Type, object?[]> Shapes = new()
    {
        [typeof(double)] = [.. Numbers],
        [typeof(double?)] = [null, .. Numbers],
        [typeof(double[])] = [null, Array.Empty<double>(), Numbers],
        [typeof(double[][])] = [null, Array.Empty<double[]>(), new[] { Numbers, [], null }],
        [typeof(int)] = [0, int.MinValue, int.MaxValue],
        [typeof(int?)] = [null, 0, int.MinValue],
        [typeof(int[])] = [null, Array.Empty<int>(), new[] { 0, int.MinValue, int.MaxValue }],
        [typeof(bool)] = [true, false],
        [typeof(bool?)] = [null, true, false],
        [typeof(string)] = [null, "", "A", "\"\\\0\n", "\u00e9\ud83d\ude00"],
        [typeof(string[])] = [null, Array.Empty<string>(), new[] { "A", "", null }],
    };

    public static TheoryData<string> Ids => [.. Exercises.All.Select(e => e.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Whatever_an_exercise_asks_for_crosses_as_it_is(string id)
    {
        MethodInfo invoke = Exercises.Find(id).Form.DelegateType.GetMethod("Invoke")!;
        Assert.All(invoke.GetParameters().Select(p => p.ParameterType).Append(invoke.ReturnType), Crosses);
    }

    [Fact]
    public void Every_shape_crosses_as_it_is() => Assert.All(Shapes.Keys, Crosses);

    private static void Crosses(Type type)
    {
        Assert.True(Values.Has(type), $"{type} is none of the shapes");
        foreach (object? value in Shapes[type])
        {
            string sent = Values.ToJson(value, type).GetRawText();
            using var received = JsonDocument.Parse(sent);
            Assert.Equal(Written(value), Written(Values.FromJson(received.RootElement, type)));
        }
    }

    /// <summary>A value with every bit of its numbers.</summary>
    private static string Written(object? value) => value switch
    {
        null => "null",
        double number => BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture),
        string text => $"\"{text}\"",
        IEnumerable all => $"[{string.Join(",", all.Cast<object?>().Select(Written))}]",
        _ => $"{value}",
    };
}
