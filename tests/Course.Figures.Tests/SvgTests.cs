using System.Xml.Linq;

namespace Course.Figures.Tests;

public sealed class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => Gallery.Names;

    [Theory, MemberData(nameof(Names))]
    public void A_drawing_is_well_formed_and_all_its_numbers_are_finite(string name)
    {
        var root = XDocument.Parse(Gallery.Of(name).ToSvg()).Root!;
        foreach (var attribute in root.DescendantsAndSelf().Attributes())
        {
            Assert.DoesNotContain("NaN", attribute.Value);
            Assert.DoesNotContain("Infinity", attribute.Value);
            Assert.DoesNotContain("∞", attribute.Value);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_drawing_says_what_it_shows(string name)
    {
        var figure = Gallery.Of(name).WithAlternativeText("What a reader should see.");
        var root = XDocument.Parse(figure.ToSvg()).Root!;
        Assert.Equal("img", root.Attribute("role")!.Value);
        var labels = root.Attribute("aria-labelledby")!.Value.Split(' ');
        Assert.Equal(labels[0], root.Element(Svg + "title")!.Attribute("id")!.Value);
        Assert.Equal(labels[1], root.Element(Svg + "desc")!.Attribute("id")!.Value);
        Assert.Equal("What a reader should see.", root.Element(Svg + "desc")!.Value);
    }

    [Theory, MemberData(nameof(Names))]
    public void All_text_lies_within_the_drawing(string name)
    {
        var figure = Gallery.Of(name);
        var root = XDocument.Parse(figure.ToSvg()).Root!;
        var (width, height) = ((double)root.Attribute("width")!, (double)root.Attribute("height")!);
        foreach (var box in TextBoxes.Of(figure.ToSvg()))
        {
            Assert.True(box.Left >= -0.5 && box.Right <= width + 0.5, $"{box} leaves the width {width}");
            Assert.True(box.Top >= -0.5 && box.Bottom <= height + 0.5, $"{box} leaves the height {height}");
        }
    }

    [Fact]
    public void A_picture_that_stands_alone_carries_its_caption_and_a_page_writes_it_once()
    {
        const string Caption = "What to see: the line rises, and rises, and goes on rising until the edge of the drawing, where it is cut off at last.";
        var figure = Figure.Of(Plot.Line([1, 2], [1, 2])).WithCaption(Caption);
        var drawn = string.Join(" ", XDocument.Parse(figure.ToSvg()).Descendants(Svg + "text").Select(text => text.Value));
        Assert.Contains(Caption, drawn, StringComparison.Ordinal);
        Assert.Single(figure.ToHtml().Split("What to see").Skip(1));
    }

    [Theory, MemberData(nameof(Names))]
    public void No_two_upright_texts_overlap(string name)
    {
        var boxes = TextBoxes.Of(Gallery.Of(name).ToSvg()).Where(box => !box.Turned).ToArray();
        for (var i = 0; i < boxes.Length; i++)
            for (var k = 0; k < i; k++)
                Assert.True(TextBoxes.Apart(boxes[i], boxes[k]), $"{boxes[i]} overlaps {boxes[k]}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_style_and_its_references_are_its_own(string name)
    {
        var root = XDocument.Parse(Gallery.Of(name).ToSvg()).Root!;
        var id = root.Attribute("id")!.Value;
        Assert.Matches("^fig-[0-9a-f]{10}$", id);
        var ids = root.DescendantsAndSelf().Attributes("id").Select(a => a.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, value => Assert.StartsWith(id, value));
        foreach (var reference in root.Descendants().Attributes().Where(a => a.Value.StartsWith("url(#", StringComparison.Ordinal)))
            Assert.Contains(reference.Value[5..^1], ids);
        var style = root.Element(Svg + "style")!.Value;
        var classes = root.Descendants().Attributes("class").SelectMany(a => a.Value.Split(' ')).Distinct();
        Assert.All(classes, name => Assert.Contains($"#{id} .{name}{{", style));
        Assert.Contains("prefers-color-scheme:dark", style);
        Assert.Contains($".vscode-dark #{id}", style);
        Assert.Contains($"[data-jp-theme-light=\"false\"] #{id}", style);
    }

    [Fact]
    public void Other_data_has_another_id_and_the_same_data_the_same()
    {
        static string Id(double y) => XDocument.Parse(Figure.Of(Plot.Line([1, 2], [1, y])).ToSvg()).Root!.Attribute("id")!.Value;
        Assert.Equal(Id(2), Id(2));
        Assert.NotEqual(Id(2), Id(3));
    }

    [Fact]
    public void Noise_in_the_last_bits_does_not_change_a_drawing()
    {
        double[] exact = [0.1, 0.7, 0.3], noisy = [.. exact.Select(Math.BitIncrement)];
        Assert.Equal(Figure.Of(Plot.Line([1, 2, 3], exact)).ToSvg(), Figure.Of(Plot.Line([1, 2, 3], noisy)).ToSvg());
    }

    [Fact]
    public void A_value_that_is_not_finite_breaks_the_line()
    {
        static int Moves(double middle) => XDocument.Parse(Figure.Of(Plot.Line([1, 2, 3, 4, 5], [1, 2, middle, 2, 1])).ToSvg())
            .Descendants(Svg + "g").Single().Elements(Svg + "path").Single().Attribute("d")!.Value.Count(c => c == 'M');
        Assert.Equal(1, Moves(1.5));
        Assert.Equal(2, Moves(double.NaN));
        Assert.Equal(2, Moves(double.PositiveInfinity));
    }

    [Fact]
    public void A_line_at_zero_is_drawn_only_where_ticks_say_what_it_is()
    {
        static int Lines(Figure figure) => XDocument.Parse(figure.ToSvg()).Root!.Elements(Svg + "path").Last().Attribute("d")!.Value.Count(c => c == 'h');
        var figure = Figure.Of(Plot.Line([0, 1], [-1, 1]));
        Assert.Equal(1, Lines(figure.WithoutTicks()));
        Assert.True(Lines(figure) > 2);
    }

    [Fact]
    public void Text_is_escaped() =>
        Assert.Contains("p &amp; &lt;q&gt;", Gallery.Of("line").ToSvg());

    [Fact]
    public void Text_keeps_apart_whatever_the_ranges_sizes_and_scales()
    {
        var random = new Random(20260302);
        for (var trial = 0; trial < 400; trial++)
        {
            var scales = (X: (Scale)random.Next(2), Y: (Scale)random.Next(2));
            double[] x = [.. Enumerable.Range(0, 5).Select(_ => Value())], y = [.. x.Select(_ => Value())];
            var figure = Figure.Of(Plot.Line(x, y, "a", markers: random.Next(2) == 0), Plot.Scatter(y, x, "b"))
                .WithTitle("A title of some words").WithXAxis("an axis", scales.X).WithYAxis("another axis", scales.Y)
                .WithVerticalLine(x[0], "one").WithVerticalLine(x[1], "two").WithAnnotation(x[2], y[2], "three");
            figure = random.Next(3) == 0 ? Figure.Grid(2, figure, figure) : figure;
            figure = figure.WithSize(random.Next(300, 900) * figure.Columns, random.Next(220, 600));

            var boxes = TextBoxes.Of(figure.ToSvg()).Where(box => box.Text is not ("one" or "two" or "three")).ToArray();
            Assert.All(boxes, box => Assert.True(
                box.Left >= -0.5 && box.Right <= figure.Width + 0.5 && box.Top >= -0.5 && box.Bottom <= figure.Height + 0.5, $"{trial}: {box}"));
            for (var i = 0; i < boxes.Length; i++)
                for (var k = 0; k < i; k++)
                    Assert.True(TextBoxes.Apart(boxes[i], boxes[k]), $"trial {trial}: {boxes[i]} overlaps {boxes[k]}");
        }

        double Value() => Math.Pow(10, random.Next(-6, 7)) * (0.1 + random.NextDouble());
    }
}
