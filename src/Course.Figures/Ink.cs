namespace Course.Figures;

/// <summary>A colour that has one value on a light page and one on a dark page.</summary>
/// <param name="Light">The colour on a light page, as <c>#RRGGBB</c>; also the one in the Plotly data.</param>
/// <param name="Dark">The colour on a dark page, as <c>#RRGGBB</c>.</param>
public sealed record Ink(string Light, string Dark);
