namespace Course.Hosting;

/// <summary>How a request ended.</summary>
/// <param name="Failure">
/// Null when it was finished; else why it could not be, and the process is gone, unless the request was too long.
/// </param>
/// <param name="Use">What it took.</param>
/// <param name="Declared">Whether later cells see what a cell that was run declares.</param>
public readonly record struct RequestEnd(ChildFailure? Failure, TimeUse Use, bool Declared);
