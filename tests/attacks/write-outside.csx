// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    try
    {
        System.IO.File.WriteAllText("{{outside}}/planted", "planted");
    }
    catch (Exception e) when (e is System.IO.IOException or UnauthorizedAccessException)
    {
        throw new Exception("blocked");
    }
    throw new Exception("reached");
}
