namespace Course.Protocol;

/// <summary>A message is longer than the protocol allows.</summary>
/// <param name="length">Its length in bytes.</param>
public sealed class MessageTooLongException(int length)
    : Exception($"a value of {length / 1_000_000} MB was to be sent; at most {MessageChannel.MaximumLength / 1_000_000} MB are allowed");
