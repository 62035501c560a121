namespace Course.Hosting;

/// <summary>A host could not be started. Nothing that was to run in it has run.</summary>
/// <param name="reason">Why not.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class ChildStartException(string reason, Exception? inner = null) : InvalidOperationException(reason, inner);
