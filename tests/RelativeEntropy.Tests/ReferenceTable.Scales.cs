namespace RelativeEntropy.Tests;

public sealed partial record ReferenceTable
{
    /// <summary>Several values a case, each relative to the scale the table gives for it.</summary>
    public static void AssertRelativeToScales(string name, double bound, Func<ReferenceCase, double[]> function)
    {
        ReferenceTable table = Load(name);
        double worst = 0;
        string where = "nowhere";
        for (int i = 0; i < table.Cases.Length; i++)
        {
            ReferenceCase c = new(table.Cases[i]);
            double[][] truth = c.Values!;
            double[] actual = function(c), scales = c.Numbers("scales");
            Assert.Equal(truth.Length, actual.Length);
            for (int j = 0; j < truth.Length; j++)
            {
                (double head, double tail) = (truth[j][0], truth[j][1]);
                double error = actual[j] == head && tail == 0 ? 0 : Math.Abs(actual[j] - head - tail) / Math.Max(scales[j], 2.2250738585072014e-308);
                if (!(error <= worst))
                    (worst, where) = (error, $"case {i}, value {j}: {actual[j]:R} for {head:R}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: worst error {worst:G3} relative to the scale, {where}");
        Assert.True(worst <= bound, $"{name}: worst error {worst:G3} relative to the scale, above {bound:G3}, in {where}");
    }
}

public sealed partial class ReferenceCase
{
    public double Number(string name) => Double(name);

    public double[] Numbers(string name) => Doubles(name);
}
