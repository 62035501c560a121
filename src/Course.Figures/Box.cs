namespace Course.Figures;

/// <summary>A rectangle of a drawing, in pixels.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double CenterX => X + Width / 2;

    public double CenterY => Y + Height / 2;

    public bool Holds(double x, double y) => x >= X && x <= Right && y >= Y && y <= Bottom;

    public bool Holds(Box other) => Holds(other.X, other.Y) && Holds(other.Right, other.Bottom);

    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    /// <summary>The rectangle moved as little as possible to lie within another.</summary>
    public Box Into(Box outer) => this with
    {
        X = Math.Max(outer.X, Math.Min(X, outer.Right - Width)),
        Y = Math.Max(outer.Y, Math.Min(Y, outer.Bottom - Height)),
    };
}
