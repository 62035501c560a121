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

    /// <summary>Values of every shape that an exercise uses.</summary>
    private static readonly Dictionary<Type, object?[]> Samples = new()
    {
        [typeof(double)] = [.. Numbers],
        [typeof(double?)] = [null, .. Numbers],
        [typeof(double[])] = [null, Array.Empty<double>(), Numbers],
        [typeof(double[][])] = [null, Array.Empty<double[]>(), new[] { Numbers, [], null }],
        [typeof(int)] = [0, int.MinValue, int.MaxValue],
        [typeof(bool)] = [true, false],
        [typeof(string)] = [null, "", "A", "\"\\\0\n", "\u00e9\ud83d\ude00"],
    };

    public static TheoryData<string> Ids => [.. Exercises.All.Select(e => e.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Whatever_an_exercise_asks_for_crosses_as_it_is(string id)
    {
        MethodInfo invoke = Exercises.Find(id).Form.DelegateType.GetMethod("Invoke")!;
        foreach (Type type in invoke.GetParameters().Select(p => p.ParameterType).Append(invoke.ReturnType))
        {
            Assert.True(Values.Has(type), $"{type} is none of the shapes");
            Assert.True(Samples.TryGetValue(type, out object?[]? values), $"{type} needs values here");
            foreach (object? value in values)
            {
                string sent = Values.ToJson(value, type).GetRawText();
                using var received = JsonDocument.Parse(sent);
                Assert.Equal(Written(value), Written(Values.FromJson(received.RootElement, type)));
            }
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
