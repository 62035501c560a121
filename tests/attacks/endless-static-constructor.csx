// exercise 02.1
static class Endless
{
    public static readonly double Value;
    static Endless() { while (true) { } }
}
static double Divergence(double[] p, double[] q)
{
    return Endless.Value;
}
