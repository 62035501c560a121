// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    throw new Exception("a\u001b[2J\u001b]0;title\u0007b\u202Ec\u200Bd");
}
