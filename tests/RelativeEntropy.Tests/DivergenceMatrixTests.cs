using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>All pairs of rows: each has the bits of the single call.</summary>
public class DivergenceMatrixTests
{
    [Fact]
    public void Every_pair_has_the_bits_of_the_single_call() => Laws.Hold(Laws.Distributions, pair =>
    {
        int n = pair.P.Length;
        double[] p = [.. pair.P, .. pair.Q], q = [.. pair.Q, .. pair.P, .. pair.Q], divergences = new double[6], distances = new double[6];
        Divergence.KullbackLeiblerMatrix(p, q, n, divergences, LogBase.Bits);
        Divergence.JensenShannonMatrix(p, q, n, distances, LogBase.Bits);
        return Enumerable.Range(0, 6).All(i =>
        {
            double[] first = p[(i / 3 * n)..((i / 3 + 1) * n)], second = q[(i % 3 * n)..((i % 3 + 1) * n)];
            return divergences[i].Equals(Divergence.KullbackLeibler(first, second, LogBase.Bits))
                && distances[i].Equals(Divergence.JensenShannon(first, second, LogBase.Bits));
        });
    });

    [Fact]
    public void Of_one_table_the_diagonal_is_zero_and_Jensen_Shannon_symmetric() => Laws.Hold(Laws.Distributions, pair =>
    {
        double[] rows = [.. pair.P, .. pair.Q], divergences = new double[4], distances = new double[4];
        Divergence.KullbackLeiblerMatrix(rows, rows, pair.P.Length, divergences);
        Divergence.JensenShannonMatrix(rows, rows, pair.P.Length, distances);
        return divergences[0] == 0 && divergences[3] == 0 && distances[0] == 0 && distances[3] == 0
            && Math.Abs(distances[1] - distances[2]) <= 1e-15 * distances[1];
    });

    [Fact]
    public void Floats_count_as_the_doubles_they_equal()
    {
        float[] p = [0.5f, 0.5f, 0.25f, 0.75f];
        double[] wide = new double[4], narrow = new double[4];
        Divergence.KullbackLeiblerMatrix([0.5, 0.5, 0.25, 0.75], [0.5, 0.5, 0.25, 0.75], 2, wide);
        Divergence.KullbackLeiblerMatrix(p, p, 2, narrow);
        Assert.Equal(wide, narrow);
        Divergence.JensenShannonMatrix([0.5, 0.5, 0.25, 0.75], [0.5, 0.5, 0.25, 0.75], 2, wide);
        Divergence.JensenShannonMatrix(p, p, 2, narrow);
        Assert.Equal(wide, narrow);
    }

    [Fact]
    public void Errors_name_the_row_of_the_table_that_has_them()
    {
        double[] p = [0.5, 0.5, 0.25, 0.75], bad = [0.5, 0.5, 1, 1, 0.5, 0.5], destination = new double[6];
        Refuses("q", "In row 1, q sums to 2", () => Divergence.KullbackLeiblerMatrix(p, bad, 2, destination));
        Refuses("p", "In row 1, p sums to 2", () => Divergence.JensenShannonMatrix(bad, p, 2, destination));
        Refuses("destination", "destination has 3 elements; it needs 4.", () => Divergence.KullbackLeiblerMatrix(p, p, 2, new double[3]));
        Refuses("destination", "destination overlaps the data", () => Divergence.KullbackLeiblerMatrix(p, p, 2, p));
        Refuses("q", "q has 6 elements, which is not a whole number of rows of 4.", () =>
            Divergence.KullbackLeiblerMatrix(p, bad, 4, destination));
    }
}
