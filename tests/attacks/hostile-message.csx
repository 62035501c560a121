// exercise 02.1
class Hostile : Exception
{
    public override string Message => throw new InvalidOperationException();
    public override string ToString() => throw new InvalidOperationException();
    public override string StackTrace => throw new InvalidOperationException();
}
static double Divergence(double[] p, double[] q)
{
    throw new Hostile();
}
