// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    throw new Exception(new string('x', 50_000_000));
}
