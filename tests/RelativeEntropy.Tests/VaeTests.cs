using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Schedules, floors, targets and reports for variational autoencoders: laws, edges and refusals.</summary>
public class VaeTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Fact]
    public void Schedules_rise_from_their_start_to_their_maximum() => Laws.Hold(Settings, s =>
    {
        (int period, double steepness, double rising, double maximum) = s;
        double[] linear = [.. Steps(3 * period).Select(step => Vae.Linear(step, period, maximum))];
        double[] sigmoid = [.. Steps(3 * period).Select(step => Vae.Sigmoid(step, period, steepness, maximum))];
        double[] cycle = [.. Steps(period).Select(step => Vae.Cyclical(step, period, rising, maximum))];
        return Rises(linear) && linear[0] == 0 && linear[period] == maximum && linear[^1] == maximum
            && Rises(sigmoid) && sigmoid[period] == maximum / 2 && sigmoid.All(x => x >= 0 && x <= maximum)
            && Rises(cycle) && cycle[0] == 0 && cycle.All(x => x <= maximum)
            && Steps(period).Where(step => step >= rising * period).All(step => cycle[step] == maximum);
    });

    [Fact]
    public void A_sigmoid_is_symmetric_about_its_midpoint() => Laws.Hold(Settings, s =>
        Steps(s.Period).All(step => Near(Vae.Sigmoid(s.Period + step, s.Period, s.Steepness) + Vae.Sigmoid(s.Period - step, s.Period, s.Steepness), 1, 4e-16)));

    [Fact]
    public void A_cycle_repeats_and_one_that_rises_all_the_time_is_linear_until_it_starts_again() => Laws.Hold(Settings, s =>
        Steps(s.Period).All(step => Vae.Cyclical(step, s.Period, s.Rising, s.Maximum) == Vae.Cyclical(step + 7 * s.Period, s.Period, s.Rising, s.Maximum)
            && Near(Vae.Cyclical(step, s.Period, 1, s.Maximum), Vae.Linear(step, s.Period, s.Maximum), 4e-16 * s.Maximum)));

    [Fact]
    public void A_small_weight_does_not_vanish_before_it_must() =>
        Assert.Equal(Math.Exp(-740), Vae.Sigmoid(0, 740, 1), 1e-322);

    [Fact]
    public void Free_bits_lie_between_the_divergences_and_those_plus_the_floors() => Laws.Hold(Divergences, x =>
    {
        double sum = x.ByDimension.Sum(), free = Vae.FreeBits(x.ByDimension, x.Floor), slack = 1e-12 * (1 + sum);
        return Vae.FreeBitsInTotal(sum, x.ByDimension.Length * x.Floor) <= free + slack && free <= sum + x.ByDimension.Length * x.Floor + slack
            && Near(Vae.FreeBits(x.ByDimension, 0), sum, slack);
    });

    [Fact]
    public void The_mask_is_the_derivative_of_free_bits() => Laws.Hold(Divergences, x =>
    {
        double[] mask = new double[x.ByDimension.Length];
        const double Step = 1.0 / (1 << 20);
        double value = Vae.FreeBitsGradient(x.ByDimension, x.Floor, mask);
        return value == Vae.FreeBits(x.ByDimension, x.Floor) && mask.Select((slope, j) =>
        {
            double[] below = [.. x.ByDimension];
            below[j] -= Step;
            return below[j] < 0 || Math.Abs(x.ByDimension[j] - x.Floor) < Step || Near((value - Vae.FreeBits(below, x.Floor)) / Step, slope, 1e-6);
        }).All(ok => ok);
    });

    [Fact]
    public void At_the_floor_the_derivative_is_that_from_below_and_the_mask_may_replace_the_divergences()
    {
        double[] both = [0.5, 0.25, 0.75];
        Assert.Equal(1.75, Vae.FreeBitsGradient(both, 0.5, both));
        Assert.Equal([0, 0, 1], both);
    }

    [Fact]
    public void Capacity_charges_either_side_alike()
    {
        Assert.Equal(30, Vae.Capacity(2, 5, 10));
        Assert.Equal(30, Vae.Capacity(8, 5, 10));
        Assert.Equal(0, Vae.Capacity(5, 5, 10));
        Assert.Equal(0, Vae.Capacity(Inf, 5, 0));
        Assert.Equal(Inf, Vae.Capacity(Inf, 5, 1));
    }

    [Fact]
    public void An_infinite_divergence_is_infinite_and_an_unknown_one_unknown()
    {
        double[] mask = new double[2];
        Assert.Equal(Inf, Vae.FreeBitsGradient([Inf, 1], 0.5, mask));
        Assert.All(mask, x => Assert.Equal(NaN, x));
        Assert.Equal(NaN, Vae.FreeBitsGradient([Inf, NaN], 0.5, mask));
        Assert.All(mask, x => Assert.Equal(NaN, x));
        Assert.Equal(Inf, Vae.FreeBitsInTotal(Inf, 1));
        Assert.Equal(NaN, Vae.FreeBitsInTotal(NaN, 1));
        Assert.Equal(NaN, Vae.Capacity(NaN, 1, 0));
    }

    [Fact]
    public void A_dimension_whose_mean_does_not_follow_the_data_has_collapsed()
    {
        CollapseReport report = Vae.Diagnose([1, 0, 5, -1, 0.01, 5, 1, 0, 5, -1, 0.01, 5], [-3, 0, 0, -3, 0, 0, -3, 0, 0, -3, 0, 0.0], 3);
        Assert.Equal([0], report.Active);
        Assert.Equal([1, 2], report.Collapsed);
        Assert.Equal([1, 0.000025, 0], report.VarianceOfMeans.Select(x => Math.Round(x, 12)));
        Assert.Equal(12.5, report.KullbackLeibler[2]);
        Assert.Equal(0.01, report.Threshold);
        Assert.Equal([0, 1], Vae.Diagnose([1, 0, -1, 1], [0, 0, 0, 0.0], 2, 0.2).Active);
        Assert.Equal([0, 1], Vae.Diagnose([1, 0, -1, 2], [0, 0, 0, 0.0], 2, 1).Collapsed);
    }

    [Fact]
    public void A_report_agrees_with_the_divergence_of_each_row_and_adding_a_constant_leaves_the_variances() => Laws.Hold(Batches, batch =>
    {
        (double[] means, double[] logVariances, int d) = batch;
        int n = means.Length / d;
        double[] rows = new double[n], first = new double[d];
        DiagonalGaussian.KullbackLeiblerToStandardRows(means, logVariances, d, rows);
        CollapseReport report = Vae.Diagnose(means, logVariances, d), shifted = Vae.Diagnose([.. means.Select(x => x + 4096)], logVariances, d);
        return Near(report.Total, rows.Average(), 1e-13 * rows.Average()) && report.VarianceOfMeans.SequenceEqual(shifted.VarianceOfMeans)
            && report.Active.Concat(report.Collapsed).Order().SequenceEqual(Enumerable.Range(0, d));
    });

    [Fact]
    public void An_unknown_dimension_is_neither_active_nor_collapsed()
    {
        CollapseReport report = Vae.Diagnose([1, NaN, -1, 0], [0, 0, 0, 0.0], 2);
        Assert.Equal([0], report.Active);
        Assert.Empty(report.Collapsed);
        Assert.Equal((NaN, NaN, NaN), (report.VarianceOfMeans[1], report.KullbackLeibler[1], report.Total));
    }

    [Fact]
    public void Free_bits_allocate_nothing()
    {
        double[] divergences = new double[100], mask = new double[100];
        Assert.Equal(0, Allocation.Of(() => Vae.FreeBitsGradient(divergences, 0.5, mask)));
    }

    [Fact]
    public void A_refusal_names_the_argument_and_the_value()
    {
        Refuses("step", "step = -1; it must be at least 0.", () => Vae.Linear(-1, 10));
        Refuses("warmup", "warmup = 0; it must be at least 1.", () => Vae.Linear(1, 0));
        Refuses("maximum", "maximum = NaN; it must be finite and at least 0.", () => Vae.Linear(1, 10, NaN));
        Refuses("steepness", "steepness = 0; it must be positive and finite.", () => Vae.Sigmoid(1, 10, 0));
        Refuses("maximum", "maximum = -1", () => Vae.Sigmoid(1, 10, 1, -1));
        Refuses("period", "period = 0", () => Vae.Cyclical(1, 0, 0.5));
        Refuses("rising", "rising = 0; it must be in (0, 1].", () => Vae.Cyclical(1, 10, 0));
        Refuses("rising", "rising = NaN", () => Vae.Cyclical(1, 10, NaN));
        Refuses("byDimension", "byDimension is empty", () => Vae.FreeBits([], 1));
        Refuses("byDimension", "byDimension[1] = -0.5 is negative; a divergence is at least 0.", () => Vae.FreeBits([NaN, -0.5], 1));
        Refuses("floor", "floor = -1; it must be finite and at least 0.", () => Vae.FreeBits([1], -1));
        Refuses("gradient", "gradient has 1 elements; it needs 2", () => Vae.FreeBitsGradient([1, 2], 1, new double[1]));
        Refuses("total", "total = -1 is negative", () => Vae.FreeBitsInTotal(-1, 1));
        Refuses("total", "total = -1 is negative", () => Vae.Capacity(-1, 1, 1));
        Refuses("capacity", "capacity = Infinity", () => Vae.Capacity(1, Inf, 1));
        Refuses("weight", "weight = -1", () => Vae.Capacity(1, 1, -1));
        Refuses("means", "means has one row of 2; a variance over the data needs at least two.", () => Vae.Diagnose([1, 2], [0, 0], 2).Total);
        Refuses("means", "means has 3 elements, which is not a whole number of rows of 2.", () => Vae.Diagnose([1, 2, 3], [0, 0, 0], 2).Total);
        Refuses("dimensions", "dimensions = 0; it must be positive.", () => Vae.Diagnose([1, 2], [0, 0], 0).Total);
        Refuses("logVariances", "logVariances[1] = Infinity is infinite", () => Vae.Diagnose([1, 2], [0, Inf], 1).Total);
        Refuses("threshold", "threshold = NaN", () => Vae.Diagnose([1, 2], [0, 0], 1, NaN).Total);
    }

    private static IEnumerable<int> Steps(int count) => Enumerable.Range(0, count);

    private static bool Rises(double[] values) => values.Zip(values.Skip(1)).All(x => x.First <= x.Second);

    private static bool Near(double x, double y, double slack) => Math.Abs(x - y) <= slack;

    private static Gen<(int Period, double Steepness, double Rising, double Maximum)> Settings =>
        Gen.Zip(Gen.Choose(1, 40), Gen.Two(Gen.Choose(1, 1024))).Select(x => (x.Item1, x.Item2.Item1 / 256.0, x.Item2.Item2 / 1024.0, 0.25 + x.Item2.Item1 / 512.0));

    private static Gen<(double[] ByDimension, double Floor)> Divergences =>
        Gen.Zip(Laws.Length.SelectMany(n => Gen.ArrayOf(Gen.Choose(0, 4096).Select(x => x / 1024.0), n)), Gen.Choose(0, 2048).Select(x => x / 1024.0));

    private static Gen<(double[] Means, double[] LogVariances, int Dimensions)> Batches =>
        Gen.Zip(Gen.Choose(2, 8), Gen.Choose(1, 5)).SelectMany(size => Gen.Two(Gen.ArrayOf(Laws.Logit, size.Item1 * size.Item2))
            .Select(x => (x.Item1, x.Item2.Select(y => y / 8).ToArray(), size.Item2)));
}
