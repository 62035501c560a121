// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    return Divergence(p, q) + 1;
}
