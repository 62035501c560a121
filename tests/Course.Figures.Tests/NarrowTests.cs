using System.Xml.Linq;

namespace Course.Figures.Tests;

/// <summary>Figures on a narrow page, those of the gallery and all that the notebooks store.</summary>
public sealed class NarrowTests
{
    private const double SmallestText = 11;

    public static TheoryData<string> Names => [.. Gallery.All.Select(figure => figure.Key), .. StoredFigures.Names.Select(row => row.Data)];

    [Theory, MemberData(nameof(Names))]
    public void Text_is_inside_apart_and_large_enough_to_read(string name)
    {
        var narrow = Of(name).WithCaption(null).ForWidth(PageDrawings.NarrowWidth);
        Assert.InRange(narrow.Width, 160, PageDrawings.NarrowWidth);
        TextBoxes.TextBox[] boxes = [.. TextBoxes.Of(narrow.ToSvg())];
        foreach (var box in boxes)
        {
            Assert.True(box.Left >= -0.5 && box.Right <= narrow.Width + 0.5, $"{box} leaves the width {narrow.Width}");
            Assert.True(box.Top >= -0.5 && box.Bottom <= narrow.Height + 0.5, $"{box} leaves the height {narrow.Height}");
            Assert.True(box.Size >= SmallestText, $"{box} is small");
        }
        TextBoxes.TextBox[] upright = [.. boxes.Where(box => !box.Turned)];
        for (var i = 0; i < upright.Length; i++)
            for (var k = 0; k < i; k++)
                Assert.True(TextBoxes.Apart(upright[i], upright[k]), $"{upright[i]} overlaps {upright[k]}");
    }

    [Theory, MemberData(nameof(Names))]
    public void It_shows_every_panel_trace_and_title_of_the_wide_drawing(string name)
    {
        var wide = Of(name);
        var narrow = wide.ForWidth(PageDrawings.NarrowWidth);
        Assert.Equal(wide.Panels, narrow.Panels);
        Assert.Equal(wide.AlternativeText, narrow.AlternativeText);
        string[] title = Words(wide.Title);
        string drawn = string.Join(" ", TextBoxes.Of(narrow.ToSvg()).Take(title.Length).Select(box => box.Text));
        Assert.Equal(title, Words(drawn)[..title.Length]);

        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void Panels_stand_one_below_another_and_pictures_side_by_side_as_far_as_they_go()
    {
        static Figure Line() => Figure.Of(Plot.Line([0, 1], [0, 1]));
        static Figure Picture() =>
            Figure.Of(Plot.Heatmap([0, 1.0], [0, 1.0], new[,] { { 0, 1.0 }, { 1, 0 } }, ColorScale.Greys, colorBar: false)).WithoutTicks();
        Assert.Equal(1, Figure.Grid(3, Line(), Line(), Line()).ForWidth(340).Columns);
        Assert.Equal(2, Figure.Grid(2, Line(), Line()).ForWidth(560).Columns);
        Assert.Equal(2, Figure.Grid(4, Picture(), Picture(), Picture(), Picture()).ForWidth(340).Columns);
    }

    [Fact]
    public void A_figure_that_is_narrow_enough_stays_as_it_is()
    {
        var figure = Figure.Of(Plot.Line([0, 1], [0, 1])).WithSize(300, 200);
        Assert.Same(figure, figure.ForWidth(340));
        Assert.Null(figure.ToPage().Narrow);
    }

    [Fact]
    public void A_unit_stays_as_long_along_x_as_along_y_and_fills_the_width()
    {
        var figure = Figure.Of(Plot.Line([0, 1], [0, 1])).WithEqualAspect().WithXAxis("x", min: 0, max: 1).WithYAxis("y", min: 0, max: 1);
        var narrow = figure.ForWidth(340);
        Assert.InRange(narrow.Height, 300, 380);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_drawings_of_a_page_are_well_formed_say_what_they_show_and_share_no_id(string name)
    {
        var figure = Of(name).WithAlternativeText("What a reader should see.");
        var page = figure.ToPage();
        XElement[] drawings = [.. new[] { page.Wide, page.Narrow }.OfType<string>().Select(XElement.Parse)];
        Assert.All(drawings, svg =>
        {
            Assert.Equal("img", svg.Attribute("role")!.Value);
            Assert.EndsWith("What a reader should see.", svg.Attribute("aria-label")!.Value, StringComparison.Ordinal);
            Assert.Empty(svg.Descendants("style"));
        });
        string[] ids = [.. drawings.SelectMany(svg => svg.DescendantsAndSelf().Attributes("id")).Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        string[] values = [.. drawings.SelectMany(svg => svg.Descendants().Attributes()).Select(attribute => attribute.Value)];
        foreach (var reference in values.Where(value => value.StartsWith("url(#", StringComparison.Ordinal)))
            Assert.Contains(reference[5..^1], ids);
        foreach (var ink in values.Where(value => value.StartsWith("var(--", StringComparison.Ordinal)))
            Assert.Contains(ink[4..^1] + ":", page.Inks, StringComparison.Ordinal);
    }

    private static Figure Of(string name) => Gallery.All.Any(figure => figure.Key == name) ? Gallery.Of(name) : StoredFigures.Of(name).Read();
}
