using System.Globalization;

namespace Course.Figures;

/// <summary>Round numbers along an axis.</summary>
internal static class Ticks
{
    /// <summary>
    /// At most <paramref name="most"/> multiples of 1, 2 or 5 times a power of ten within [min, max]; at least one where there is one.
    /// The power is not below one where only <paramref name="whole"/> numbers are wanted.
    /// </summary>
    public static IReadOnlyList<Tick> Linear(double min, double max, int most, bool whole = false)
    {
        var exponent = (int)Math.Floor(Math.Log10((max - min) / Math.Max(most, 1))) - 1;
        if (whole) exponent = Math.Max(exponent, 0);
        for (; ; exponent++)
            foreach (var mantissa in (ReadOnlySpan<int>)[1, 2, 5])
            {
                var (first, last) = Multiples(min, max, mantissa, exponent);
                if (last - first + 1 <= most) return Labelled(first, last, mantissa, exponent);
            }
    }

    /// <summary>
    /// Powers of ten within [min, max], every n-th so that at most <paramref name="most"/> are labelled; 2 and 5 times
    /// them, labelled, where there are few powers; the others from 2 to 9 as minor ticks where all powers are labelled.
    /// </summary>
    public static IReadOnlyList<Tick> Logarithmic(double min, double max, int most)
    {
        const double Slack = 1e-9;
        var first = (int)Math.Floor(Math.Log10(min) + Slack);
        var last = (int)Math.Ceiling(Math.Log10(max) - Slack);
        double[] labelled = [.. Within([1])];
        var step = (int)Math.Ceiling((double)labelled.Length / Math.Max(most, 1));
        if (labelled.Length < 3 && Within([1, 2, 5]).Count() <= most) labelled = [.. Within([1, 2, 5])];
        if (labelled.Length < 2) return Linear(min, max, most);
        var plain = labelled[0] >= 0.999e-3 && labelled[^1] <= 1.001e4;

        var ticks = new List<Tick>();
        foreach (var value in Within([1, 2, 3, 4, 5, 6, 7, 8, 9]))
        {
            var exponent = (int)Math.Floor(Math.Log10(value) + Slack);
            var mantissa = (int)Math.Round(value / Power(exponent));
            if (labelled.Contains(value) && (mantissa != 1 || exponent % step == 0)) ticks.Add(Label(mantissa, exponent));
            else if (step == 1 && labelled.Length <= 8) ticks.Add(new Tick(value, ""));
        }
        return ticks;

        IEnumerable<double> Within(int[] mantissas) =>
            from exponent in Enumerable.Range(first, last - first + 1)
            from mantissa in mantissas
            let value = double.Parse($"{Number.Plain(mantissa)}e{Number.Plain(exponent)}", CultureInfo.InvariantCulture)
            where value >= min * (1 - Slack) && value <= max * (1 + Slack)
            select value;

        Tick Label(int mantissa, int exponent)
        {
            var value = double.Parse($"{Number.Plain(mantissa)}e{Number.Plain(exponent)}", CultureInfo.InvariantCulture);
            if (plain) return new Tick(value, Number.Fixed(value, Math.Max(0, -exponent)));
            return new Tick(value, mantissa == 1 ? "10" : Number.Plain(mantissa) + "×10", Raised(exponent));
        }
    }

    private static (long First, long Last) Multiples(double min, double max, int mantissa, int exponent)
    {
        const double Slack = 1e-9;
        double Steps(double value) => exponent < 0 ? value * Power(-exponent) / mantissa : value / Power(exponent) / mantissa;
        var (low, high) = (Steps(min), Steps(max));
        var slack = Slack * Math.Max(1, high - low);
        return ((long)Math.Ceiling(low - slack), (long)Math.Floor(high + slack));
    }

    private static List<Tick> Labelled(long first, long last, int mantissa, int exponent)
    {
        var ticks = new List<Tick>();
        var reach = Math.Max(Math.Abs(first), Math.Abs(last)) * mantissa * Power(exponent);
        var order = reach > 0 ? (int)Math.Floor(Math.Log10(reach) + 1e-9) : 0;
        var scientific = order >= 6 || order <= -4;
        for (var k = first; k <= last; k++)
        {
            var value = exponent < 0 ? k * mantissa / Power(-exponent) : k * mantissa * Power(exponent);
            if (!scientific || k == 0) ticks.Add(new Tick(value, k == 0 ? "0" : Number.Fixed(value, Math.Max(0, -exponent))));
            else ticks.Add(new Tick(value, Number.Fixed(value / Power(order), Math.Max(0, order - exponent)) + "×10", Raised(order)));
        }
        return ticks;
    }

    private static string Raised(int exponent) => Number.Plain(exponent).Replace('-', '−');

    private static double Power(int exponent) => double.Parse("1e" + Number.Plain(exponent), CultureInfo.InvariantCulture);
}
