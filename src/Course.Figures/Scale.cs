namespace Course.Figures;

/// <summary>How an axis maps values to lengths.</summary>
public enum Scale
{
    /// <summary>Equal differences are equal lengths.</summary>
    Linear,

    /// <summary>Equal ratios are equal lengths; values that are not positive are gaps.</summary>
    Log,
}
