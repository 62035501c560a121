namespace Course.Figures.Tests;

public sealed class TableTests
{
    [Fact]
    public void Columns_are_aligned_numbers_to_the_right()
    {
        var table = Table.Of("quantity", "value", "n").Row("H(p)", 1.5, 10).Row("D(p‖q)", double.PositiveInfinity, 2000).Row("π", Math.PI, null);
        Assert.Equal(
            """
            quantity    value     n
            --------  -------  ----
            H(p)          1.5    10
            D(p‖q)          ∞  2000
            π         3.14159
            """.ReplaceLineEndings("\n"), table.ToString());
        Assert.Equal(2 * 4, table.ToHtml().Split("text-align:right").Length - 1);
    }

    [Theory]
    [InlineData("F2", "3.14")]
    [InlineData("E3", "3.142E+000")]
    [InlineData("P1", "314.2 %")]
    public void Fractions_take_the_chosen_format_and_whole_numbers_keep_their_digits(string format, string expected)
    {
        var table = Table.Of("x", "n").Row(Math.PI, 12345678).WithNumberFormat(format).ToString();
        Assert.Contains(expected, table);
        Assert.Contains("12345678", table);
    }

    [Fact]
    public void It_never_changes()
    {
        var empty = Table.Of("x");
        _ = empty.Row(1);
        Assert.Empty(empty.Rows);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Equal("columns", Assert.Throws<ArgumentException>(() => Table.Of()).ParamName);
        Assert.Contains("2 values", Assert.Throws<ArgumentException>(() => Table.Of("x").Row(1, 2)).Message);
        Assert.Contains("Q", Assert.Throws<ArgumentException>(() => Table.Of("x").WithNumberFormat("Q")).Message);
    }
}
