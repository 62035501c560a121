using System.Text.Json.Nodes;

namespace Course.Figures.Tests;

/// <summary>The figures that the course's notebooks store, by notebook and number.</summary>
internal static class StoredFigures
{
    public sealed record Stored(JsonObject Chart, string Text, string Svg)
    {
        public Figure Read() => Figure.Read(Chart, Text);
    }

    private static readonly Lazy<SortedDictionary<string, Stored>> Figures = new(Load);

    public static TheoryData<string> Names => [.. Figures.Value.Keys];

    public static Stored Of(string name) => Figures.Value[name];

    private static SortedDictionary<string, Stored> Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Course.sln"))) folder = folder.Parent!;
        var figures = new SortedDictionary<string, Stored>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder.FullName, "notebooks"), "*.ipynb"))
        {
            var number = 0;
            var cells = JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray();
            foreach (var output in cells.SelectMany(cell => cell!["outputs"] as JsonArray ?? []))
                if (output!["data"] is JsonObject data && data["image/svg+xml"] is { } svg)
                    figures.Add($"{Path.GetFileNameWithoutExtension(path)} {++number:00}",
                        new Stored((JsonObject)data["application/vnd.plotly.v1+json"]!, Joined(data["text/plain"]!), Joined(svg)));
        }
        return figures;

        static string Joined(JsonNode lines) =>
            lines is JsonArray list ? string.Concat(list.Select(line => line!.ToString())) : lines.ToString();
    }
}
