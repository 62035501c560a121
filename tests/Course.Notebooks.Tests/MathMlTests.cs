using System.Xml.Linq;

namespace Course.Notebooks.Tests;

/// <summary>TeX as MathML.</summary>
public sealed class MathMlTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("12.5", "<mn>12.5</mn>")]
    [InlineData("1{,}000", "<mn>1,000</mn>")]
    [InlineData(@"\theta", "<mi>θ</mi>")]
    [InlineData(@"\Sigma", "<mi mathvariant=\"normal\">Σ</mi>")]
    [InlineData(@"\mathrm{KL}", "<mi>KL</mi>")]
    [InlineData(@"\mathrm d", "<mi mathvariant=\"normal\">d</mi>")]
    [InlineData(@"\mathbb E", "<mi>𝔼</mi>")]
    [InlineData(@"\mathcal L", "<mi>ℒ</mi>")]
    [InlineData(@"\mathbf x", "<mi>𝐱</mi>")]
    [InlineData(@"\boldsymbol\theta", "<mi>𝜽</mi>")]
    [InlineData(@"\boldsymbol\Sigma", "<mi>𝚺</mi>")]
    [InlineData(@"\infty", "<mi>∞</mi>")]
    [InlineData(@"\nabla", "<mi mathvariant=\"normal\">∇</mi>")]
    [InlineData(@"\text{if $x$ is}", "<mrow><mtext>if&#160;</mtext><mi>x</mi><mtext>&#160;is</mtext></mrow>")]
    [InlineData(@"\texttt{kl\_div}", "<mtext class=\"tex-mono\">kl_div</mtext>")]
    public void A_letter_a_number_and_a_word_are_one_element(string tex, string math) => Assert.Equal(math, Inside(tex));

    [Theory]
    [InlineData("x_i", "<msub><mi>x</mi><mi>i</mi></msub>")]
    [InlineData("x^2_i", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>")]
    [InlineData("x^10", "<mrow><msup><mi>x</mi><mn>1</mn></msup><mn>0</mn></mrow>")]
    [InlineData("f''", "<msup><mi>f</mi><mo lspace=\"0\" rspace=\"0\">′′</mo></msup>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\sqrt[3]x", "<mroot><mi>x</mi><mn>3</mn></mroot>")]
    [InlineData(@"\hat p", "<mover accent=\"true\"><mi>p</mi><mo stretchy=\"false\">ˆ</mo></mover>")]
    [InlineData(@"\overset{a}{x}", "<mover><mi>x</mi><mi>a</mi></mover>")]
    [InlineData(@"\underset{a}{x}", "<munder><mi>x</mi><mi>a</mi></munder>")]
    [InlineData(@"\underbrace{x}_a",
        "<munder><munder accentunder=\"true\"><mi>x</mi><mo stretchy=\"true\">⏟</mo></munder><mi>a</mi></munder>")]
    [InlineData(@"\boxed x", "<mrow class=\"tex-boxed\"><mstyle displaystyle=\"true\" scriptlevel=\"0\"><mi>x</mi></mstyle></mrow>")]
    [InlineData(@"\textcolor{red}x", "<mstyle mathcolor=\"red\"><mi>x</mi></mstyle>")]
    [InlineData(@"\phantom x", "<mphantom><mi>x</mi></mphantom>")]
    public void A_construct_holds_its_parts_in_order(string tex, string math) => Assert.Equal(math, Inside(tex));

    [Theory]
    [InlineData(@"\sum_i", "msub", "munder")]
    [InlineData(@"\prod_{i=1}^n", "msubsup", "munderover")]
    [InlineData(@"\max_x", "msub", "munder")]
    [InlineData(@"\arg\min_x", "msub", "munder")]
    [InlineData(@"\operatorname*{ess\,sup}_x", "msub", "munder")]
    [InlineData(@"\int_0^1", "msubsup", "msubsup")]
    [InlineData(@"\log_2", "msub", "msub")]
    [InlineData(@"\operatorname{tr}_x", "msub", "msub")]
    [InlineData(@"\sum\limits_i", "munder", "munder")]
    [InlineData(@"\sum\nolimits_i", "msub", "msub")]
    public void Limits_stand_beside_in_a_line_and_below_in_a_display(string tex, string inLine, string display)
    {
        Assert.Equal(inLine, Root(tex, display: false).Name.LocalName);
        Assert.Equal(display, Root(tex, display: true).Name.LocalName);
    }

    [Theory]
    [InlineData("a=b", "<mi>a</mi><mo>=</mo><mi>b</mi>")]
    [InlineData("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData("-b", "<mo form=\"prefix\">−</mo><mi>b</mi>")]
    [InlineData("a=-b", "<mi>a</mi><mo>=</mo><mo form=\"prefix\">−</mo><mi>b</mi>")]
    [InlineData(@"2\ln x", "<mn>2</mn><mspace width=\"0.1667em\"></mspace><mi>ln</mi><mo rspace=\"0.1667em\">\u2061</mo><mi>x</mi>")]
    [InlineData(@"\ln(x)", "<mi>ln</mi><mo>\u2061</mo><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo>")]
    [InlineData(@"P\,\|\,Q",
        "<mi>P</mi><mo form=\"prefix\" stretchy=\"false\" lspace=\"0.1667em\" rspace=\"0.1667em\">‖</mo><mi>Q</mi>")]
    [InlineData(@"x\mid y", "<mi>x</mi><mo>∣</mo><mi>y</mi>")]
    [InlineData("x|y", "<mi>x</mi><mo form=\"prefix\" stretchy=\"false\">|</mo><mi>y</mi>")]
    [InlineData(@"f\!\left(x\right)", "<mi>f</mi><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>")]
    [InlineData(@"a\quad b", "<mi>a</mi><mspace width=\"1em\"></mspace><mi>b</mi>")]
    public void Spaces_are_those_of_tex(string tex, string math) => Assert.Equal($"<mrow>{math}</mrow>", Inside(tex));

    [Fact]
    public void A_relation_in_a_script_has_no_space() =>
        Assert.Equal("<msub><mi>x</mi><mrow><mi>i</mi><mo lspace=\"0\" rspace=\"0\">=</mo><mn>1</mn></mrow></msub>", Inside("x_{i=1}"));

    [Theory]
    [InlineData(@"\left(x\right)", "<mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>")]
    [InlineData(@"\left|x\right|", "<mrow><mo form=\"prefix\">|</mo><mi>x</mi><mo form=\"postfix\">|</mo></mrow>")]
    [InlineData(@"\left.x\right|", "<mrow><mi>x</mi><mo form=\"postfix\">|</mo></mrow>")]
    [InlineData(@"\bigl(", "<mo minsize=\"1.2em\" maxsize=\"1.2em\" lspace=\"0\" rspace=\"0\">(</mo>")]
    public void A_bracket_has_its_size(string tex, string math) => Assert.Equal(math, Inside(tex));

    [Theory]
    [InlineData("aligned", 2, "tex-r", "tex-l")]
    [InlineData("cases", 2, "tex-l", "tex-l")]
    [InlineData("pmatrix", 2, null, null)]
    public void A_table_has_its_rows_and_the_alignment_of_its_columns(string name, int rows, string? first, string? second)
    {
        XElement table = Root($@"\begin{{{name}}} a & b \\ c & d \\ \end{{{name}}}", display: true).DescendantsAndSelf("mtable").Single();
        Assert.Equal(rows, table.Elements("mtr").Count());
        Assert.All(table.Elements("mtr"), row =>
            Assert.Equal(new[] { first, second }, row.Elements("mtd").Select(cell => cell.Attribute("class")?.Value)));
    }

    [Fact]
    public void A_tag_stands_beside_its_display() => Assert.EndsWith(
        "<span class=\"tag\">(<math><mtext>3</mtext></math>)</span>", MathMl.Of(@"x \tag{3}", display: true), StringComparison.Ordinal);

    [Fact]
    public void The_tex_goes_with_the_formula() => Assert.Contains(
        "<annotation encoding=\"application/x-tex\">a&lt;b</annotation>", MathMl.Of(" a<b ", display: false), StringComparison.Ordinal);

    [Fact]
    public void A_long_formula_of_a_line_can_be_broken_after_its_relations()
    {
        XElement math = XElement.Parse(MathMl.Of(
            @"D(P\,\|\,Q) = H(P, Q) - H(P) = \mathbb E_P[\ln p(X)] - \mathbb E_P[\ln q(X)]", display: false));
        Assert.Equal("long", math.Attribute("class")?.Value);
        Assert.Equal(5, math.Element("semantics")!.Element("mrow")!.Elements("mrow").Count());
    }

    [Theory]
    [InlineData(@"\unknown{x}")]
    [InlineData(@"\frac{1")]
    [InlineData("x}")]
    [InlineData("x^1^2")]
    [InlineData(@"\left(x")]
    [InlineData(@"\begin{nothing}x\end{nothing}")]
    [InlineData("a & b")]
    [InlineData(@"\textcolor{""><script>}x")]
    [InlineData("<script>alert(1)</script>\\unknown")]
    public void What_is_not_understood_is_shown_as_tex(string tex) =>
        Assert.Equal($"<code class=\"tex-unknown\">{System.Net.WebUtility.HtmlEncode(tex)}</code>", MathMl.Of(tex, display: false));

    private static string Inside(string tex) => Root(tex, display: false).ToString(SaveOptions.DisableFormatting)
        .Replace("\u00A0", "&#160;", StringComparison.Ordinal);

    private static XElement Root(string tex, bool display) =>
        XElement.Parse(MathMl.Of(tex, display), LoadOptions.PreserveWhitespace).Element("semantics")!.Elements().First();
}
