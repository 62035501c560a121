namespace RelativeEntropy.Tests;

public sealed partial class ReferenceCase
{
    public int Label => row.GetProperty("label").GetInt32();
    public double Order => Double("order");
    public double[] P => Doubles("p");
}
