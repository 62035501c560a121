namespace Course.Figures;

/// <summary>The inks of everything that is not data.</summary>
internal static class Theme
{
    public static Ink Paper { get; } = new("#FFFFFF", "#0F1419");

    public static Ink Text { get; } = new("#1F2328", "#E6EDF3");

    public static Ink Muted { get; } = new("#57606A", "#A3ADB8");

    public static Ink AxisLine { get; } = new("#8C959F", "#7D8590");

    public static Ink Grid { get; } = new("#E7EAED", "#2A313A");

    public const string FontFamily =
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";
}
