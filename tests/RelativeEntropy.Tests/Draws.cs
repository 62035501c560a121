namespace RelativeEntropy.Tests;

/// <summary>Samples from a fixed seed, the same on every machine: splitmix64 (Steele, Lea and Flood 2014).</summary>
internal sealed class Draws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>In (0, 1).</summary>
    public double Uniform()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (((z ^ (z >> 31)) >> 11) + 0.5) / (1L << 53);
    }

    /// <summary>Standard normal (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    public double[] Normals(int n, double mean = 0, double deviation = 1) =>
        [.. Enumerable.Range(0, n).Select(_ => mean + deviation * Normal())];

    public double[] Exponentials(int n, double rate) => [.. Enumerable.Range(0, n).Select(_ => -Math.Log(Uniform()) / rate)];

    /// <summary>How often each outcome comes in n draws.</summary>
    public int[] Counts(int n, double[] probabilities)
    {
        int[] counts = new int[probabilities.Length];
        for (int i = 0; i < n; i++)
        {
            double rest = Uniform();
            int outcome = 0;
            while (outcome < counts.Length - 1 && (rest -= probabilities[outcome]) > 0)
                outcome++;
            counts[outcome]++;
        }

        return counts;
    }
}

/// <summary>Many repetitions of an estimate: their mean, their spread, and what the estimates say of it.</summary>
internal sealed record Repetitions(double Mean, double Spread, double StatedError, int Count)
{
    public static Repetitions Of(int count, Func<int, Estimate> estimate)
    {
        Estimate[] all = [.. Enumerable.Range(0, count).Select(estimate)];
        double mean = all.Average(e => e.Value);
        return new(
            mean, Math.Sqrt(all.Sum(e => (e.Value - mean) * (e.Value - mean)) / (count - 1)),
                Math.Sqrt(all.Average(e => e.StandardError * e.StandardError)), count);
    }

    /// <summary>How far the mean is from the truth, in its own standard errors.</summary>
    public double Deviations(double truth) => (Mean - truth) / (Spread / Math.Sqrt(Count));

    public override string ToString() =>
        FormattableString.Invariant($"mean {Mean:F4}, spread {Spread:F4}, stated error/spread {StatedError / Spread:F2}");
}
