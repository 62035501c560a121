namespace Course.Figures.Tests;

public sealed class PaletteTests
{
    public static TheoryData<string, string, double> Inks
    {
        get
        {
            var data = new TheoryData<string, string, double>();
            foreach (var (ink, least) in Palette.Series.Select(ink => (ink, 3.0)).Append((Theme.Text, 7.0)).Append((Theme.Muted, 4.5)))
            {
                data.Add(ink.Light, Theme.Paper.Light, least);
                data.Add(ink.Dark, Theme.Paper.Dark, least);
            }
            for (var place = 0.0; place <= 1; place += 0.125)
            {
                data.Add(Palette.Keyed(place).Light, Theme.Paper.Light, 2);
                data.Add(Palette.Keyed(place).Dark, Theme.Paper.Dark, 2);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Inks))]
    public void Ink_stands_out_from_its_paper(string ink, string paper, double contrast)
    {
        var (a, b) = (Luminance(ink), Luminance(paper));
        Assert.InRange((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05), contrast, 21);
    }

    [Fact]
    public void A_colour_scale_passes_through_its_stops()
    {
        foreach (var scale in new[] { ColorScale.Viridis, ColorScale.Diverging, ColorScale.Greys })
            for (var i = 0; i < scale.Stops.Count; i++)
                Assert.Equal(scale.Stops[i], scale.At((double)i / (scale.Stops.Count - 1)));
        Assert.Equal("#808080", ColorScale.Greys.At(0.5));
    }

    [Fact]
    public void Viridis_grows_lighter_all_the_way_so_that_it_reads_in_grey()
    {
        var luminances = Enumerable.Range(0, 101).Select(i => Luminance(ColorScale.Viridis.At(i / 100.0))).ToArray();
        for (var i = 1; i < luminances.Length; i++) Assert.True(luminances[i] > luminances[i - 1]);
    }

    [Fact]
    public void A_diverging_scale_has_its_middle_at_zero()
    {
        var map = Plot.Heatmap([0, 1], [0, 1], new[,] { { -1, 0 }, { 3.0, 2 } }, ColorScale.Diverging);
        Assert.Equal((-3, 3), map.ZRange);
    }

    [Fact]
    public void Traces_of_one_name_share_a_style_in_all_panels_and_others_differ()
    {
        var figure = Gallery.Of("panels");
        var styled = Styled.Of(figure);
        Assert.Equal(styled[0][1].Ink, styled[1][0].Ink);
        Assert.NotEqual(styled[0][0].Ink, styled[0][1].Ink);
        Assert.NotEqual(styled[0][0].Dash, styled[0][1].Dash);
    }

    [Fact]
    public void A_signed_area_is_cut_at_the_zero_of_the_curve()
    {
        var (positive, negative) = Plot.SignedArea([0, 1, 3], [1, -1, 1], "+", "-").Parts();
        Assert.Equal([0, 0.5, 1, 2, 3], positive.X);
        Assert.Equal([1, 0, 0, 0, 1.0], positive.Upper);
        Assert.Equal([0, 0, -1, 0, 0.0], negative.Upper);
    }

    private static double Luminance(string color)
    {
        double Linear(int channel)
        {
            var c = channel / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        var rgb = Convert.FromHexString(color[1..]);
        return 0.2126 * Linear(rgb[0]) + 0.7152 * Linear(rgb[1]) + 0.0722 * Linear(rgb[2]);
    }
}
