using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Divergences by patch: laws, the order of patches, edges and refusals.</summary>
public class PatchDivergenceTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    [Fact]
    public void One_patch_is_the_divergence_of_the_whole() => Laws.Hold(Cases, c =>
    {
        PatchGrid whole = new(c.Grid.Height, c.Grid.Width, c.Grid.Channels, c.Grid.Height, c.Grid.Width);
        double value = PatchDivergence.KullbackLeibler(c.Mean, c.LogVariance, c.PriorMean, c.PriorLogVariance, whole, [0.3]);
        return Same(value, DiagonalGaussian.KullbackLeiblerFromLogVariance(c.Mean, c.LogVariance, c.PriorMean, c.PriorLogVariance));
    });

    [Fact]
    public void With_equal_relevances_the_patches_average_to_the_whole_over_their_number() => Laws.Hold(Cases, c =>
    {
        double[] byPatch = new double[c.Grid.Count];
        double value = PatchDivergence.KullbackLeibler(c.Mean, c.LogVariance, c.PriorMean, c.PriorLogVariance, c.Grid, [.. byPatch.Select(_ => 0.7)], byPatch);
        return Same(value, byPatch.Average())
            && Same(value * c.Grid.Count, DiagonalGaussian.KullbackLeiblerFromLogVariance(c.Mean, c.LogVariance, c.PriorMean, c.PriorLogVariance));
    });

    [Fact]
    public void The_value_is_the_weighted_mean_between_the_least_and_the_greatest_and_scaling_relevances_changes_nothing() => Laws.Hold(Cases, c =>
    {
        double[] byPatch = new double[c.Grid.Count];
        double value = PatchDivergence.KullbackLeibler(c.Mean, c.LogVariance, c.PriorMean, c.PriorLogVariance, c.Grid, c.Relevance, byPatch);
        double scaled = PatchDivergence.KullbackLeibler(c.Mean, c.LogVariance, c.PriorMean, c.PriorLogVariance, c.Grid, [.. c.Relevance.Select(x => x * Math.Pow(2, 900))]);
        return value == scaled && Same(value, byPatch.Zip(c.Relevance, (x, r) => x * r).Sum() / c.Relevance.Sum())
            && value >= byPatch.Min() * (1 - 1e-14) && value <= byPatch.Max() * (1 + 1e-14);
    });

    [Fact]
    public void Gradients_are_the_limits_of_differences() => Laws.Hold(Cases, c =>
    {
        double[] byMean = new double[c.Grid.Length], byLogVariance = new double[c.Grid.Length], byRelevance = new double[c.Grid.Count];
        double value = PatchDivergence.KullbackLeiblerGradient(c.Mean, c.LogVariance, c.PriorMean, c.PriorLogVariance, c.Grid, c.Relevance, byMean, byLogVariance, byRelevance);
        double slack = 1e-6 * (1 + value);
        return value == Value(c.Mean, c.LogVariance, c.Relevance)
            && byMean.Select((x, i) => Near(x, Slope(y => Value(y, c.LogVariance, c.Relevance), c.Mean, i), slack)).All(x => x)
            && byLogVariance.Select((x, i) => Near(x, Slope(y => Value(c.Mean, y, c.Relevance), c.LogVariance, i), slack)).All(x => x)
            && byRelevance.Select((x, k) => c.Relevance[k] == 0 || Near(x, Slope(y => Value(c.Mean, c.LogVariance, y), c.Relevance, k), slack)).All(x => x);

        double Value(double[] mean, double[] logVariance, double[] relevance) =>
            PatchDivergence.KullbackLeibler(mean, logVariance, c.PriorMean, c.PriorLogVariance, c.Grid, relevance);
    });

    [Fact]
    public void To_the_standard_normal_the_gradients_are_those_of_the_autoencoder_term() => Laws.Hold(Cases, c =>
    {
        double[] zero = new double[c.Grid.Length], byMean = new double[c.Grid.Length], byLogVariance = new double[c.Grid.Length], m = new double[c.Grid.Length], l = new double[c.Grid.Length];
        PatchGrid whole = new(c.Grid.Height, c.Grid.Width, c.Grid.Channels, c.Grid.Height, c.Grid.Width);
        double value = PatchDivergence.KullbackLeiblerGradient(c.Mean, c.LogVariance, zero, zero, whole, [1], byMean, byLogVariance);
        return Same(value, DiagonalGaussian.KullbackLeiblerToStandardGradient(c.Mean, c.LogVariance, m, l)) && byMean.Zip(m).All(x => Same(x.First, x.Second))
            && byLogVariance.Zip(l).All(x => Same(x.First, x.Second));
    });

    [Fact]
    public void At_the_prior_value_and_gradients_are_zero() => Laws.Hold(Cases, c =>
    {
        double[] byMean = new double[c.Grid.Length], byLogVariance = new double[c.Grid.Length], byRelevance = new double[c.Grid.Count];
        return PatchDivergence.KullbackLeiblerGradient(c.Mean, c.LogVariance, c.Mean, c.LogVariance, c.Grid, c.Relevance, byMean, byLogVariance, byRelevance) == 0
            && byMean.Concat(byLogVariance).Concat(byRelevance).All(x => x == 0);
    });

    [Fact]
    public void Patches_are_counted_row_by_row_and_channels_are_fastest()
    {
        PatchGrid grid = new(4, 6, 2, 2, 3);
        Assert.Equal((48, 2, 2, 4), (grid.Length, grid.Rows, grid.Columns, grid.Count));
        double[] zero = new double[48], mean = new double[48], byPatch = new double[4], expected = new double[4];
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 6; x++)
            {
                for (int c = 0; c < 2; c++)
                {
                    double value = mean[(y * 6 + x) * 2 + c] = 1 + y + 10 * x + 100 * c;
                    expected[y / 2 * 2 + x / 3] += value * value / 2;
                }
            }
        }

        PatchDivergence.KullbackLeibler(mean, zero, zero, zero, grid, [1, 2, 3, 4], byPatch);
        Assert.Equal(expected, byPatch);
    }

    [Fact]
    public void A_patch_of_no_relevance_is_left_out_even_where_it_is_infinite_and_NaN_counts_all_the_same()
    {
        PatchGrid grid = new(1, 2, 1, 1, 1);
        double[] zero = new double[2], byPatch = new double[2], byMean = new double[2], byLogVariance = new double[2];
        Assert.Equal(0.5, PatchDivergence.KullbackLeibler([1, 0], [0, 800], zero, [0, -800], grid, [1, 0], byPatch));
        Assert.Equal([0.5, Inf], byPatch);
        Assert.Equal(0.5, PatchDivergence.KullbackLeiblerGradient([1, 0], [0, 800], zero, [0, -800], grid, [1, 0], byMean, byLogVariance));
        Assert.Equal([1, 0], byMean);
        Assert.Equal([0, 0], byLogVariance);
        Assert.Equal(Inf, PatchDivergence.KullbackLeibler([1, 0], [0, 800], zero, [0, -800], grid, [1, 1]));
        Assert.Equal(NaN, PatchDivergence.KullbackLeibler([1, NaN], zero, zero, zero, grid, [1, 0]));
        Assert.Equal(NaN, PatchDivergence.KullbackLeibler([1, 0], [0, 800], zero, [0, -800], grid, [NaN, 1]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        PatchGrid grid = new(8, 8, 13, 4, 4);
        double[] m = Generated.Logits(seed: 5, n: 832, delta: 0).A, l = Generated.Logits(seed: 6, n: 832, delta: 0).A, zero = new double[832], g = new double[832], h = new double[832];
        double[] relevance = [1, 2, 0, 3];
        Assert.Equal(0, Allocation.Of(() => PatchDivergence.KullbackLeiblerGradient(m, l, zero, zero, grid, relevance, g, h)));
    }

    [Fact]
    public void A_grid_whose_patches_do_not_tile_is_refused()
    {
        Refuses("patchHeight", "patchHeight = 3 does not divide height = 4; the patches must tile the array.", () => _ = new PatchGrid(4, 4, 1, 3, 2));
        Refuses("patchWidth", "patchWidth = 8 does not divide width = 4", () => _ = new PatchGrid(4, 4, 1, 2, 8));
        Refuses("channels", "channels = 0; it must be at least 1.", () => _ = new PatchGrid(4, 4, 0, 2, 2));
        Refuses("patchWidth", "patchWidth = -2; it must be at least 1.", () => _ = new PatchGrid(4, 4, 1, 2, -2));
        Refuses("channels", "65536 x 65536 x 13 is more than 2147483647 elements", () => _ = new PatchGrid(65536, 65536, 13, 1, 1));
        Assert.Equal((0, 0), (default(PatchGrid).Length, default(PatchGrid).Count));
        Assert.Equal(new PatchGrid(2, 2, 1, 1, 2), new PatchGrid(2, 2, 1, 1, 2));
    }

    [Fact]
    public void A_refusal_names_the_argument_the_index_and_the_value()
    {
        PatchGrid grid = new(1, 2, 1, 1, 1);
        double[] two = [1, 1], three = new double[3], gradient = new double[2];
        Refuses("grid", "grid is the default value", () => PatchDivergence.KullbackLeibler([], [], [], [], default, []));
        Refuses("mean", "mean has 3 elements; the grid needs 2.", () => PatchDivergence.KullbackLeibler(three, two, two, two, grid, two));
        Refuses("priorLogVariance", "priorLogVariance has 3 elements; the grid needs 2.", () => PatchDivergence.KullbackLeibler(two, two, two, three, grid, two));
        Refuses("relevance", "relevance has 3 elements; the grid needs 2.", () => PatchDivergence.KullbackLeibler(two, two, two, two, grid, three));
        Refuses("relevance", "relevance[1] = -1 is negative", () => PatchDivergence.KullbackLeibler(two, two, two, two, grid, [1, -1]));
        Refuses("relevance", "relevance[0] = 0 and so are all 2; at least one patch must matter.", () => PatchDivergence.KullbackLeibler(two, two, two, two, grid, [0, 0]));
        Refuses("logVariance", "logVariance[0] = -Infinity is infinite", () => PatchDivergence.KullbackLeibler(two, [-Inf, 0], two, two, grid, two));
        Refuses("byPatch", "byPatch has 1 elements; it needs 2, or none", () => PatchDivergence.KullbackLeibler(two, two, two, two, grid, two, new double[1]));
        Refuses("byPatch", "byPatch overlaps the data", () => PatchDivergence.KullbackLeibler(two, [0, 0], [0, 0], [0, 0], grid, [1, 1], two));
        Refuses("logVarianceGradient", "logVarianceGradient overlaps the data", () => PatchDivergence.KullbackLeiblerGradient(two, two, two, two, grid, two, gradient, gradient));
        Refuses("meanGradient", "meanGradient has 1 elements", () => PatchDivergence.KullbackLeiblerGradient(two, two, two, two, grid, two, new double[1], gradient));
        Refuses("relevanceGradient", "relevanceGradient has 1 elements", () => PatchDivergence.KullbackLeiblerGradient(two, two, two, two, grid, two, default, gradient, new double[1]));
    }

    private sealed record Case(PatchGrid Grid, double[] Mean, double[] LogVariance, double[] PriorMean, double[] PriorLogVariance, double[] Relevance);

    private static Gen<Case> Cases =>
        Gen.Zip(Gen.Three(Gen.Choose(1, 3)), Gen.Two(Gen.Choose(1, 2))).SelectMany(x =>
        {
            ((int rows, int columns, int channels), (int height, int width)) = x;
            PatchGrid grid = new(rows * height, columns * width, channels, height, width);
            Gen<double[]> values = Gen.ArrayOf(Gen.Choose(-2048, 2048).Select(y => y / 1024.0), grid.Length);
            return Gen.Zip(Gen.Four(values), Gen.ArrayOf(Gen.Choose(0, 1024).Select(y => y / 1024.0), grid.Count).Where(r => r.Sum() > 0.25))
                .Select(y => new Case(grid, y.Item1.Item1, y.Item1.Item2, y.Item1.Item3, y.Item1.Item4, y.Item2));
        });

    private static double Slope(Func<double[], double> function, double[] at, int i)
    {
        const double Step = 1.0 / (1 << 15);
        double[] moved = [.. at];
        double span = Math.Min(Step, at[i] == 0 ? Step : Math.Abs(at[i]));
        moved[i] = at[i] + span;
        double above = function(moved);
        moved[i] = at[i] - span;
        return (above - function(moved)) / (2 * span);
    }

    private static bool Same(double x, double y) => x == y || Math.Abs(x - y) <= 1e-13 * Math.Abs(y);

    private static bool Near(double x, double y, double slack) => Math.Abs(x - y) <= slack;
}
