using System.Text.Json.Nodes;
using Course.Hosting;

namespace Course.Notebooks.Tests;

/// <summary>Sliders: what the runner keeps, the file beside the notebook, and the page.</summary>
public sealed class SliderTests : IDisposable
{
    private const string Valid =
        """{"parameter":"a < b","unit":"m","values":["1","2"],"at":1,"figure":{"caption":"c","text":"t","widths":{"a":50},"""
        + """ "0.0.x":[0,10000],"0.0.y":[0,null],"0.guides":[[1,5,null]],"0.notes":[[1,2,"n",null,3]]},"steps":[{"0.0.y":[1,2]},{}]}""";

    // A value as a notebook's library makes it, without the library.
    private const string Maker = """
        public sealed class TypeFormatterSourceAttribute : System.Attribute { public System.Type FormatterSourceType { get; set; } }
        public sealed class Formatter
        {
            public string MimeType { get; set; }
            public System.Func<object, string> Text { get; set; }
            public bool Format(object value, System.IO.TextWriter writer) { writer.Write(Text(value)); return true; }
        }
        public sealed class Source
        {
            public System.Collections.Generic.IEnumerable<object> CreateTypeFormatters()
            {
                yield return new Formatter { MimeType = "image/svg+xml", Text = _ => "<svg/>" };
                yield return new Formatter { MimeType = "application/vnd.relative-entropy.slider+json", Text = v => ((Family)v).Json };
            }
        }
        [TypeFormatterSource(FormatterSourceType = typeof(Source))]
        public sealed class Family { public string Json { get; set; } }
        """;

    private readonly TemporaryFolder _folder = new();

    private static Slider Example => Slider.Read(JsonNode.Parse(Valid))!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_slider_that_is_written_is_read_again()
    {
        string notebook = _folder.File("02-x.ipynb");
        var sliders = new Dictionary<string, Slider> { ["b"] = Example, ["a"] = Example };
        SliderFile.Write(sliders, notebook);
        Assert.Equal(_folder.File("02-x.sliders.json"), SliderFile.Of(notebook));
        string[] lines = File.ReadAllLines(SliderFile.Of(notebook));
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("\"a\": {\"parameter\"", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("\"b\": ", lines[2], StringComparison.Ordinal);

        IReadOnlyDictionary<string, Slider> read = SliderFile.Read(notebook);
        Assert.Equal(["a", "b"], read.Keys.Order());
        Assert.Equal(("a < b", "m", 1, "2 m"), (read["a"].Parameter, read["a"].Unit, read["a"].At, read["a"].Shown));
        Assert.Empty(OutputComparison.Differences(sliders, read));
        Assert.Equal("[1,2]", read["a"].Figure(0)["0.0.y"]!.ToJsonString());
        Assert.Equal("[0,null]", read["a"].Figure(1)["0.0.y"]!.ToJsonString());
    }

    [Fact]
    public void No_file_stays_where_no_slider_is_left()
    {
        string notebook = _folder.File("02-x.ipynb");
        SliderFile.Write(SliderFile.None, notebook);
        SliderFile.Write(new Dictionary<string, Slider> { ["a"] = Example }, notebook);
        Assert.True(File.Exists(SliderFile.Of(notebook)));
        SliderFile.Write(SliderFile.None, notebook);
        Assert.False(File.Exists(SliderFile.Of(notebook)));
        Assert.Empty(SliderFile.Read(notebook));
    }

    public static TheoryData<string> BrokenFiles =>
    [
        "", "{", "[]", "null", "{\"a\": 1}", "{\"a\": null}", "{\"a\": {}}", $"{{\"a\": {Valid}, \"a\": {Valid}}}",
        new string('[', 100_000), "\0\u0001",
    ];

    [Theory, MemberData(nameof(BrokenFiles))]
    public void A_file_that_is_broken_costs_its_sliders_alone(string text)
    {
        string notebook = _folder.File("x.ipynb");
        File.WriteAllText(SliderFile.Of(notebook), text);
        IReadOnlyDictionary<string, Slider> sliders = SliderFile.Read(notebook);
        Assert.Empty(sliders);
        Assert.Equal(Pages.Of(Drawn), Pages.Of(Drawn, sliders));
    }

    [Fact]
    public void A_slider_that_is_broken_costs_no_other()
    {
        string notebook = _folder.File("x.ipynb");
        File.WriteAllText(SliderFile.Of(notebook), $"{{\"a\": {{\"parameter\": 1}}, \"b\": {Valid}}}");
        Assert.Equal("b", Assert.Single(SliderFile.Read(notebook)).Key);
    }

    [Theory]
    [InlineData("\"parameter\":\"a < b\"", "\"parameter\":\"\"")]
    [InlineData("\"parameter\":\"a < b\"", "\"parameter\":{}")]
    [InlineData("\"unit\":\"m\",", "")]
    [InlineData("[\"1\",\"2\"]", "[\"1\"]")]
    [InlineData("[\"1\",\"2\"]", "[\"1\",2]")]
    [InlineData("[\"1\",\"2\"]", "[\"1\",\"2\",\"3\"]")]
    [InlineData("\"at\":1", "\"at\":2")]
    [InlineData("\"at\":1", "\"at\":-1")]
    [InlineData("\"at\":1", "\"at\":0.5")]
    [InlineData("\"caption\":\"c\",", "")]
    [InlineData("\"text\":\"t\"", "\"text\":[]")]
    [InlineData("{\"a\":50}", "{\"a\":\"wide\"}")]
    [InlineData("[0,10000]", "[0,\"1\"]")]
    [InlineData("[0,10000]", "{\"length\":1e9}")]
    [InlineData("\"0.0.x\"", "\"0.x.x\"")]
    [InlineData("\"0.0.x\"", "\"__proto__\"")]
    [InlineData("[[1,5,null]]", "[[1,null,null]]")]
    [InlineData("[[1,5,null]]", "[[1,5]]")]
    [InlineData("\"n\",null,3", "null,null,3")]
    [InlineData("\"n\",null,3", "\"n\",null,\"3\"")]
    [InlineData("{\"0.0.y\":[1,2]}", "{\"0.1.y\":[1,2]}")]
    [InlineData("{\"0.0.y\":[1,2]}", "{\"0.0.y\":null}")]
    [InlineData("{\"0.0.y\":[1,2]}", "[]")]
    [InlineData(",{}]", "]")]
    public void What_is_no_slider_is_not_read_as_one(string part, string instead)
    {
        Assert.Contains(part, Valid, StringComparison.Ordinal);
        Assert.Null(Slider.Read(JsonNode.Parse(Valid.Replace(part, instead, StringComparison.Ordinal))));
    }

    [Fact]
    public void The_page_has_the_control_the_data_and_the_script_once_and_none_without_a_slider()
    {
        string page = Pages.Of(Drawn, new Dictionary<string, Slider> { ["a"] = Example });
        Assert.Contains("<label for=\"slider-a\">a &lt; b</label>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<input type=\"range\" id=\"slider-a\" min=\"0\" max=\"1\" step=\"1\" value=\"1\" aria-valuetext=\"2 m\"", page,
            StringComparison.Ordinal);
        Assert.Contains("<output for=\"slider-a\" aria-live=\"off\">2 m</output>", page, StringComparison.Ordinal);
        Assert.Contains("class=\"slider-control\" hidden>", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split(SliderOnPage.Script).Length);
        Assert.Equal(2, page.Split("class=\"slider-data\">").Length);
        Assert.DoesNotContain("a < b", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{\"layout\":1}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("slider", Pages.Of(Drawn), StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_is_below_eight_kilobytes_and_needs_nothing_from_elsewhere()
    {
        Assert.InRange(SliderOnPage.Script.Length, 1, 8191);
        Assert.DoesNotContain(
            "http", SliderOnPage.Script.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("fetch(", SliderOnPage.Script, StringComparison.Ordinal);
        Assert.DoesNotContain("</script", SliderOnPage.Script, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_tagged_cell_gives_its_slider_beside_the_notebook_which_stores_the_default_alone()
    {
        NotebookRun run = await RunAsync(tag: "slider", Json(Valid));
        Assert.True(run.Ok, run.Failure?.Message);
        Assert.Empty(OutputComparison.Differences(new Dictionary<string, Slider> { ["c1"] = Example }, run.Sliders));
        Assert.Equal(["image/svg+xml", "text/plain"], Shown(run));
    }

    [Fact]
    public async Task Without_the_tag_the_figure_is_shown_and_there_is_no_slider()
    {
        NotebookRun run = await RunAsync(tag: "other", Json(Valid));
        Assert.True(run.Ok, run.Failure?.Message);
        Assert.Empty(run.Sliders);
        Assert.Equal(["image/svg+xml", "text/plain"], Shown(run));
    }

    [Theory]
    [InlineData("1 + 1")]
    [InlineData("new Family { Json = \"{}\" }")]
    [InlineData("var x = 1;")]
    public async Task A_tagged_cell_without_a_slider_fails_and_says_what_it_lacks(string cell)
    {
        NotebookRun run = await RunAsync(tag: "slider", cell);
        Assert.Equal("no slider: cell 2: it has the tag 'slider', but its value is no Figure.Family", run.Failure!.Message);
        Assert.Empty(run.Sliders);
    }

    [Theory]
    [InlineData("[1,2]", "[2,2]", true)]
    [InlineData("[1,2]", "[3,2]", false)]
    [InlineData("[1,2]", "[1,null]", false)]
    [InlineData("\"caption\":\"c\"", "\"caption\":\"d\"", false)]
    [InlineData("\"values\":[\"1\"", "\"values\":[\"1.0\"", false)]
    [InlineData("{\"0.0.y\":[1,2]}", "{\"0.0.y\":[1,2],\"caption\":\"c\"}", true)]
    public void Stored_sliders_are_those_that_come_out_but_for_a_ten_thousandth_of_an_axis(string part, string instead, bool same)
    {
        Slider changed = Slider.Read(JsonNode.Parse(Valid.Replace(part, instead, StringComparison.Ordinal)))!;
        var other = new Dictionary<string, Slider> { ["a"] = changed };
        IReadOnlyList<string> differences = OutputComparison.Differences(new Dictionary<string, Slider> { ["a"] = Example }, other);
        Assert.Equal(same, differences.Count == 0);
        Assert.Contains("a", Assert.Single(OutputComparison.Differences(SliderFile.None, other)), StringComparison.Ordinal);
        Assert.Contains("a", Assert.Single(OutputComparison.Differences(other, SliderFile.None)), StringComparison.Ordinal);
    }

    private static Notebook Drawn => new(
        [
            new CodeCell("a", "figure", [], 1,
            [
                new DataOutput(
                    new JsonObject
                    {
                        ["image/svg+xml"] = "<svg/>",
                        ["application/vnd.plotly.v1+json"] = new JsonObject { ["layout"] = 1 },
                        ["text/plain"] = "t",
                    },
                    [], 1),
            ]),
        ],
        []);

    private static IEnumerable<string> Shown(NotebookRun run) =>
        Assert.IsType<DataOutput>(Assert.Single(run.Notebook.CodeCells.Last().Outputs)).Data.Select(entry => entry.Key);

    private static string Json(string json) => $"new Family {{ Json = \"\"\"{json}\"\"\" }}";

    private async Task<NotebookRun> RunAsync(string tag, string cell)
    {
        await using var sessions = new SessionPool(Compilers.Shared, new ChildOptions(_folder.Path), ahead: 0);
        var runner = new NotebookRunner(sessions, new Redaction(_folder.Path), TimeLimit.Of(TimeSpan.FromSeconds(60)));
        var tagged = new CodeCell("c1", cell, new JsonObject { ["tags"] = new JsonArray(tag) }, null, []);
        var notebook = new Notebook([new CodeCell("c0", Maker, [], null, []), tagged], []);
        return await runner.RunAsync(notebook, _folder.Path, cancellation: TestContext.Current.CancellationToken);
    }
}
