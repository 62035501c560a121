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

    /// <summary>Tensors that meet element by element: of floating-point types, on one device, of shapes that broadcast.</summary>
    public static void Elementwise(params ReadOnlySpan<(Tensor Tensor, string Name)> tensors)
    {
        foreach ((Tensor tensor, string name) in tensors)
            Floating(tensor, name);
        for (int i = 0; i < tensors.Length; i++)
        {
            for (int j = i + 1; j < tensors.Length; j++)
                Meet((tensors[i].Tensor, tensors[i].Name, 0), (tensors[j].Tensor, tensors[j].Name, 0));
        }
    }

    /// <summary>Two tensors on one device, whose shapes broadcast but for a number of last dimensions that are each one's own.</summary>
    public static void Meet((Tensor Tensor, string Name, int Own) first, (Tensor Tensor, string Name, int Own) second)
    {
        if (first.Tensor.device.ToString() != second.Tensor.device.ToString())
            throw new ArgumentException(
                $"{first.Name} is on {first.Tensor.device} and {second.Name} on {second.Tensor.device}; move one of them.", second.Name);
        if (!Broadcast(first.Tensor.shape.AsSpan(..^first.Own), second.Tensor.shape.AsSpan(..^second.Own)))
        {
            throw new ArgumentException(
                $"{first.Name} has the shape {Shape(first.Tensor.shape)} and {second.Name} {Shape(second.Tensor.shape)}, "
                + "which do not broadcast: "
                + "counted from the end, sizes must be equal or 1.", second.Name);
        }
    }

    /// <summary>Whether two shapes broadcast: counted from the end, sizes are equal or 1.</summary>
    public static bool Broadcast(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        for (int i = 1; i <= Math.Min(first.Length, second.Length); i++)
        {
            if (first[^i] != second[^i] && first[^i] != 1 && second[^i] != 1)
                return false;
        }

        return true;
    }

    /// <summary>A shape in words: (2, 3).</summary>
    public static string Shape(ReadOnlySpan<long> shape) => $"({string.Join(", ", shape.ToArray())})";

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

        Meet((first, firstName, 0), (second, secondName, 0));
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
