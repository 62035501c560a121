namespace RelativeEntropy.Numerics;

/// <summary>What the iterations need of vectors.</summary>
internal static class Vectors
{
    /// <summary>x'y, compensated.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < x.Length; i++)
            sum.Add(x[i] * y[i]);
        return sum.Value;
    }

    /// <summary>The largest magnitude; NaN if an element is NaN.</summary>
    public static double Largest(ReadOnlySpan<double> x)
    {
        double largest = 0;
        foreach (double element in x)
            largest = Math.Max(largest, Math.Abs(element));
        return largest;
    }

    /// <summary>Each element over the sum of all.</summary>
    public static void Normalise(Span<double> masses)
    {
        CompensatedSum sum = default;
        foreach (double mass in masses)
            sum.Add(mass);
        double total = sum.Value;
        foreach (ref double mass in masses)
            mass /= total;
    }
}
