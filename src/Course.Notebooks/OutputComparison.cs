using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Course.Notebooks;

/// <summary>
/// Whether a notebook's stored outputs are what its code gives. Text must be the same but for its numbers, which may differ
/// by <see cref="RelativeTolerance"/> or <see cref="AbsoluteTolerance"/>; a figure is compared by its data, and its drawing
/// to <see cref="DrawingTolerance"/> of a unit; of a cell with the tag <c>volatile</c> only the kinds of its outputs count.
/// </summary>
public static partial class OutputComparison
{
    /// <summary>The largest relative difference of two numbers that count as the same.</summary>
    public const double RelativeTolerance = 1e-9;

    /// <summary>The largest absolute difference of two numbers that count as the same.</summary>
    public const double AbsoluteTolerance = 1e-12;

    /// <summary>The largest difference of two coordinates of a drawing: they are written to hundredths.</summary>
    public const double DrawingTolerance = 0.011;

    /// <summary>The largest difference of two places on an axis that count as the same: they are whole numbers, rounded.</summary>
    public const double PlaceTolerance = 1;

    private const string Volatile = "volatile";

    /// <summary>Compares a notebook with an execution of it.</summary>
    /// <returns>A line for each difference; none where the outputs are up to date.</returns>
    public static IReadOnlyList<string> Differences(Notebook stored, Notebook executed)
    {
        CodeCell[] before = [.. stored.CodeCells];
        CodeCell[] after = [.. executed.CodeCells];
        if (before.Length != after.Length)
            return [$"{before.Length} code cells are stored, {after.Length} were executed"];
        return [.. before.Zip(after).SelectMany((pair, i) => Differences(pair.First, pair.Second).Select(d => $"cell {i + 1}: {d}"))];
    }

    /// <summary>
    /// Compares the sliders that lie beside a notebook with those of an execution: texts as above, and places on an axis to one of ten
    /// thousand.
    /// </summary>
    /// <returns>A line for each difference; none where they are up to date.</returns>
    public static IReadOnlyList<string> Differences(
        IReadOnlyDictionary<string, Slider> stored, IReadOnlyDictionary<string, Slider> executed) =>
    [
        .. stored.Keys.Except(executed.Keys).Select(cell => $"cell '{cell}' has no slider, and one is stored"),
        .. executed.Keys.Except(stored.Keys).Select(cell => $"the slider of cell '{cell}' is not stored"),
        .. stored.Keys.Intersect(executed.Keys).SelectMany(cell =>
            Differences(stored[cell], executed[cell]).Take(1).Select(d => $"the slider of cell '{cell}': {d}")),
    ];

    private static IEnumerable<string> Differences(Slider stored, Slider executed)
    {
        if ((stored.Parameter, stored.Unit, stored.At) != (executed.Parameter, executed.Unit, executed.At)
            || !stored.Values.SequenceEqual(executed.Values))
        {
            return ["its label, its values or the first of them are not those that come out"];
        }
        return Enumerable.Range(0, stored.Values.Count).SelectMany(step =>
        {
            IReadOnlyDictionary<string, JsonNode?> before = stored.Figure(step), after = executed.Figure(step);
            return before.Keys.ToHashSet().SetEquals(after.Keys)
                ? before.SelectMany(entry =>
                    JsonDifference($"{entry.Key} at {stored.Values[step]}", entry.Value, after[entry.Key], PlaceTolerance))
                : ["the figure has other traces than the one that comes out"];
        });
    }

    private static IEnumerable<string> Differences(CodeCell stored, CodeCell executed)
    {
        if (stored.Source != executed.Source)
            return ["its code is not the code that was executed"];
        if (stored.ExecutionCount != executed.ExecutionCount)
            return [$"its execution count is {stored.ExecutionCount?.ToString() ?? "missing"}, and should be {executed.ExecutionCount?.ToString() ?? "missing"}"];
        if (!stored.Outputs.Select(Kind).SequenceEqual(executed.Outputs.Select(Kind)))
            return [$"it stores the outputs [{string.Join(", ", stored.Outputs.Select(Kind))}] and gives [{string.Join(", ", executed.Outputs.Select(Kind))}]"];
        return stored.HasTag(Volatile) ? [] : stored.Outputs.Zip(executed.Outputs).SelectMany(pair => Differences(pair.First, pair.Second));
    }

    private static string Kind(Output output) => output switch
    {
        StreamOutput stream => stream.Name,
        DataOutput data => $"{(data.ExecutionCount is null ? "display" : "result")} {string.Join("+", data.Data.Select(d => d.Key).Order(StringComparer.Ordinal))}",
        _ => "error",
    };

    private static IEnumerable<string> Differences(Output stored, Output executed) => (stored, executed) switch
    {
        (StreamOutput s, StreamOutput e) => TextDifference(s.Name, s.Text, e.Text, RelativeTolerance, AbsoluteTolerance),
        (DataOutput s, DataOutput e) => s.Data.SelectMany(d => MimeTypes.IsJson(d.Key)
            ? JsonDifference(d.Key, d.Value, e.Data[d.Key], AbsoluteTolerance)
            : TextDifference(d.Key, d.Value!.ToString(), e.Data[d.Key]!.ToString(), RelativeTolerance, Draws(d.Key, s.Data) ? DrawingTolerance : AbsoluteTolerance)),
        (ErrorOutput s, ErrorOutput e) => TextDifference("error", string.Join('\n', s.Traceback), string.Join('\n', e.Traceback), RelativeTolerance, AbsoluteTolerance),
        _ => [],
    };

    /// <summary>Whether two drawings are the same but for differences of coordinates up to <see cref="DrawingTolerance"/>.</summary>
    internal static bool AreSameDrawing(string stored, string drawn) =>
        stored == drawn || !TextDifference(MimeTypes.Svg, stored, drawn, RelativeTolerance, DrawingTolerance).Any();

    private static bool Draws(string type, JsonObject data) => type is MimeTypes.Svg || (type is MimeTypes.Html && data.ContainsKey(MimeTypes.Plotly));

    private static IEnumerable<string> TextDifference(string what, string stored, string executed, double relative, double absolute)
    {
        (stored, executed) = (DrawingId().Replace(stored, "fig"), DrawingId().Replace(executed, "fig"));
        string[] before = Number().Split(stored);
        string[] after = Number().Split(executed);
        if (!before.SequenceEqual(after))
            return [$"{what}: '{Excerpt(stored, executed)}' is stored, '{Excerpt(executed, stored)}' comes out"];
        return Number().Matches(stored).Zip(Number().Matches(executed))
            .Where(pair => !Same(pair.First.Value, pair.Second.Value, relative, absolute))
            .Select(pair => $"{what}: {pair.First.Value} is stored, {pair.Second.Value} comes out").Take(1);
    }

    private static IEnumerable<string> JsonDifference(
        string what, JsonNode? stored, JsonNode? executed, double absolute) => (stored, executed) switch
        {
            (JsonObject s, JsonObject e) when s.Count == e.Count && s.All(x => e.ContainsKey(x.Key)) =>
                s.SelectMany(x => JsonDifference($"{what}.{x.Key}", x.Value, e[x.Key], absolute)),
            (JsonArray s, JsonArray e) when s.Count == e.Count =>
                s.Zip(e).SelectMany((pair, i) => JsonDifference($"{what}[{i}]", pair.First, pair.Second, absolute)),
            (JsonValue s, JsonValue e) when s.GetValueKind() == e.GetValueKind() =>
                TextDifference(
                    what, s.ToJsonString(), e.ToJsonString(), RelativeTolerance,
                    s.GetValueKind() == JsonValueKind.Number ? absolute : AbsoluteTolerance),
            (null, null) => [],
            _ => [$"{what}: the stored figure has another shape than the one that comes out"],
        };

    private static bool Same(string stored, string executed, double relative, double absolute)
    {
        if (stored == executed)
            return true;
        double s = double.Parse(stored, CultureInfo.InvariantCulture);
        double e = double.Parse(executed, CultureInfo.InvariantCulture);
        return Math.Abs(s - e) <= Math.Max(absolute, relative * Math.Max(Math.Abs(s), Math.Abs(e)));
    }

    /// <summary>The line of a text in which it first differs from another.</summary>
    private static string Excerpt(string text, string other)
    {
        int same = text.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        int start = same == 0 ? 0 : text.LastIndexOf('\n', same - 1) + 1;
        string line = text[start..].Split('\n')[0];
        return line.Length <= 100 ? line : line[..100] + "...";
    }

    /// <summary>A drawing's id, a hash of the drawing: it says nothing that the drawing does not.</summary>
    [GeneratedRegex("fig-[0-9a-f]{10}")]
    private static partial Regex DrawingId();

    [GeneratedRegex(@"(?<!#[0-9A-Fa-f]*)-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")]
    private static partial Regex Number();
}
