using System.Buffers;

namespace RelativeEntropy.Numerics;

/// <summary>The caller's work buffer, or one rented from the shared pool and given back at the end.</summary>
internal readonly ref struct WorkBuffer
{
    private readonly double[]? _rented;

    public WorkBuffer(Span<double> work, int needed)
    {
        if (!work.IsEmpty && work.Length < needed)
            throw new ArgumentException(FormattableString.Invariant($"work has {work.Length} elements; it needs {needed}, or none to have it rented."), nameof(work));
        _rented = work.IsEmpty ? ArrayPool<double>.Shared.Rent(needed) : null;
        Span = (_rented ?? work)[..needed];
    }

    public Span<double> Span { get; }

    /// <summary>
    /// This, which lies in the memory of no such argument: work there would overwrite what is still to be read or was already written.
    /// </summary>
    public WorkBuffer ApartFrom<T>(ReadOnlySpan<T> argument, string name)
        where T : struct
    {
        if (_rented is null)
            Check.Distinct(argument, name, Span, "work");
        return this;
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<double>.Shared.Return(_rented);
    }
}

/// <summary>Memory for floats, rented from the shared pool and given back at the end.</summary>
internal readonly ref struct RentedFloats
{
    private readonly float[] _rented;

    public RentedFloats(int length)
    {
        _rented = ArrayPool<float>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    public Span<float> Span { get; }

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);
}
