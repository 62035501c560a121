namespace Course.Figures;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">Where it stands.</param>
/// <param name="Label">Its label; empty for a minor tick.</param>
/// <param name="Exponent">What stands raised behind the label; empty for nothing.</param>
internal readonly record struct Tick(double Value, string Label, string Exponent = "")
{
    public bool IsMinor => Label.Length == 0;

    public double Width(double size) => TextWidth.Of(Label, size) + TextWidth.Of(Exponent, size * TextWidth.Raised);
}
