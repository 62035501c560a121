using System.Text;

namespace Course.Figures;

/// <summary>
/// The style of a drawing. Its shapes carry the light colours as attributes, for readers that know no style sheets; the
/// classes here replace them by variables, which follow the page where it says what it is (VS Code, JupyterLab), else the
/// reader's preference; in those two the paper is that of the page. Paper and ink change together, so that a drawing stays legible on whatever page it stands.
/// </summary>
internal static class StyleSheet
{
    public static string Of(IReadOnlyList<Ink> inks, string id)
    {
        var (light, dark) = (Variables("light", ink => ink.Light), Variables("dark", ink => ink.Dark));
        var paper = "--c0:var(--vscode-editor-background,var(--jp-layout-color0,{0}))";
        var hostLight = light.Replace("--c0:" + inks[0].Light, paper.Replace("{0}", inks[0].Light, StringComparison.Ordinal), StringComparison.Ordinal);
        var hostDark = dark.Replace("--c0:" + inks[0].Dark, paper.Replace("{0}", inks[0].Dark, StringComparison.Ordinal), StringComparison.Ordinal);
        var css = new StringBuilder()
            .Append($"#{id}{{{light}}}")
            .Append($"@media (prefers-color-scheme:dark){{#{id}{{{dark}}}}}")
            .Append($".vscode-light #{id},.vscode-high-contrast-light #{id},[data-jp-theme-light=\"true\"] #{id}{{{hostLight}}}")
            .Append($".vscode-dark #{id},.vscode-high-contrast:not(.vscode-high-contrast-light) #{id},[data-jp-theme-light=\"false\"] #{id}{{{hostDark}}}")
            .Append($"@media print{{:root #{id},body[class] #{id},body[data-jp-theme-light] #{id}{{{light}}}}}");
        for (var i = 0; i < inks.Count; i++)
            css.Append($"#{id} .f{Number.Plain(i)}{{fill:var(--c{Number.Plain(i)})}}#{id} .s{Number.Plain(i)}{{stroke:var(--c{Number.Plain(i)})}}");
        return css.ToString();

        string Variables(string theme, Func<Ink, string> color) => $"--theme:{theme};"
            + string.Join(';', inks.Select((ink, i) => $"--c{Number.Plain(i)}:{color(ink)}"));
    }
}
