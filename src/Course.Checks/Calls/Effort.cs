namespace Course.Checks;

/// <summary>How much more may be done: what is read may have been made to be read for hours.</summary>
internal sealed class Effort(int steps)
{
    private int _left = steps;

    /// <summary>Whether there was enough left for some more steps.</summary>
    public bool Spend(int steps)
    {
        _left = Math.Max(0, _left - steps);
        return _left > 0;
    }
}
