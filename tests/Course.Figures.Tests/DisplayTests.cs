using System.Collections;
using System.Reflection;
using System.Xml.Linq;

namespace Course.Figures.Tests;

public sealed class DisplayTests
{
    public static TheoryData<string> Names => Gallery.Names;

    private static readonly Table Sample = Table.Of("name", "value").Row("H(p) & <more>", 1.5);

    private static readonly FigureFamily Family = Figure.Family("a", 1, 2, 1, 1, a => Figure.Of(Plot.Line([0, 1.0], [0, a], "line")));

    public static TheoryData<Type, string[]> Shown => new()
    {
        { typeof(Figure), ["application/vnd.plotly.v1+json", "image/svg+xml", "text/html", "text/plain"] },
        { typeof(Table), ["text/html", "text/plain"] },
        {
            typeof(FigureFamily),
            [
                "application/vnd.plotly.v1+json", "application/vnd.relative-entropy.slider+json", "image/svg+xml", "text/html", "text/plain",
            ]
        },
    };

    [Theory, MemberData(nameof(Shown))]
    public void A_host_that_knows_only_names_finds_the_formatters(Type type, string[] mimeTypes)
    {
        object instance = type == typeof(Figure) ? Gallery.Of("line") : type == typeof(Table) ? Sample : Family;
        var attribute = type.GetCustomAttributes().Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        var source = Activator.CreateInstance(sourceType)!;
        var formatters = ((IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>().ToArray();

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var formatter in formatters)
        {
            var format = Assert.Single(formatter.GetType().GetMethods(), method => method.Name == "Format");
            Assert.Equal([typeof(object), typeof(TextWriter)], format.GetParameters().Select(p => p.ParameterType));
            Assert.Equal(typeof(bool), format.ReturnType);
            var writer = new StringWriter();
            Assert.Equal(true, format.Invoke(formatter, [instance, writer]));
            found.Add((string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, writer.ToString());
            Assert.Equal(false, format.Invoke(formatter, [new object(), writer]));
        }
        Assert.Equal(["text/html"], preferred);
        Assert.Equal(mimeTypes, found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(instance.ToString(), found["text/plain"]);
        Assert.All(found.Values, text => Assert.NotEmpty(text));
    }

    [Theory, MemberData(nameof(Shown))]
    public void A_host_that_looks_for_ToHtml_finds_it(Type type, string[] mimeTypes)
    {
        Assert.Contains("text/html", mimeTypes);
        var method = type.GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes)!;
        Assert.Equal(typeof(string), method.ReturnType);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_page_of_a_figure_is_well_formed_and_holds_drawing_and_data(string name)
    {
        var figure = Gallery.Of(name);
        var html = XElement.Parse(figure.ToHtml());
        Assert.Equal("figure", html.Name.LocalName);
        var svg = html.Elements().Single(e => e.Name.LocalName == "svg");
        Assert.Equal(html.Attribute("data-figure")!.Value, svg.Attribute("id")!.Value);
        var scripts = html.Elements("script").ToArray();
        Assert.Equal(figure.ToPlotlyJson(), scripts.Single(s => s.Attribute("type")?.Value == "application/json").Value);
        Assert.Equal(figure.Caption, html.Element("figcaption")?.Value);
        var code = scripts.Single(s => s.Attribute("type") is null).Value;
        Assert.DoesNotContain("§", code);
        Assert.Contains("integrity = 'sha384-", code);
    }

    [Fact]
    public void Text_cannot_end_the_script_that_holds_the_data()
    {
        var html = Figure.Of(Plot.Line([1], [1], "</script><script>alert(1)</script>")).ToHtml();
        Assert.Equal(2, html.Split("</script>").Length - 1);
    }

    [Fact]
    public void The_page_of_a_table_is_well_formed() =>
        Assert.Equal("H(p) & <more>", XElement.Parse(Sample.ToHtml()).Descendants("td").First().Value);

    [Fact]
    public void Plain_text_is_title_alternative_text_and_caption() =>
        Assert.Equal("A\nB\nC", Figure.Of(Plot.Line([1], [1])).WithTitle("A").WithAlternativeText("B").WithCaption("C").ToString());
}
