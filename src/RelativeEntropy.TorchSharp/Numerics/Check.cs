namespace RelativeEntropy.Tensors.Numerics;

/// <summary>What arguments must be. Values stay unread, since reading them would wait for the device.</summary>
internal static class Check
{
    public static void Floating(Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (!tensor.is_floating_point())
            throw new ArgumentException($"{name} holds {tensor.dtype}; convert it to a floating-point type.", name);
    }

    /// <summary>The dimension counted from the end, along which both tensors have as many elements, and one at least.</summary>
    public static long Along(Tensor first, Tensor second, long dim, string firstName, string secondName)
    {
        Floating(first, firstName);
        Floating(second, secondName);
        long rank = Math.Max(first.ndim, second.ndim);
        if (dim < -rank || dim >= rank)
            throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensors have {rank} dimensions.");
        long fromEnd = dim < 0 ? dim : dim - rank;
        long length = Length(first, fromEnd, firstName);
        if (length != Length(second, fromEnd, secondName))
        {
            throw new ArgumentException(
                $"{firstName} has {length} elements along dimension {dim} and {secondName} has {second.shape[second.ndim + fromEnd]}; both need one per outcome.", secondName);
        }

        return fromEnd;
    }

    public static long Along(Tensor tensor, long dim, string name) => Along(tensor, tensor, dim, name, name);

    public static void Positive(double value, string name)
    {
        if (!(value > 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, "It must be positive and finite.");
    }

    public static void NotNegative(double value, string name)
    {
        if (!(value >= 0) || double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, "It must be finite and at least 0.");
    }

    public static void Weight(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, value, "It must lie in [0, 1].");
    }

    private static long Length(Tensor tensor, long fromEnd, string name)
    {
        if (tensor.ndim < -fromEnd)
            throw new ArgumentException($"{name} has {tensor.ndim} dimensions, too few for the one the outcomes lie along.", name);
        long length = tensor.shape[tensor.ndim + fromEnd];
        return length > 0 ? length : throw new ArgumentException($"{name} has no outcomes.", name);
    }
}
