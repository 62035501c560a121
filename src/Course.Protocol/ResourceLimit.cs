namespace Course.Protocol;

/// <summary>What the kernel can hold a child, and every process that it starts, to. Each process counts for itself.</summary>
public enum ResourceLimit
{
    /// <summary>Seconds of processor time, over all threads.</summary>
    ProcessorSeconds,

    /// <summary>The most bytes that a file may be grown to.</summary>
    FileBytes,

    /// <summary>Bytes of private writable memory: the managed heap, native allocations, stacks.</summary>
    PrivateBytes,

    /// <summary>Open files, pipes and sockets.</summary>
    OpenFiles,

    /// <summary>Processes and threads of the user, in a user namespace those of the namespace; does not bind root.</summary>
    Processes,
}
