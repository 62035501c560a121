namespace Course.Cli;

/// <summary>What the command says by ending.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Incomplete = 1;
    public const int Usage = 2;
    public const int Interrupted = 130;

    public static int Of(bool ok) => ok ? Ok : Incomplete;
}
