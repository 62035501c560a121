namespace Course.Hosting;

/// <summary>A compiler or a runner could not be started. Nothing that was to run in it has run.</summary>
public sealed class ChildStartException : InvalidOperationException
{
    /// <param name="program">Which of them.</param>
    /// <param name="reason">Why not, as the end of a sentence that begins with its name.</param>
    /// <param name="inner">The cause, where there is one.</param>
    internal ChildStartException(ChildProgram program, string reason, Exception? inner = null)
        : base($"the {program.Name()} {reason}", inner)
    {
    }
}
