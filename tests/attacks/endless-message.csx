// exercise 02.1
class Endless : Exception
{
    public override string Message { get { while (true) { } } }
}
static double Divergence(double[] p, double[] q)
{
    throw new Endless();
}
