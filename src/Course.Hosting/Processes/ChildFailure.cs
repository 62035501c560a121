namespace Course.Hosting;

/// <summary>Why a process could not finish a request.</summary>
public enum ChildFailureKind
{
    /// <summary>Its processor time was used up.</summary>
    TimedOut,

    /// <summary>It did not end in time, and had not used up its processor time: it waits for ever, or the machine is too busy.</summary>
    Stalled,

    /// <summary>The process ended.</summary>
    Died,

    /// <summary>The process was ended from outside, as the system does where memory is short; or by itself, in the same way.</summary>
    Killed,

    /// <summary>More was written than allowed.</summary>
    TooMuchOutput,

    /// <summary>The request is longer than allowed, and was not sent; the process lives on.</summary>
    TooLong,

    /// <summary>The process sent what is no message.</summary>
    Garbled,
}

/// <summary>A process could not finish a request.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">In words.</param>
public sealed record ChildFailure(ChildFailureKind Kind, string Message);
