// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    try
    {
        System.IO.File.Delete("{{solutions}}");
    }
    catch (System.IO.IOException)
    {
        throw new Exception("blocked");
    }
    throw new Exception("tried");
}
