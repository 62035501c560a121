namespace RelativeEntropy;

/// <summary>What a <see cref="Histogram"/> does with a value below its first edge or above its last.</summary>
public enum OutsideRule
{
    /// <summary>Throws, and names the value.</summary>
    Refuse,

    /// <summary>Counts it in the first or last bin, whose ends thus are open.</summary>
    Clamp,

    /// <summary>Counts it in one of two cells of their own, before the first bin and after the last.</summary>
    OwnCells,

    /// <summary>Does not count it: the counts are those of the values inside.</summary>
    LeaveOut,
}
