using Course.Runner;

namespace Course.Hosting.Tests;

public class RepresentationTests
{
    [Theory]
    [InlineData(null, "null")]
    [InlineData("text", "text")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(true, "True")]
    [InlineData(new[] { 1.5, 2 }, "[1.5, 2]")]
    public void A_plain_value_is_text_in_the_invariant_culture(object? value, string text)
    {
        IReadOnlyDictionary<string, string> data = Representation.Of(value);
        Assert.Equal(text, data["text/plain"]);
        Assert.Single(data);
    }

    [Fact]
    public void Tuples_and_nested_sequences_are_written_out() =>
        Assert.Equal("(1, a, [[1, 2], [3]])", Representation.TextOf((1, "a", new List<int[]> { new[] { 1, 2 }, new[] { 3 } })));

    [Fact]
    public void A_long_sequence_is_cut() =>
        Assert.EndsWith("28, 29, ...]", Representation.TextOf(Enumerable.Range(0, 1_000_000)), StringComparison.Ordinal);

    [Fact]
    public void ToHtml_gives_html_beside_the_text()
    {
        IReadOnlyDictionary<string, string> data = Representation.Of(new WithToHtml());
        Assert.Equal(("<b>h</b>", "text"), (data["text/html"], data["text/plain"]));
    }

    [Fact]
    public void Formatters_named_by_convention_give_their_types_and_a_picture_goes_before_html()
    {
        IReadOnlyDictionary<string, string> data = Representation.Of(new Formatted());
        Assert.Equal(["image/svg+xml", "text/plain"], data.Keys.Order());
        Assert.Equal("<svg/>", data["image/svg+xml"]);
    }

    [Fact]
    public void Each_representation_is_made_once_and_html_only_where_there_is_no_picture()
    {
        var asked = new Asked();
        _ = Representation.Of(asked);
        Assert.Equal(["application/json", "image/svg+xml", "text/plain"], asked.Types.Order());

        var plain = new AskedWithoutPicture();
        _ = Representation.Of(plain);
        Assert.Equal(["text/html", "text/plain"], plain.Types.Order());
    }

    private sealed class WithToHtml
    {
        public string ToHtml() => "<b>h</b>";

        public override string ToString() => "text";
    }

    [TypeFormatterSource(FormatterSourceType = typeof(Source))]
    private sealed class Formatted;

    /// <summary>Remembers what it was asked for.</summary>
    [TypeFormatterSource(FormatterSourceType = typeof(AskedSource))]
    private class Asked
    {
        public List<string> Types { get; } = [];

        public string ToHtml()
        {
            Types.Add("text/html");
            return "<b/>";
        }

        public override string ToString()
        {
            Types.Add("text/plain");
            return "";
        }
    }

    [TypeFormatterSource(FormatterSourceType = typeof(AskedSourceWithoutPicture))]
    private sealed class AskedWithoutPicture : Asked;

    private class AskedSource
    {
        protected virtual string[] Types => ["text/html", "image/svg+xml", "application/json", "text/plain"];

        public IEnumerable<object> CreateTypeFormatters() => Types.Select(type => new AskedFormatter(type));
    }

    private sealed class AskedSourceWithoutPicture : AskedSource
    {
        protected override string[] Types => ["text/html", "text/plain"];
    }

    private sealed class AskedFormatter(string mimeType)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            ((Asked)value).Types.Add(mimeType);
            writer.Write(mimeType);
            return true;
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute : Attribute
    {
        public Type? FormatterSourceType { get; set; }
    }

    private sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() =>
            [new Formatter("text/html", "<i/>"), new Formatter("image/svg+xml", "<svg/>"), new Silent()];
    }

    private sealed class Formatter(string mimeType, string text)
    {
        public string MimeType => mimeType;

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(text);
            return true;
        }
    }

    private sealed class Silent
    {
        public string MimeType => "application/json";

        public bool Format(object value, TextWriter writer) => false;
    }
}
