namespace Course.Figures;

/// <summary>The shape of a point, so that points can be told apart without colour.</summary>
public enum Marker
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A diamond.</summary>
    Diamond,

    /// <summary>A triangle that points up.</summary>
    Triangle,

    /// <summary>An upright cross.</summary>
    Cross,

    /// <summary>A diagonal cross.</summary>
    Saltire,
}
