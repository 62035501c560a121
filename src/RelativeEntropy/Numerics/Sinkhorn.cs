namespace RelativeEntropy.Numerics;

/// <summary>
/// Entropic optimal transport between e^logP and e^logQ in the log domain: potentials F and G, in units of the regularisation, of the plan
/// p_i q_j e^(F_i + G_j - C_ij/regularisation).
/// </summary>
internal readonly ref struct Sinkhorn
{
    private readonly ReadOnlySpan<double> _costs, _logP, _logQ;
    private readonly double _regularisation;

    public Sinkhorn(ReadOnlySpan<double> logP, ReadOnlySpan<double> logQ, ReadOnlySpan<double> costs, double regularisation)
    {
        _logP = logP;
        _logQ = logQ;
        _costs = costs;
        _regularisation = regularisation;
    }

    /// <summary>Alternates until the rows of the plan are right to the tolerance; its columns are exact for the F and G that it leaves.</summary>
    public (double MarginalError, int Iterations) Solve(Span<double> f, Span<double> g, Span<double> next, double tolerance, int iterations)
    {
        f.Clear();
        for (int iteration = 1; ; iteration++)
        {
            ForColumns(f, g);
            ForRows(g, next);
            CompensatedSum error = default;
            for (int i = 0; i < f.Length; i++)
            {
                double p = Elementary.Exp(_logP[i]);
                if (p != 0)
                    error.Add(p * Math.Abs(Elementary.Expm1(f[i] - next[i])));
            }

            if (error.Value <= tolerance || iteration == iterations)
                return (error.Value, iteration);
            next.CopyTo(f);
        }
    }

    // G_j = -log of the sum over i of p_i e^(F_i - C_ij/regularisation).
    private void ForColumns(ReadOnlySpan<double> f, Span<double> g)
    {
        for (int j = 0; j < g.Length; j++)
            g[j] = SoftMinimum(_logP, f, _costs[j..], g.Length);
    }

    private void ForRows(ReadOnlySpan<double> g, Span<double> f)
    {
        for (int i = 0; i < f.Length; i++)
            f[i] = SoftMinimum(_logQ, g, _costs[(i * g.Length)..], 1);
    }

    private double SoftMinimum(ReadOnlySpan<double> logWeights, ReadOnlySpan<double> potentials, ReadOnlySpan<double> costs, int stride)
    {
        double largest = double.NegativeInfinity, highest = double.NegativeInfinity, lowest = double.PositiveInfinity;
        for (int i = 0; i < potentials.Length; i++)
        {
            double x = Exponent(i, potentials, costs, stride);
            largest = Math.Max(largest, logWeights[i] + x);
            highest = Math.Max(highest, x);
            lowest = Math.Min(lowest, x);
        }

        // A strong regularisation: all exponents are alike, and the weights sum to one.
        CompensatedSum sum = default;
        bool isFlat = highest - lowest <= 1;
        for (int i = 0; i < potentials.Length; i++)
        {
            double x = Exponent(i, potentials, costs, stride);
            sum.Add(isFlat ? Elementary.Exp(logWeights[i]) * Elementary.Expm1(x - highest) : Elementary.Exp(logWeights[i] + x - largest));
        }

        return isFlat ? -(highest + Elementary.Log1p(sum.Value)) : -(largest + Elementary.Log(sum.Value));
    }

    private double Exponent(int i, ReadOnlySpan<double> potentials, ReadOnlySpan<double> costs, int stride) =>
        potentials[i] - costs[i * stride] / _regularisation;
}
