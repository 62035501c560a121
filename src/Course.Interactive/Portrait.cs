using Course.Figures;
using MathNet.Numerics.Distributions;
using RelativeEntropy;
using NormalGamma = RelativeEntropy.NormalGamma;

namespace Course.Interactive;

/// <summary>
/// What a value of the library looks like: a distribution its density, a generator its function and the values of its divergence. Null for what
/// has no density: a NaN among the parameters, or a single outcome.
/// </summary>
internal static class Portrait
{
    private const int Points = 400;

    /// <summary>The part of the mass that lies beyond an end of a drawn density.</summary>
    private const double Tail = 1e-3;

    public static Figure? Of(BetaBernoulli coin) => double.IsNaN(coin.Alpha + coin.Beta) ? null : Density(
        $"theta ~ Beta({coin.Alpha:G6}, {coin.Beta:G6})", "theta", 0, 1, theta => Beta.PDF(coin.Alpha, coin.Beta, theta));

    /// <summary>Each outcome's probability is Beta(a_i, total - a_i) by itself (Bernardo and Smith 1994, section 3.2.5).</summary>
    public static Figure? Of(DirichletCategorical die)
    {
        double[] a = die.Concentration.ToArray();
        double total = a.Sum();
        return a.Length == 1 || double.IsNaN(total) ? null
            : Density($"p ~ Dirichlet({string.Join(", ", a.Select(count => $"{count:G6}"))})", "p", 0, 1, [.. a.Select((count, i) => new Curve(p => Beta.PDF(count, total - count, p), $"p{i}"))]);
    }

    public static Figure? Of(GammaPoisson counts) => double.IsNaN(counts.Shape + counts.Rate) ? null : Density(
        $"lambda ~ Gamma({counts.Shape:G6}, rate {counts.Rate:G6})", "lambda", 0, Gamma.InvCDF(counts.Shape, counts.Rate, 1 - Tail), lambda => Gamma.PDF(counts.Shape, counts.Rate, lambda));

    public static Figure? Of(NormalNormal model) => double.IsNaN(model.Mean + model.StandardDeviation) ? null : Density(
        $"theta ~ N({model.Mean:G6}, {model.StandardDeviation:G6}^2)", "theta",
        Normal.InvCDF(model.Mean, model.StandardDeviation, Tail), Normal.InvCDF(model.Mean, model.StandardDeviation, 1 - Tail),
        theta => Normal.PDF(model.Mean, model.StandardDeviation, theta));

    /// <summary>The marginals: the precision is Gamma, the mean Student's t with 2 shape degrees of freedom (Bernardo and Smith 1994, section 3.2.5).</summary>
    public static Figure? Of(NormalGamma model)
    {
        if (double.IsNaN(model.Mean + model.Count + model.Shape + model.Rate))
            return null;
        double freedom = 2 * model.Shape, scale = Math.Sqrt(model.Rate / (model.Count * model.Shape));
        double half = scale * StudentT.InvCDF(0, 1, freedom, 1 - Tail);
        return Figure.Grid(2,
            Density($"tau ~ Gamma({model.Shape:G6}, rate {model.Rate:G6})", "tau", 0, Gamma.InvCDF(model.Shape, model.Rate, 1 - Tail), tau => Gamma.PDF(model.Shape, model.Rate, tau)),
            Density($"mean ~ t({model.Mean:G6}, {scale:G6}), {freedom:G6} degrees", "mean", model.Mean - half, model.Mean + half, mean => StudentT.PDF(model.Mean, scale, freedom, mean)));
    }

    /// <summary>f, and the divergence that it generates of a coin from a fair one.</summary>
    public static Figure Of(Generator f)
    {
        double[] heads = [.. Enumerable.Range(0, Points + 1).Select(i => (double)i / Points)];
        return Figure.Grid(2,
            Figure.Of(Plot.Function(f.Value, 0, 4)).WithTitle("f(u)").WithXAxis("u = p/q", min: 0, max: 4),
            Figure.Of(Plot.Line(heads, heads.Select(p => FDivergence.Of(f, [p, 1 - p], [0.5, 0.5])))).WithTitle("D of a coin from a fair one").WithXAxis("probability of heads", min: 0, max: 1));
    }

    private static Figure Density(string title, string variable, double from, double to, Func<double, double> density) =>
        Density(title, variable, from, to, new Curve(density, null));

    /// <summary>Densities at the middles of equal steps: at the end of its range a density may be infinite.</summary>
    private static Figure Density(string title, string variable, double from, double to, params Curve[] curves)
    {
        double[] x = [.. Enumerable.Range(0, Points).Select(i => from + (i + 0.5) * (to - from) / Points)];
        return Figure.Of([.. curves.Select(curve => Plot.Line(x, x.Select(curve.Density), curve.Name))])
            .WithTitle(title).WithXAxis(variable, min: from, max: to).WithYAxis("density", min: 0);
    }

    private sealed record Curve(Func<double, double> Density, string? Name);
}
