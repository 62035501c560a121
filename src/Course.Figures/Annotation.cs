namespace Course.Figures;

/// <summary>A note on a point of a panel, joined to it by a thin line.</summary>
/// <param name="X">The abscissa of the point; on an axis of categories, the index of the category.</param>
/// <param name="Y">The ordinate of the point.</param>
/// <param name="Text">The note.</param>
/// <param name="Dx">How far right of the point the note is centred, in pixels; null to let the figure find a free place.</param>
/// <param name="Dy">How far below the point the note is centred, in pixels; null to let the figure find a free place.</param>
public sealed record Annotation(double X, double Y, string Text, double? Dx = null, double? Dy = null);
