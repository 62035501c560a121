using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Losses over rows of logits: each row is the single call, a row that is not kept does not exist, and a mean is over the
/// others.</summary>
public class RowLossTests
{
    private const double NaN = double.NaN;
    private const double Inf = double.PositiveInfinity;
    private const int Columns = 4;

    private delegate void Fill(Span<double> destination, Span<double> gradient, ReadOnlySpan<bool> kept, double temperature,
        LogBase logBase);

    private delegate double Mean(Span<double> gradient, ReadOnlySpan<bool> kept, double temperature, LogBase logBase);

    private delegate double Single(int row, Span<double> gradient, double temperature, LogBase logBase);

    /// <summary>A loss on one set of data: of each row, of their mean, and of one row by the single call.</summary>
    private sealed record Loss(string Name, Fill? Rows, Mean Mean, Single Single);

    private static Loss[] LossesOf(int[] labels, double[] p, double[] a, double[] b) =>
    [
        new("labels",
            (to, g, kept, t, u) => Logits.CrossEntropyFromLabelsGradientRows(labels, b, Columns, to, g, kept, t, u),
            (g, kept, t, u) => Logits.MeanCrossEntropyFromLabelsGradient(labels, b, Columns, g, kept, t, u),
            (row, g, t, u) => Logits.CrossEntropyGradient(labels[row], Row(b, row), g, t, u)),
        new("soft labels",
            (to, g, kept, t, u) => Logits.CrossEntropyFromProbabilitiesGradientRows(p, b, Columns, to, g, kept, t, u),
            (g, kept, t, u) => Logits.MeanCrossEntropyFromProbabilitiesGradient(p, b, Columns, g, kept, t, u),
            (row, g, t, u) => Logits.CrossEntropyFromProbabilitiesGradient(Row(p, row), Row(b, row), g, t, u)),
        new("divergence, by q",
            (to, g, kept, t, u) => Logits.KullbackLeiblerGradientRows(a, b, Columns, to, default, g, kept, t, u),
            (g, kept, t, u) => Logits.MeanKullbackLeiblerGradient(a, b, Columns, default, g, kept, t, u),
            (row, g, t, u) => Logits.KullbackLeiblerGradient(Row(a, row), Row(b, row), default, g, t, u)),
        new("divergence, by p",
            (to, g, kept, t, u) => Logits.KullbackLeiblerGradientRows(a, b, Columns, to, g, default, kept, t, u),
            (g, kept, t, u) => Logits.MeanKullbackLeiblerGradient(a, b, Columns, g, default, kept, t, u),
            (row, g, t, u) => Logits.KullbackLeiblerGradient(Row(a, row), Row(b, row), g, default, t, u)),
        new("entropy", null,
            (g, kept, t, u) => Logits.MeanEntropyGradient(a, Columns, g, kept, t, u),
            (row, g, t, u) => Logits.EntropyGradient(Row(a, row), g, t, u)),
    ];

    private static readonly int[] Labels = [1, 3, 0];
    private static readonly double[] A = [0.4, -1.1, 0.9, 0.2, 1.5, 0.0, -2.0, 0.25, 3.0, 2.5, -0.5, 1.0];
    private static readonly double[] B = [-0.3, 0.8, 0.5, -1.0, 0.1, 0.2, 0.3, 2.0, 1.0, -1.0, 0.75, 0.0];
    private static readonly double[] P = [0.25, 0.25, 0.5, 0, 0.125, 0.375, 0.25, 0.25, 1, 0, 0, 0];

    [Fact]
    public void Each_row_has_the_bits_of_the_single_call()
    {
        foreach (Loss loss in LossesOf(Labels, P, A, B).Where(loss => loss.Rows is not null))
        {
            double[] values = new double[3], gradient = new double[12], single = new double[Columns];
            loss.Rows!(values, gradient, default, 1.5, LogBase.Bits);
            for (int row = 0; row < 3; row++)
            {
                Assert.Equal(loss.Single(row, single, 1.5, LogBase.Bits), values[row]);
                Assert.Equal(single, Row(gradient, row));
            }
        }

        double[] ofLabels = new double[3], ofSoftLabels = new double[3];
        Logits.CrossEntropyFromLabelsRows(Labels, B, Columns, ofLabels, [true, false, true], 2, LogBase.Bits);
        Logits.CrossEntropyFromProbabilitiesRows(P, B, Columns, ofSoftLabels, [true, true, false], 2, LogBase.Bits);
        Assert.Equal([Logits.CrossEntropy(1, Row(B, 0), 2, LogBase.Bits), 0, Logits.CrossEntropy(0, Row(B, 2), 2, LogBase.Bits)], ofLabels);
        Assert.Equal(
            [Logits.CrossEntropyFromProbabilities(Row(P, 0), Row(B, 0), 2, LogBase.Bits), Logits.CrossEntropyFromProbabilities(Row(P, 1),
                Row(B, 1), 2, LogBase.Bits), 0],
            ofSoftLabels);
    }

    [Fact]
    public void A_mean_is_that_of_the_kept_rows_and_its_gradient_theirs_over_their_number()
    {
        Gen<(bool[] Kept, int Seed)> cases = Gen.Zip(Gen.ArrayOf(Gen.Elements(true, false), 3), Gen.Choose(1, 1000));
        Laws.Hold(cases, x =>
        {
            (double[] a, double[] b) = Generated.Logits(x.Seed, 12, 0);
            foreach (Loss loss in LossesOf(Labels, P, a, b))
            {
                double[] gradient = new double[12], single = new double[Columns];
                double mean = loss.Mean(gradient, x.Kept, 1.5, LogBase.Bits), sum = 0;
                int count = x.Kept.Count(y => y);
                for (int row = 0; row < 3; row++)
                {
                    double value = loss.Single(row, single, 1.5, LogBase.Bits);
                    sum += x.Kept[row] ? value : 0;
                    for (int i = 0; i < Columns; i++)
                    {
                        double expected = x.Kept[row] ? single[i] / count : 0;
                        if (Math.Abs(expected - gradient[row * Columns + i]) > 1e-15 * Math.Abs(expected))
                            return false;
                    }
                }

                if (count == 0 ? !double.IsNaN(mean) : Math.Abs(mean - sum / count) > 1e-14 * sum)
                    return false;
            }

            return true;
        });
    }

    [Fact]
    public void A_row_that_is_not_kept_is_not_looked_at_as_with_an_ignored_index()
    {
        bool[] kept = [true, false, true];
        double[] a = [.. A], b = [.. B], p = [.. P], clean = new double[12], dirty = new double[12];
        for (int i = Columns; i < 2 * Columns; i++)
            (a[i], b[i], p[i]) = (Inf, NaN, -1);
        foreach ((Loss first, Loss second) in LossesOf(Labels, P, A, B).Zip(LossesOf([1, -100, 0], p, a, b)))
        {
            dirty.AsSpan().Fill(7);
            Assert.Equal(first.Mean(clean, kept, 1, LogBase.Nats), second.Mean(dirty, kept, 1, LogBase.Nats));
            Assert.Equal(clean, dirty);
            Assert.Equal([0, 0, 0, 0], Row(dirty, 1));
        }
    }

    [Fact]
    public void Where_no_row_is_kept_there_is_no_mean_and_nothing_moves()
    {
        foreach (Loss loss in LossesOf(Labels, P, A, B))
        {
            double[] gradient = [.. Enumerable.Repeat(7.0, 12)];
            Assert.Equal(NaN, loss.Mean(gradient, [false, false, false], 1, LogBase.Nats));
            Assert.All(gradient, x => Assert.Equal(0, x));
        }
    }

    [Fact]
    public void Means_have_the_derivatives_that_they_give()
    {
        const double H = 1e-6;
        bool[] kept = [true, true, false];
        for (int i = 0; i < LossesOf(Labels, P, A, B).Length; i++)
        {
            double[] gradient = new double[12];
            LossesOf(Labels, P, A, B)[i].Mean(gradient, kept, 1.5, LogBase.Bits);
            for (int j = 0; j < 12; j++)
            {
                double up = LossesOf(Labels, P, Moved(A, j, i >= 3 ? H : 0), Moved(B, j, i < 3 ? H : 0))[i].Mean(default, kept, 1.5,
                    LogBase.Bits);
                double down = LossesOf(Labels, P, Moved(A, j, i >= 3 ? -H : 0), Moved(B, j, i < 3 ? -H : 0))[i].Mean(default, kept, 1.5,
                    LogBase.Bits);
                Assert.Equal((up - down) / (2 * H), gradient[j], 1e-9);
            }
        }
    }

    [Fact]
    public void The_functions_without_gradients_have_the_same_bits()
    {
        bool[] kept = [false, true, true];
        Loss[] losses = LossesOf(Labels, P, A, B);
        Assert.Equal(losses[0].Mean(new double[12], kept, 3, LogBase.Bits), Logits.MeanCrossEntropyFromLabels(Labels, B, Columns, kept, 3,
            LogBase.Bits));
        Assert.Equal(losses[1].Mean(new double[12], kept, 3, LogBase.Bits), Logits.MeanCrossEntropyFromProbabilities(P, B, Columns, kept,
            3, LogBase.Bits));
        Assert.Equal(losses[2].Mean(new double[12], kept, 3, LogBase.Bits), Logits.MeanKullbackLeibler(A, B, Columns, kept, 3,
            LogBase.Bits));
        Assert.Equal(losses[4].Mean(new double[12], kept, 3, LogBase.Bits), Logits.MeanEntropy(A, Columns, kept, 3, LogBase.Bits));
        Assert.Equal(Logits.Entropy(A, 3, LogBase.Bits), Logits.EntropyGradient(A, new double[12], 3, LogBase.Bits));
        Assert.Equal(Logits.Entropy(A, 3, LogBase.Bits), Logits.EntropyGradient(A, default, 3, LogBase.Bits));
    }

    [Fact]
    public void The_gradient_of_the_entropy_vanishes_at_equal_logits_and_sums_to_zero() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] gradient = new double[pair.A.Length];
        Logits.EntropyGradient([.. pair.A.Select(_ => 3.5)], gradient);
        if (gradient.Any(x => x != 0))
            return false;
        Logits.EntropyGradient(pair.A, gradient);
        return Math.Abs(gradient.Sum()) <= 1e-14 * (1 + gradient.Sum(Math.Abs));
    });

    [Fact]
    public void A_row_that_is_infinitely_wrong_shows_in_its_own_gradient_alone()
    {
        double[] logits = [0, double.NegativeInfinity, 1, 2], gradient = new double[4];
        Assert.Equal(Inf, Logits.MeanCrossEntropyFromLabelsGradient([1, 0], logits, 2, gradient));
        Assert.Equal([NaN, NaN], gradient[..2]);
        Assert.True(double.IsFinite(gradient[2]) && gradient[2] < 0);
        Assert.Equal(NaN, Logits.MeanCrossEntropyFromLabelsGradient([0, 0], [0, NaN, 1, 2], 2, gradient));
        Assert.Equal([NaN, NaN], gradient[..2]);
    }

    [Fact]
    public void A_half_counts_as_the_float_it_equals()
    {
        Half[] a = [.. A.Select(x => (Half)x)], b = [.. B.Select(x => (Half)x)];
        float[] fa = [.. a.Select(x => (float)x)], fb = [.. b.Select(x => (float)x)], p = [.. P.Select(x => (float)x)];
        float[] g = new float[12], h = new float[12], g2 = new float[12], h2 = new float[12];
        double[] v = new double[3], w = new double[3];
        bool[] kept = [true, false, true];
        Assert.Equal(Logits.MeanCrossEntropyFromLabels(Labels, fb, Columns, kept, 2), Logits.MeanCrossEntropyFromLabels(Labels, b, Columns,
            kept, 2));
        Assert.Equal(Logits.MeanCrossEntropyFromLabelsGradient(Labels, fb, Columns, g, kept),
            Logits.MeanCrossEntropyFromLabelsGradient(Labels, b, Columns, h, kept));
        Assert.Equal(g, h);
        Logits.CrossEntropyFromLabelsRows(Labels, fb, Columns, v);
        Logits.CrossEntropyFromLabelsRows(Labels, b, Columns, w);
        Assert.Equal(v, w);
        Logits.CrossEntropyFromLabelsGradientRows(Labels, fb, Columns, v, g);
        Logits.CrossEntropyFromLabelsGradientRows(Labels, b, Columns, w, h);
        Assert.Equal((v, g), (w, h), Same);
        Assert.Equal(Logits.MeanCrossEntropyFromProbabilities(p, fb, Columns, kept, 2), Logits.MeanCrossEntropyFromProbabilities(p, b,
            Columns, kept, 2));
        Assert.Equal(
            Logits.MeanCrossEntropyFromProbabilitiesGradient(p, fb, Columns, g, kept), Logits.MeanCrossEntropyFromProbabilitiesGradient(p,
                b, Columns, h, kept));
        Assert.Equal(g, h);
        Logits.CrossEntropyFromProbabilitiesRows(p, fb, Columns, v);
        Logits.CrossEntropyFromProbabilitiesRows(p, b, Columns, w);
        Assert.Equal(v, w);
        Logits.CrossEntropyFromProbabilitiesGradientRows(p, fb, Columns, v, g);
        Logits.CrossEntropyFromProbabilitiesGradientRows(p, b, Columns, w, h);
        Assert.Equal((v, g), (w, h), Same);
        Assert.Equal(Logits.MeanKullbackLeibler(fa, fb, Columns, kept, 2), Logits.MeanKullbackLeibler(a, b, Columns, kept, 2));
        Assert.Equal(Logits.MeanKullbackLeiblerGradient(fa, fb, Columns, g, g2, kept), Logits.MeanKullbackLeiblerGradient(a, b, Columns, h,
            h2, kept));
        Assert.Equal(g, h);
        Assert.Equal(g2, h2);
        Logits.KullbackLeiblerGradientRows(fa, fb, Columns, v, g, g2);
        Logits.KullbackLeiblerGradientRows(a, b, Columns, w, h, h2);
        Assert.Equal((v, g), (w, h), Same);
        Assert.Equal(g2, h2);

        static bool Same((double[] V, float[] G) x, (double[] V, float[] G) y) => x.V.SequenceEqual(y.V) && x.G.SequenceEqual(y.G);
    }

    /// <summary>Summed in half precision 4,000 losses of 0.7 would stop growing at 2,048, and the gradients would vanish below
    /// 6e-8.</summary>
    [Fact]
    public void Halves_are_summed_as_doubles()
    {
        const int Rows = 4000;
        Half[] logits = [.. Enumerable.Range(0, 2 * Rows).Select(i => (Half)(i % 2 == 0 ? 12 : 0))];
        float[] gradient = new float[2 * Rows];
        double loss = Logits.MeanCrossEntropyFromLabelsGradient([.. Enumerable.Repeat(0, Rows)], logits, 2, gradient);
        Assert.Equal(Logits.CrossEntropy(0, [12, 0]), loss, 1e-20);
        Assert.Equal(1 / (1 + Math.Exp(12)) / Rows, gradient[1], 1e-16);
        Assert.Equal(Half.Zero, (Half)gradient[1]);
    }

    [Fact]
    public void Floats_count_as_the_doubles_they_equal()
    {
        float[] a = [.. A.Select(x => (float)x)], b = [.. B.Select(x => (float)x)], g = new float[12];
        double[] wideA = [.. a.Select(x => (double)x)], wideB = [.. b.Select(x => (double)x)], wide = new double[12];
        Assert.Equal(Logits.MeanCrossEntropyFromLabelsGradient(Labels, wideB, Columns, wide),
            Logits.MeanCrossEntropyFromLabelsGradient(Labels, b, Columns, g));
        Assert.Equal(wide.Select(x => (float)x), g);
        Assert.Equal(Logits.MeanKullbackLeiblerGradient(wideA, wideB, Columns, default, wide), Logits.MeanKullbackLeiblerGradient(a, b,
            Columns, default, g));
        Assert.Equal(wide.Select(x => (float)x), g);
        Assert.Equal(Logits.MeanEntropyGradient(wideA, Columns, wide), Logits.MeanEntropyGradient(a, Columns, g));
        Assert.Equal(wide.Select(x => (float)x), g);
        Assert.Equal(Logits.EntropyGradient(wideA, wide), Logits.EntropyGradient(a, g));
        Assert.Equal(wide.Select(x => (float)x), g);
    }

    [Fact]
    public void Gradients_may_take_the_place_of_the_logits()
    {
        double[] apart = new double[12], together = [.. B];
        double loss = Logits.MeanCrossEntropyFromLabelsGradient(Labels, B, Columns, apart);
        Assert.Equal(loss, Logits.MeanCrossEntropyFromLabelsGradient(Labels, together, Columns, together));
        Assert.Equal(apart, together);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] gradient = new double[12], values = new double[3];
        Half[] halves = [.. B.Select(x => (Half)x)];
        float[] narrow = new float[12];
        bool[] kept = [true, false, true];
        Assert.Equal(0, Allocation.Of(() =>
        {
            Logits.CrossEntropyFromLabelsGradientRows(Labels, B, Columns, values, gradient, kept);
            Logits.MeanCrossEntropyFromLabelsGradient(Labels, halves, Columns, narrow, kept);
            Logits.MeanKullbackLeiblerGradient(A, B, Columns, gradient, default);
            Logits.MeanEntropyGradient(A, Columns, gradient, kept);
        }));
    }

    [Fact]
    public void Errors_name_the_row_the_argument_and_the_remedy()
    {
        double[] bad = [.. B];
        bad[5] = Inf;
        Refuses("logits", "In row 1, logits[1] = Infinity", () => Logits.MeanCrossEntropyFromLabels(Labels, bad, Columns));
        Refuses("labels",
            "labels[1] = -100; it must be an index of the 4 logits of its row, from 0 to 3. A row to ignore is left out by kept.",
            () => Logits.MeanCrossEntropyFromLabels([1, -100, 0], B, Columns));
        Refuses("labels", "labels has 2 elements; it needs 3, one for each row.", () =>
            Logits.MeanCrossEntropyFromLabels([1, 0], B, Columns));
        Refuses("kept", "kept has 2 elements; it needs 3, one for each row, or none if all count.", () =>
            Logits.MeanEntropy(A, Columns, [true, true]));
        Refuses("p", "In row 2, p sums to 0.5", () => Logits.MeanCrossEntropyFromProbabilities([.. P[..8], 0.5, 0, 0, 0], B, Columns));
        Refuses("qLogits", "pLogits has 12 elements and qLogits has 8", () => Logits.MeanKullbackLeibler(A, B.AsSpan(0, 8), Columns));
        Refuses("gradient", "gradient has 3 elements; it needs 12, or none", () => Logits.MeanEntropyGradient(A, Columns, new double[3]));
        Refuses("columns", "columns = 0", () => Logits.MeanEntropy(A, 0));
        Refuses("logits", "not a whole number of rows of 5", () => Logits.MeanEntropy(A, 5));
        Refuses("temperature", "temperature = 0", () => Logits.MeanEntropy(A, Columns, default, 0));
        Refuses("destination", "destination has 2 elements; it needs 3.", () =>
            Logits.CrossEntropyFromLabelsRows(Labels, B, Columns, new double[2]));
    }

    [Fact]
    public void A_batch_without_rows_is_answered_with_nothing()
    {
        double[] none = [], untouched = [7];
        Divergence.KullbackLeiblerRows(none, none, 3, untouched);
        Divergence.JeffreysRows(none, none, 3, untouched);
        Divergence.JensenShannonRows(none, none, 3, untouched);
        Divergence.TotalVariationRows(none, none, 3, untouched);
        Divergence.RenyiRows(none, none, 3, 2, untouched);
        Divergence.KullbackLeiblerMatrix(none, none, 3, untouched);
        Divergence.KullbackLeiblerMatrix([0.5, 0.5], none, 2, untouched);
        Divergence.JensenShannonMatrix(none, [0.5, 0.5], 2, untouched);
        Entropy.ShannonRows(none, 3, untouched);
        Logits.KullbackLeiblerRows(none, none, 3, untouched);
        Logits.CrossEntropyRows(none, none, 3, untouched);
        Logits.LogSoftmaxRows(none, 3, untouched);
        Logits.SoftmaxRows(none, 3, untouched);
        Logits.CrossEntropyFromLabelsRows([], none, 3, untouched);
        Logits.CrossEntropyFromLabelsGradientRows([], none, 3, untouched, untouched.AsSpan(1));
        Logits.CrossEntropyFromProbabilitiesRows(none, none, 3, untouched);
        Logits.CrossEntropyFromProbabilitiesGradientRows(none, none, 3, untouched, default);
        Logits.KullbackLeiblerGradientRows(none, none, 3, untouched, default, default);
        DiagonalGaussian.KullbackLeiblerToStandardRows(none, none, 3, untouched);
        DiagonalGaussian.KullbackLeiblerRows(none, none, none, none, 3, untouched);
        MultivariateGaussian.KullbackLeiblerRows(none, none, none, none, 3, untouched);
        Assert.Equal([7], untouched);
        Refuses("columns", "columns = 0; it must be positive.", () => Divergence.KullbackLeiblerRows(none, none, 0, untouched));
        Refuses("q", "p has 0 elements and q has 2", () => Divergence.KullbackLeiblerRows(none, [0.5, 0.5], 2, untouched));
        Assert.Equal(NaN, Logits.MeanEntropy(none, 3));
        Assert.Equal(NaN, Logits.MeanKullbackLeibler(none, none, 3));
    }

    /// <summary>A batch function that is new has to answer a batch without rows too.</summary>
    [Fact]
    public void Every_function_on_rows_is_among_those_that_take_none()
    {
        string source = string.Join('\n', Library.PublicFunctions.Where(name =>
            name.EndsWith("Rows", StringComparison.Ordinal) && !name.EndsWith(".OfRows", StringComparison.Ordinal)));
        Assert.Equal(
            """
            DiagonalGaussian.KullbackLeiblerRows
            DiagonalGaussian.KullbackLeiblerToStandardRows
            Divergence.JeffreysRows
            Divergence.JensenShannonRows
            Divergence.KullbackLeiblerRows
            Divergence.RenyiRows
            Divergence.TotalVariationRows
            Entropy.ShannonRows
            Logits.CrossEntropyFromLabelsGradientRows
            Logits.CrossEntropyFromLabelsRows
            Logits.CrossEntropyFromProbabilitiesGradientRows
            Logits.CrossEntropyFromProbabilitiesRows
            Logits.CrossEntropyRows
            Logits.KullbackLeiblerGradientRows
            Logits.KullbackLeiblerRows
            Logits.LogSoftmaxRows
            Logits.SoftmaxRows
            MultivariateGaussian.KullbackLeiblerRows
            """.ReplaceLineEndings("\n"), source);
    }

    private static double[] Row(double[] table, int row) => table[(row * Columns)..((row + 1) * Columns)];

    private static double[] Moved(double[] x, int i, double by)
    {
        double[] moved = [.. x];
        moved[i] += by;
        return moved;
    }
}
