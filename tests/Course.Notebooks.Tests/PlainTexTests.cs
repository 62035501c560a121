namespace Course.Notebooks.Tests;

/// <summary>Formulas in a terminal.</summary>
public sealed class PlainTexTests
{
    [Theory]
    [InlineData(@"$D(P\,\|\,Q) \ge 0$", "D(P ‖ Q) ≥ 0")]
    [InlineData(@"Add $p_i \ln\frac{p_i}{q_i}$ up.", "Add p_i ln(p_i/q_i) up.")]
    [InlineData(@"$\frac{1}{2}\left(\frac{\sigma_0^2}{\sigma_1^2} - 1\right)$", "1/2(σ_0²/σ_1² - 1)")]
    [InlineData(@"$e^{-x^2/2}$ and $2^{10}$", "e^(-x²/2) and 2¹⁰")]
    [InlineData(@"$\sqrt{2\pi}$, $\hat p$, $\log_2 e$", "√(2π), p̂, log_2 e")]
    [InlineData(@"`p[i] * $x$` stays, **bold** does not", "`p[i] * $x$` stays, bold does not")]
    [InlineData(@"$$\sum_{i=1}^n \max(0, x_i)$$", "Σ_(i=1)ⁿ max(0, x_i)")]
    [InlineData(@"$e^{x/2} \sinh x$, $p(x) D_x$, $s x_i$, $2x$", "e^(x/2) sinh x, p(x) D_x, s x_i, 2x")]
    [InlineData(@"$-\ln 0 = \infty$, $1{,}000 \cdot 2$", "-ln 0 = ∞, 1,000·2")]
    [InlineData(@"costs 5 dollars", "costs 5 dollars")]
    [InlineData(@"$\unknown{x} \frac{1$", "unknownx 1/()")]
    public void Tex_is_text(string markdown, string text) => Assert.Equal(text, PlainTex.Of(markdown));

    [Theory]
    [InlineData("{")]
    [InlineData("^")]
    [InlineData("\\frac")]
    [InlineData("\\hat ")]
    public void A_formula_nested_without_end_is_left_as_it_is(string sign)
    {
        string tex = $"${string.Concat(Enumerable.Repeat(sign, 100_000))}$";
        Assert.Equal(tex.Trim('$').Trim(), PlainTex.Of(tex));
    }
}
