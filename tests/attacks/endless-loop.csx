// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    while (true)
    {
        try { while (true) { } }
        catch { }
        finally { while (true) { } }
    }
}
