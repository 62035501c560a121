namespace Course.Shard;

/// <summary>Shards could not be summed in processes of their own; the message says why.</summary>
public sealed class ShardException : Exception
{
    /// <summary>With the reason.</summary>
    public ShardException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason, and what it came from.</summary>
    public ShardException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
