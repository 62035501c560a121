namespace Course.Notebooks;

/// <summary>Why a host could not finish a request. It is gone then.</summary>
public enum HostFailureKind
{
    /// <summary>The time was up.</summary>
    TimedOut,

    /// <summary>The process ended.</summary>
    Died,

    /// <summary>The process was ended from outside, as the system does where memory is short; or by itself, in the same way.</summary>
    Killed,

    /// <summary>More was written than allowed.</summary>
    TooMuchOutput,

    /// <summary>The request is longer than allowed.</summary>
    TooLong,

    /// <summary>The process sent what no host sends.</summary>
    Garbled,

    /// <summary>The machine did not let it run: this says nothing about the request.</summary>
    Starved,
}

/// <summary>A host could not finish a request.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Message">In words.</param>
public sealed record HostFailure(HostFailureKind Kind, string Message);
