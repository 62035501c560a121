namespace Course.Figures;

/// <summary>Where the values of an axis stand, in pixels; in tenths of one where that is fine enough.</summary>
internal sealed record AxisMap(Interval Range, Scale Scale, double From, double To, bool InTenths = false)
{
    private const double Far = 20000;
    private const double Slack = 1e-9;

    public double Length => Math.Abs(To - From);

    /// <summary>Whether a value stands on the axis, its ends included: there, last bits must not choose.</summary>
    public bool Shows(double value)
    {
        var (below, above) = Scale == Scale.Log
            ? (Range.Min * Slack, Range.Max * Slack)
            : (Slack * (Range.Max - Range.Min), Slack * (Range.Max - Range.Min));
        return value >= Range.Min - below && value <= Range.Max + above;
    }

    /// <summary>The place of a value, NaN where it has none.</summary>
    public double this[double value]
    {
        get
        {
            var place = Math.Clamp(From + Fraction(value) * (To - From), -Far, Far);
            return InTenths ? Math.Round(place, 1) : place;
        }
    }

    /// <summary>How far along the axis a value stands: 0 at its beginning, 1 at its end, NaN where it has no place.</summary>
    public double Fraction(double value) => !double.IsFinite(value) || Scale == Scale.Log && value <= 0 ? double.NaN
        : Scale == Scale.Log ? Math.Log(value / Range.Min) / Math.Log(Range.Max / Range.Min)
        : (value - Range.Min) / (Range.Max - Range.Min);

    /// <summary>The place of zero, or of the beginning of a logarithmic axis.</summary>
    public double Base => Scale == Scale.Log ? From : this[0];

    /// <summary>The place of the end of a bar, which is the base where a logarithmic axis has no place for it.</summary>
    public double OrBase(double value) => double.IsNaN(this[value]) ? Base : this[value];
}
