namespace Course.Checks;

/// <summary>Hidden inputs drawn at random.</summary>
internal static class Draw
{
    /// <summary>A distribution on n outcomes, uniformly distributed on the simplex: exponential variates, normalised.</summary>
    public static double[] Distribution(Random random, int n)
    {
        double[] weights = [.. Enumerable.Range(0, n).Select(_ => -Math.Log(1 - random.NextDouble()))];
        return Normalised(weights);
    }

    /// <summary>Non-negative weights, divided by their sum.</summary>
    public static double[] Normalised(double[] weights)
    {
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
