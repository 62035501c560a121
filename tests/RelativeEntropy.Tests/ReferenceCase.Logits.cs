namespace RelativeEntropy.Tests;

public sealed partial record ReferenceTable
{
    /// <summary>Of each value relative to a scale of its own, which the table gives.</summary>
    public static void AssertRelativeToScales(string table, double bound, Func<ReferenceCase, double[]> function)
    {
        double worst = 0;
        string where = "nowhere";
        ReferenceTable loaded = Load(table);
        for (int i = 0; i < loaded.Cases.Length; i++)
        {
            ReferenceCase c = new(loaded.Cases[i]);
            double[] actual = function(c), scales = c.Scales;
            Assert.Equal(c.Values!.Length, actual.Length);
            for (int j = 0; j < actual.Length; j++)
            {
                (double head, double tail) = (c.Values[j][0], c.Values[j][1]);
                double error = actual[j] == head ? 0 : Math.Abs(actual[j] - head - tail) / Math.Max(scales[j], 2.2250738585072014e-308);
                if (!(error <= worst) && !double.IsNaN(worst))
                    (worst, where) = (error, $"case {i}, value {j}: {actual[j]:R} for {head:R}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{table}: worst error {worst:G3} of the scale, {where}");
        Assert.True(worst <= bound, $"{table}: worst error {worst:G3} of the scale, above {bound:G3}, in {where}");
    }
}

public sealed partial class ReferenceCase
{
    public double[] Scales => Doubles("scales");
    public int Label => row.GetProperty("label").GetInt32();
    public double Order => Double("order");
    public double[] P => Doubles("p");
}
