namespace Course.Figures;

/// <summary>A straight line across a whole panel at one value.</summary>
/// <param name="IsVertical">True for a vertical line at an abscissa, false for a horizontal one at an ordinate.</param>
/// <param name="Value">The value it stands at.</param>
/// <param name="Label">What the line means; null for none.</param>
public sealed record Guide(bool IsVertical, double Value, string? Label);
