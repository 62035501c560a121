namespace Course.Notebooks;

/// <summary>How formulas look on a page: their style sheet, with the font in it.</summary>
internal static class MathStyle
{
    /// <summary>The style sheet.</summary>
    public static string Css { get; } = Read();

    private static string Read()
    {
        using var css = new StreamReader(Resource("math.css"));
        using var font = new MemoryStream();
        Resource("CourseMath.woff2").CopyTo(font);
        return css.ReadToEnd().Replace("{{font}}", Convert.ToBase64String(font.ToArray()), StringComparison.Ordinal);
    }

    private static Stream Resource(string name) => typeof(MathStyle).Assembly.GetManifestResourceStream($"Course.Notebooks.Pages.{name}")!;
}
