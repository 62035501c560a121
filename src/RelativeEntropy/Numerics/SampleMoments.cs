namespace RelativeEntropy.Numerics;

/// <summary>What a normal likelihood sees of its observations: how many, their mean, and the sum of squares about it.</summary>
internal readonly record struct SampleMoments(int Count, double Mean, double Scatter)
{
    public static SampleMoments Of(ReadOnlySpan<double> observations, string name)
    {
        Check.FiniteOrNaN(observations, name);
        if (observations.IsEmpty)
            return default;
        double mean = 0;
        CompensatedSum deviation = default, scatter = default;

        // The second round corrects the mean by what the first division lost.
        for (int round = 0; round < 2; round++)
        {
            deviation = default;
            foreach (double x in observations)
                deviation.Add(x - mean);
            mean += deviation.Value / observations.Length;
        }

        foreach (double x in observations)
            scatter.Add((x - mean) * (x - mean));
        return new(observations.Length, mean, scatter.Value);
    }

    /// <summary>The sum of squares about another centre.</summary>
    public double ScatterAbout(double centre) => Count == 0 ? 0 * centre : Scatter + Count * (Mean - centre) * (Mean - centre);
}
