namespace RelativeEntropy.Numerics;

/// <summary>A stream of random numbers, the same on every machine for the same seed. Source: Steele, Lea and Flood (2014).</summary>
internal struct SplitMix64(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>A whole number below 2^52.</summary>
    public ulong NextUInt52()
    {
        unchecked
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (z ^ (z >> 31)) >> 12;
        }
    }

    /// <summary>A number in (0, 1), the middle of one of 2^52 equal parts.</summary>
    public double NextUnit() => (NextUInt52() + 0.5) * 2.220446049250313e-16;
}
