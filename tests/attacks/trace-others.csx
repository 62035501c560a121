// exercise 02.1
static class Native
{
    [System.Runtime.InteropServices.DllImport("libc")]
    public static extern nint ptrace(nint request, nint id, nint address, nint data);
}
static double Divergence(double[] p, double[] q)
{
    const int Attach = 16;
    throw new Exception(Native.ptrace(Attach, {{victim}}, 0, 0) == 0 ? "reached" : "blocked");
}
