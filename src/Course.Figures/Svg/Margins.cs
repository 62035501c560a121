namespace Course.Figures;

/// <summary>The room around the axes of a panel, in pixels.</summary>
internal readonly record struct Margins(double Left, double Top, double Right, double Bottom);
