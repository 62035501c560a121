using System.Globalization;

namespace Course.Figures.Tests;

public sealed class CultureTests
{
    [Fact]
    public void Everything_is_written_the_same_under_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var table = Table.Of("x", "y").Row(1.5, -1234567).Row(-0.25f, 3m);
        var expected = Gallery.All.Select(f => f.Value.ToHtml() + f.Value).Append(table.ToHtml() + table).ToArray();
        try
        {
            var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            german.NumberFormat.NumberDecimalSeparator = ",";
            german.NumberFormat.NumberGroupSeparator = ".";
            german.NumberFormat.NegativeSign = "minus";
            CultureInfo.CurrentCulture = german;
            Assert.Equal("minus1,5", (-1.5).ToString());
            Assert.Equal(expected, Gallery.All.Select(f => f.Value.ToHtml() + f.Value).Append(table.ToHtml() + table));
            Assert.Contains("has 2 values", Assert.Throws<ArgumentException>(() => Plot.Line([1.5], [1.5, -2])).Message);
            Assert.Contains("-0.5", Assert.Throws<ArgumentException>(() => Plot.Scatter([1], [1], errors: new[] { -0.5 })).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
