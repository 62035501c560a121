namespace Course.Figures;

/// <summary>An axis of a panel.</summary>
/// <param name="Title">What the axis measures, with its unit.</param>
/// <param name="Scale">Linear or logarithmic.</param>
/// <param name="Min">The value at its beginning; null to take it from the data.</param>
/// <param name="Max">The value at its end; null to take it from the data.</param>
/// <param name="Reversed">True when values grow to the left or downwards, as the rows of an image do.</param>
/// <param name="Whole">True when the axis counts: only whole numbers have ticks.</param>
public sealed record Axis(
    string Title = "", Scale Scale = Scale.Linear, double? Min = null, double? Max = null, bool Reversed = false,
    bool Whole = false)
{
    internal void Check(string parameter)
    {
        CheckEnd(Min, "min");
        CheckEnd(Max, "max");
        if (Min >= Max)
            throw new ArgumentException($"{parameter}: min {Number.Plain(Min.Value)} is not below max {Number.Plain(Max.Value)}.", parameter);

        void CheckEnd(double? end, string name)
        {
            if (end is not { } value) return;
            if (!(Math.Abs(value) <= Extent.Most))
                throw new ArgumentException($"{parameter}: {name} is {Number.Plain(value)}; an axis ends at a finite value, at most 1e300 from zero.", name);
            if (Scale == Scale.Log && value <= 0)
                throw new ArgumentException($"{parameter}: {name} is {Number.Plain(value)}; a logarithmic axis has only positive values.", name);
            if (Scale == Scale.Log && (value < Interval.LogLeast || value > Interval.LogMost))
                throw new ArgumentException($"{parameter}: {name} is {Number.Plain(value)}; a logarithmic axis ends between 1e-150 and 1e150.", name);
        }
    }
}
