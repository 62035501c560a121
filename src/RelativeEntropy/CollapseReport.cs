using System.Collections.ObjectModel;

namespace RelativeEntropy;

/// <summary>What <see cref="Vae.Diagnose"/> finds in the posteriors of a data set: an immutable report on d latent dimensions.</summary>
/// <example><code>
/// CollapseReport report = Vae.Diagnose(means: [1, 0.001, -1.2, 0], logVariances: [-2, 0, -2, 0.01], dimensions: 2);
/// int collapsed = report.Collapsed[0];   // 1
/// double total = report.Total;           // 1.177680433
/// </code></example>
public sealed class CollapseReport
{
    internal CollapseReport(double[] divergences, double[] variancesOfMeans, double threshold)
    {
        KullbackLeibler = new(divergences);
        VarianceOfMeans = new(variancesOfMeans);
        Threshold = threshold;
        Active = new([.. Enumerable.Range(0, variancesOfMeans.Length).Where(j => variancesOfMeans[j] > threshold)]);
        Collapsed = new([.. Enumerable.Range(0, variancesOfMeans.Length).Where(j => variancesOfMeans[j] <= threshold)]);
        Total = divergences.Sum();
    }

    /// <summary>KL of the posterior from N(0, 1) in each dimension, in nats: the mean over the rows. Relative error at most 1e-13.</summary>
    public ReadOnlyCollection<double> KullbackLeibler { get; }

    /// <summary>The variance over the rows of the posterior mean of each dimension. Relative error at most 1e-13.</summary>
    public ReadOnlyCollection<double> VarianceOfMeans { get; }

    /// <summary>The variance above which a dimension counts as active.</summary>
    public double Threshold { get; }

    /// <summary>The indices of the dimensions whose posterior mean varies with the data, ascending.</summary>
    public ReadOnlyCollection<int> Active { get; }

    /// <summary>The indices of the dimensions whose posterior mean does not, ascending.</summary>
    public ReadOnlyCollection<int> Collapsed { get; }

    /// <summary>The sum of <see cref="KullbackLeibler"/>: the mean over the rows of the whole divergence, in nats.</summary>
    public double Total { get; }
}
