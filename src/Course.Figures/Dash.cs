namespace Course.Figures;

/// <summary>How a line is broken, so that lines can be told apart without colour.</summary>
public enum Dash
{
    /// <summary>An unbroken line.</summary>
    Solid,

    /// <summary>Dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,

    /// <summary>A dash and a dot in turn.</summary>
    DashDot,

    /// <summary>Long dashes.</summary>
    LongDash,

    /// <summary>A long dash and a dot in turn.</summary>
    LongDashDot,
}
