namespace Course.Checks;

/// <summary>Simpler inputs of a kind, for the smallest counterexample.</summary>
internal static class Simpler
{
    private const int MostDecimals = 4;

    /// <summary>
    /// Distributions on the same outcomes with one outcome fewer, and with rounder probabilities; each keeps its support, so that no new edge comes in.
    /// </summary>
    public static IEnumerable<double[][]> Distributions(params double[][] rows)
    {
        int outcomes = rows[0].Length;
        for (int i = 0; i < outcomes && outcomes > 2; i++)
        {
            double[][] fewer = [.. rows.Select(row => row.Where((_, k) => k != i).ToArray())];
            if (fewer.All(row => row.Sum() > 0))
                yield return [.. fewer.Select(Draw.Normalised)];
        }
        for (int decimals = 1; decimals <= MostDecimals; decimals++)
        {
            double[][] rounder = [.. rows.Select(row => Rounded(row, decimals))];
            if (rounder.Zip(rows).All(pair => pair.First.Zip(pair.Second).All(v => v.First >= 0 && v.First > 0 == v.Second > 0)))
                yield return rounder;
        }
    }

    /// <summary>
    /// A distribution in whole units of the last decimal, at least one where there is anything; the largest probability takes what rounding leaves over.
    /// </summary>
    private static double[] Rounded(double[] row, int decimals)
    {
        double unit = Math.Pow(10, decimals);
        double[] units = [.. row.Select(v => v > 0 ? Math.Max(1, Math.Round(v * unit)) : 0)];
        units[Array.IndexOf(row, row.Max())] += unit - units.Sum();
        return [.. units.Select(u => u / unit)];
    }
}
