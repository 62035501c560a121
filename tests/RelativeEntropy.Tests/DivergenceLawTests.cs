using FsCheck;
using FsCheck.Fluent;

namespace RelativeEntropy.Tests;

/// <summary>Theorems about the families of discrete divergences, on random cases.</summary>
public class DivergenceLawTests
{
    private const double Slack = 16 * 2.220446049250313e-16;
    private static readonly double[] Orders = [0, 0.25, 0.5, 0.75, 0.9, 1 - 1e-9, 1, 1 + 1e-9, 1.5, 2, 5, 50, 1e4, double.PositiveInfinity];

    /// <summary>Two distributions without zeros.</summary>
    private static Gen<(double[] P, double[] Q)> Positive =>
        Laws.Length.SelectMany(n => Gen.Zip(Gen.ArrayOf(Laws.Mass, n), Gen.ArrayOf(Laws.Mass, n))
            .Select(x => (Laws.Normalised(x.Item1), Laws.Normalised(x.Item2))));

    private static Gen<(double[] P, double[] Q, double[] R)> Three =>
        from n in Laws.Length
        from p in Masses(n)
        from q in Masses(n)
        from r in Masses(n)
        select (Laws.Normalised(p), Laws.Normalised(q), Laws.Normalised(r));

    [Fact]
    public void Renyi_does_not_decrease_with_its_order() => Laws.Hold(Laws.Distributions, pair =>
    {
        double[] values = [.. Orders.Select(order => Divergence.Renyi(pair.P, pair.Q, order))];
        return values.Zip(values.Skip(1)).All(x => x.First <= x.Second + Slack * (1 + x.Second));
    });

    [Fact]
    public void Tsallis_and_Renyi_of_order_one_are_Kullback_Leibler_bit_for_bit_and_so_are_both_ends_of_Alpha() => Laws.Hold(Laws.Distributions, pair =>
    {
        double divergence = Divergence.KullbackLeibler(pair.P, pair.Q);
        return Divergence.Renyi(pair.P, pair.Q, 1) == divergence && Divergence.Tsallis(pair.P, pair.Q, 1) == divergence
            && Divergence.Alpha(pair.P, pair.Q, -1) == divergence && Divergence.Alpha(pair.Q, pair.P, 1) == divergence;
    });

    [Fact]
    public void Orders_near_one_are_near_Kullback_Leibler() => Laws.Hold(Positive, pair =>
    {
        double divergence = Divergence.KullbackLeibler(pair.P, pair.Q);
        return new[] { 1 - 1e-12, 1 + 1e-12 }.All(order =>
            Near(Divergence.Renyi(pair.P, pair.Q, order), divergence, 1e-9 * divergence)
            && Near(Divergence.Tsallis(pair.P, pair.Q, order), divergence, 1e-9 * divergence)
            && Near(Divergence.Alpha(pair.P, pair.Q, 1 - 2 * order), divergence, 1e-9 * divergence));
    });

    [Fact]
    public void Members_of_the_families_are_one_another() => Laws.Hold(Positive, pair =>
    {
        (double[] p, double[] q) = pair;
        double hellinger = Divergence.SquaredHellinger(p, q), pearson = Divergence.PearsonChiSquared(p, q);
        return Near(Divergence.Alpha(p, q, 0), 4 * hellinger, Slack * 4 * hellinger)
            && Near(Divergence.Tsallis(p, q, 0.5), 2 * hellinger, Slack * 2 * hellinger)
            && Near(Divergence.Tsallis(p, q, 2), pearson, Slack * pearson)
            && Near(Divergence.Alpha(p, q, -3), pearson / 2, Slack * pearson)
            && Near(Divergence.Alpha(p, q, 3), Divergence.NeymanChiSquared(p, q) / 2, Slack * Divergence.NeymanChiSquared(p, q))
            && Near(Divergence.Renyi(p, q, 2), Math.Log(1 + pearson), 1e-14)
            && Near(Divergence.Renyi(p, q, 0.5), 2 * Divergence.Bhattacharyya(p, q), Slack * Divergence.Renyi(p, q, 0.5))
            && Near(Divergence.BhattacharyyaCoefficient(p, q), 1 - hellinger, Slack)
            && Near(Divergence.ChernoffCoefficient(p, q, 0.5), 1 - hellinger, Slack)
            && Near(Divergence.Jeffreys(p, q), Divergence.KullbackLeibler(p, q) + Divergence.KullbackLeibler(q, p), Slack * Divergence.Jeffreys(p, q))
            && Near(Divergence.JensenShannon([.. p, .. q], p.Length, [0.25, 0.75]), Divergence.JensenShannon(p, q, 0.25), Slack * Divergence.JensenShannon(p, q, 0.25));
    });

    [Fact]
    public void Renyi_below_one_is_skew_symmetric() => Laws.Hold(Positive, pair =>
        Near(0.75 * Divergence.Renyi(pair.P, pair.Q, 0.25), 0.25 * Divergence.Renyi(pair.Q, pair.P, 0.75), Slack * Divergence.Renyi(pair.P, pair.Q, 1)));

    [Fact]
    public void Chernoff_information_is_at_least_every_other_weight_and_symmetric() => Laws.Hold(Laws.Distributions, pair =>
    {
        double value = Divergence.Chernoff(pair.P, pair.Q, out double weight);
        return new[] { 0.1, 0.25, 0.5, 0.75, 0.9, weight }.All(w => -Math.Log(Divergence.ChernoffCoefficient(pair.P, pair.Q, w)) <= value + Slack * (1 + value))
            && Near(Divergence.Chernoff(pair.Q, pair.P), value, Slack * (1 + value));
    });

    [Fact]
    public void The_distances_are_metrics() => Laws.Hold(Three, x => new Func<double[], double[], double>[]
    {
        (p, q) => Divergence.JensenShannonDistance(p, q), (p, q) => Divergence.TotalVariation(p, q), (p, q) => Divergence.Hellinger(p, q),
        (p, q) => Divergence.Wasserstein1(p, q, [.. Enumerable.Range(0, p.Length).Select(i => i * 0.5)]),
    }.All(d => d(x.P, x.R) <= (d(x.P, x.Q) + d(x.Q, x.R)) * (1 + Slack) && Near(d(x.P, x.Q), d(x.Q, x.P), Slack * d(x.P, x.Q)) && d(x.P, x.P) == 0));

    [Fact]
    public void Bounded_divergences_stay_within_their_bounds() => Laws.Hold(Laws.Distributions, pair =>
        Divergence.JensenShannon(pair.P, pair.Q, LogBase.Bits) is >= 0 and <= 1 + Slack
        && Divergence.TotalVariation(pair.P, pair.Q) is >= 0 and <= 1 + Slack
        && Divergence.SquaredHellinger(pair.P, pair.Q) is >= 0 and <= 1 + Slack
        && Divergence.Triangular(pair.P, pair.Q) is >= 0 and <= 2 + Slack
        && Divergence.JensenShannon(pair.P, pair.Q, 0.25, LogBase.Bits) <= Entropy.Shannon([0.25, 0.75], LogBase.Bits) + Slack);

    [Fact]
    public void Data_processing_merging_outcomes_increases_no_divergence() => Laws.Hold(Laws.MeasuresOf(Gen.Choose(1, 12).Select(n => 2 * n)).Where(x => x.P.Sum() > 0), pair =>
    {
        double[] p = Laws.Normalised(pair.P), q = Laws.Normalised(pair.Q), mergedP = Laws.Normalised(Halved(pair.P)), mergedQ = Laws.Normalised(Halved(pair.Q));
        return new Func<double[], double[], double>[]
        {
            (x, y) => Divergence.Jeffreys(x, y), (x, y) => Divergence.JensenShannon(x, y), (x, y) => Divergence.TotalVariation(x, y), (x, y) => Divergence.SquaredHellinger(x, y),
            (x, y) => Divergence.PearsonChiSquared(x, y), (x, y) => Divergence.Triangular(x, y), (x, y) => Divergence.Renyi(x, y, 0.5), (x, y) => Divergence.Renyi(x, y, 3),
            (x, y) => Divergence.Tsallis(x, y, 0.25), (x, y) => Divergence.Alpha(x, y, 0.5), (x, y) => Divergence.Chernoff(x, y),
        }.All(d => d(mergedP, mergedQ) <= d(p, q) * (1 + 1e-12) + Slack);
    });

    [Fact]
    public void Rows_have_the_bits_of_the_loop() => Laws.Hold(Gen.Two(Positive), two =>
    {
        int columns = Math.Min(two.Item1.P.Length, two.Item2.P.Length);
        double[][] p = [Laws.Normalised(two.Item1.P[..columns]), Laws.Normalised(two.Item2.P[..columns])];
        double[][] q = [Laws.Normalised(two.Item1.Q[..columns]), Laws.Normalised(two.Item2.Q[..columns])];
        double[] allP = [.. p[0], .. p[1]], allQ = [.. q[0], .. q[1]], answers = new double[2];
        bool Same(Action fill, Func<double[], double[], double> single)
        {
            fill();
            return answers[0] == single(p[0], q[0]) && answers[1] == single(p[1], q[1]);
        }

        return Same(() => Divergence.KullbackLeiblerRows(allP, allQ, columns, answers, LogBase.Bits), (x, y) => Divergence.KullbackLeibler(x, y, LogBase.Bits))
            && Same(() => Divergence.JeffreysRows(allP, allQ, columns, answers), (x, y) => Divergence.Jeffreys(x, y))
            && Same(() => Divergence.JensenShannonRows(allP, allQ, columns, answers), (x, y) => Divergence.JensenShannon(x, y))
            && Same(() => Divergence.TotalVariationRows(allP, allQ, columns, answers), (x, y) => Divergence.TotalVariation(x, y))
            && Same(() => Divergence.RenyiRows(allP, allQ, columns, 0.75, answers), (x, y) => Divergence.Renyi(x, y, 0.75));
    });

    [Fact]
    public void Gradients_are_the_slopes_of_the_divergence_of_measures() => Laws.Hold(Positive, pair =>
    {
        (double[] p, double[] q) = pair;
        double[] byP = new double[p.Length], byQ = new double[p.Length], mixP = new double[p.Length], mixQ = new double[p.Length];
        bool values = Divergence.KullbackLeiblerGradient(p, q, byP, byQ) == Divergence.KullbackLeibler(p, q)
            && Divergence.JensenShannonGradient(p, q, mixP, mixQ) == Divergence.JensenShannon(p, q);
        return values && Enumerable.Range(0, p.Length).All(i =>
            IsSlope(x => Terms.KullbackLeibler(x, q[i]), p[i], byP[i], q[i]) && IsSlope(x => Terms.KullbackLeibler(p[i], x), q[i], byQ[i], p[i])
            && IsSlope(x => Midpoint(x, q[i]), p[i], mixP[i], q[i]) && IsSlope(x => Midpoint(p[i], x), q[i], mixQ[i], p[i]));
    });

    private static double Midpoint(double p, double q) => (Terms.KullbackLeibler(p, (p + q) / 2) + Terms.KullbackLeibler(q, (p + q) / 2)) / 2;

    /// <summary>
    /// A central difference of relative step 1e-5. Its own error is below 1e-9 of the scale of the slope; each value of the function has the
    /// roundings of its parts, which are of the order of the two masses and of the value.
    /// </summary>
    private static bool IsSlope(Func<double, double> function, double x, double slope, double other)
    {
        double step = 1e-5 * x, difference = (function(x + step) - function(x - step)) / (2 * step);
        return Math.Abs(difference - slope) <= 1e-9 * (1 + Math.Abs(slope)) + Slack / 2 * (x + other + function(x)) / step;
    }

    private static Gen<double[]> Masses(int n) => Gen.ArrayOf(Laws.MassOrZero, n).Where(x => x.Sum() > 0);

    private static double[] Halved(double[] masses) => [.. masses.Chunk(2).Select(Enumerable.Sum)];

    private static bool Near(double x, double y, double slack) => Math.Abs(x - y) <= slack || x == y;
}
