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
                double p = Math.Exp(_logP[i]);
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
        double largest = double.NegativeInfinity;
        for (int i = 0; i < potentials.Length; i++)
            largest = Math.Max(largest, Exponent(i, logWeights, potentials, costs, stride));
        CompensatedSum sum = default;
        for (int i = 0; i < potentials.Length; i++)
            sum.Add(Math.Exp(Exponent(i, logWeights, potentials, costs, stride) - largest));
        return -(largest + Math.Log(sum.Value));
    }

    private double Exponent(int i, ReadOnlySpan<double> logWeights, ReadOnlySpan<double> potentials, ReadOnlySpan<double> costs, int stride) =>
        logWeights[i] + (potentials[i] - costs[i * stride] / _regularisation);
}
