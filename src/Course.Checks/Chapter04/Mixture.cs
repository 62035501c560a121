namespace Course.Checks.Chapter04;

/// <summary>A mixture of Gaussians on the line, and what a Gaussian that is fitted to it is measured by.</summary>
/// <param name="Weights">The weights, which sum to one.</param>
/// <param name="Means">The means of the components.</param>
/// <param name="Deviations">Their standard deviations.</param>
internal sealed record Mixture(double[] Weights, double[] Means, double[] Deviations)
{
    // The trapezoidal rule on the whole line (Trefethen and Weideman 2014): with 64 nodes per standard deviation of Q its error is
    // exp(-2 pi 64 d), d the distance of the nearest zero of the density in units of that deviation; d >= 0.07 in all exercises.
    private const int PerUnit = 64;

    private static readonly double[] Nodes = [.. Enumerable.Range(-10 * PerUnit, 20 * PerUnit + 1).Select(k => (double)k / PerUnit)];

    private static readonly double[] Masses = [.. Nodes.Select(z => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / PerUnit)];

    public double Mean => Weights.Zip(Means, (w, m) => w * m).Sum();

    public double Variance => Weights.Select((w, k) => w * (Deviations[k] * Deviations[k] + (Means[k] - Mean) * (Means[k] - Mean))).Sum();

    public int Heaviest => Array.IndexOf(Weights, Weights.Max());

    /// <summary>The logarithm of the density at a point, with its first two derivatives.</summary>
    public (double Value, double Slope, double Curvature) LogDensity(double x)
    {
        double[] logs = [.. Weights.Select((w, k) => Math.Log(w) + LogNormal(x, Means[k], Deviations[k]))];
        double largest = logs.Max(), sum = 0, slope = 0, square = 0;
        for (int k = 0; k < logs.Length; k++)
        {
            double share = Math.Exp(logs[k] - largest), precision = 1 / (Deviations[k] * Deviations[k]), pull = (Means[k] - x) * precision;
            sum += share;
            slope += share * pull;
            square += share * (pull * pull - precision);
        }
        return (largest + Math.Log(sum), slope / sum, square / sum - slope / sum * (slope / sum));
    }

    /// <summary>D(N(mu, sigma^2) || P).</summary>
    public double Reverse(double mu, double sigma) =>
        Nodes.Zip(Masses, (z, w) => w * (LogNormal(mu + sigma * z, mu, sigma) - LogDensity(mu + sigma * z).Value)).Sum();

    /// <summary>D(P || N(mu, sigma^2)).</summary>
    public double Forward(double mu, double sigma) => Weights.Select((w, k) => w * Nodes.Zip(Masses, (z, v) =>
    {
        double x = Means[k] + Deviations[k] * z;
        return v * (LogDensity(x).Value - LogNormal(x, mu, sigma));
    }).Sum()).Sum();

    /// <summary>The derivatives of <see cref="Reverse"/> with respect to mu and s = ln sigma.</summary>
    public (double Mu, double S, double MuMu, double MuS, double SS) Slopes(double mu, double s)
    {
        double sigma = Math.Exp(s), first = 0, firstZ = 0, second = 0, secondZ = 0, secondZZ = 0;
        for (int k = 0; k < Nodes.Length; k++)
        {
            double z = Nodes[k], w = Masses[k];
            (_, double slope, double curvature) = LogDensity(mu + sigma * z);
            first += w * slope;
            firstZ += w * z * slope;
            second += w * curvature;
            secondZ += w * z * curvature;
            secondZZ += w * z * z * curvature;
        }
        return (-first, -1 - sigma * firstZ, -second, -sigma * secondZ, -sigma * firstZ - sigma * sigma * secondZZ);
    }

    /// <summary>The Gaussian of least <see cref="Reverse"/>: Newton's method with Levenberg's damping from every group of neighbouring components.</summary>
    public (double Mu, double Sigma) ReverseFit()
    {
        int[] order = [.. Enumerable.Range(0, Means.Length).OrderBy(k => Means[k])];
        return (from i in Enumerable.Range(0, order.Length)
                from n in Enumerable.Range(1, order.Length - i)
                let part = Group(order[i..(i + n)])
                select Descend(part.Mean, Math.Log(part.Variance) / 2)).MinBy(fit => Reverse(fit.Mu, fit.Sigma));
    }

    private Mixture Group(int[] chosen) => new(
        Draw.Normalised([.. chosen.Select(k => Weights[k])]), [.. chosen.Select(k => Means[k])], [.. chosen.Select(k => Deviations[k])]);

    private (double Mu, double Sigma) Descend(double mu, double s)
    {
        double unit = Math.Exp(s), damping = 0.1, value = Reverse(mu, Math.Exp(s));
        for (int step = 0; step < 100; step++)
        {
            // In units of the first deviation, so that the damping is the same for any scale.
            (double gMu, double gS, double hMuMu, double hMuS, double hSS) = Slopes(mu, s);
            (gMu, hMuMu, hMuS) = (gMu * unit, hMuMu * unit * unit, hMuS * unit);
            if (Math.Abs(gMu) + Math.Abs(gS) < 1e-12)
                break;
            double a = hMuMu + damping, c = hSS + damping, determinant = a * c - hMuS * hMuS;
            double stepMu = -(c * gMu - hMuS * gS) / determinant * unit, stepS = -(a * gS - hMuS * gMu) / determinant;
            double next = Reverse(mu + stepMu, Math.Exp(s + stepS));
            if (a > 0 && determinant > 0 && Math.Abs(stepS) < 2 && next <= value + 1e-14)
                (mu, s, value, damping) = (mu + stepMu, s + stepS, next, damping / 10);
            else
                damping *= 10;
            if (damping > 1e12)
                break;
        }
        return (mu, Math.Exp(s));
    }

    private static double LogNormal(double x, double mu, double sigma) =>
        -(x - mu) / sigma * ((x - mu) / sigma) / 2 - Math.Log(sigma) - Math.Log(2 * Math.PI) / 2;
}
