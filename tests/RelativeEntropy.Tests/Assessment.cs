namespace RelativeEntropy.Tests;

/// <summary>What an error is measured in.</summary>
public sealed record ErrorUnit(string Name, bool IsOfScale, bool IsUlp)
{
    /// <summary>Below it doubles have fewer digits, and an error is relative to it.</summary>
    private const double SmallestNormal = 2.2250738585072014e-308;

    public static ErrorUnit Ulp { get; } = new("ulp", IsOfScale: false, IsUlp: true);
    public static ErrorUnit Relative { get; } = new("relative", IsOfScale: false, IsUlp: false);
    public static ErrorUnit OfScale { get; } = new("of the scale", IsOfScale: true, IsUlp: false);
    public static ErrorUnit UlpOfScale { get; } = new("ulp of the scale", IsOfScale: true, IsUlp: true);

    /// <summary>The size of one unit for the j-th true value of a case.</summary>
    public double Of(ReferenceCase c, int j, double truth)
    {
        double size = Math.Abs(!IsOfScale ? truth : IsUlp ? c.Scale : c.Settings("scales")[j]);
        return IsUlp ? UlpOf(size) : Math.Max(size, SmallestNormal);
    }

    public static double UlpOf(double x) => Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    public static double RelativeOf(double x) => Math.Max(Math.Abs(x), SmallestNormal);
}

/// <summary>The worst errors of one function on one table.</summary>
public sealed class Assessment(string function, string table, int cases, int hardCases, ErrorUnit unit, double bound)
{
    private string _what = "";

    public string Function => function;
    public string Table => table;
    public int Cases => cases;
    public int HardCases => hardCases;
    public ErrorUnit Unit => unit;
    public double Bound => bound;

    /// <summary>In the unit of the bound.</summary>
    public double Worst { get; private set; }

    /// <summary>Relative to the true value, where that is not zero.</summary>
    public double WorstRelative { get; private set; }

    /// <summary>In units in the last place of the true value, where that is not zero.</summary>
    public double WorstUlp { get; private set; }

    /// <summary>The case of <see cref="Worst"/>, and whether it is a hard one.</summary>
    public (int Case, bool Hard)? Where { get; private set; }

    public void Add(double actual, double head, double tail, double unitSize, int index, bool hard)
    {
        double error = actual == head && tail == 0 ? 0 : Math.Abs(actual - head - tail);
        if (head != 0 && error != 0)
            (WorstRelative, WorstUlp) = (Math.Max(WorstRelative, error / ErrorUnit.RelativeOf(head)), Math.Max(WorstUlp, error / ErrorUnit.UlpOf(head)));
        double inUnits = error == 0 ? 0 : error / unitSize;
        if (inUnits <= Worst || double.IsNaN(Worst))
            return;
        (Worst, Where, _what) = (inUnits, (index, hard), $", case {index}: {actual:R} for {head:R}");
    }

    public override string ToString() => $"{function}, {table}: worst error {Worst:G3} {unit.Name}{_what}";
}
