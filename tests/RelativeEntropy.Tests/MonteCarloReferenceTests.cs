namespace RelativeEntropy.Tests;

/// <summary>Estimates from log-ratios against true values from mpmath.</summary>
public class MonteCarloReferenceTests
{
    [Fact]
    public void Estimates_their_errors_and_their_slopes_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("monte_carlo_log_ratios", 1e-13, c =>
        {
            double[] l = c.Settings("logRatios");
            return
            [
                ("MonteCarlo.K1", Numbers(MonteCarlo.K1(l))), ("MonteCarlo.K1Gradient", Filled(l.Length, to =>
                    MonteCarlo.K1Gradient(l, to))),
                ("MonteCarlo.K2", Numbers(MonteCarlo.K2(l))), ("MonteCarlo.K2Gradient", Filled(l.Length, to =>
                    MonteCarlo.K2Gradient(l, to))),
                ("MonteCarlo.K3", Numbers(MonteCarlo.K3(l))), ("MonteCarlo.K3Gradient", Filled(l.Length, to =>
                    MonteCarlo.K3Gradient(l, to))),
            ];
        });

    [Fact]
    public void Estimates_from_both_log_densities_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("monte_carlo_log_densities", 1e-13, c =>
        {
            double[] p = c.Settings("logP"), q = c.Settings("logQ");
            return
            [
                ("MonteCarlo.K1", Numbers(MonteCarlo.K1(p, q))), ("MonteCarlo.K2", Numbers(MonteCarlo.K2(p, q))),
                ("MonteCarlo.K3", Numbers(MonteCarlo.K3(p, q))),
            ];
        });

    [Fact]
    public void Weighted_estimates_and_their_slopes_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("monte_carlo_weighted", 1e-13, c =>
        {
            double[] l = c.Settings("logRatios"), w = c.Settings("logWeights");
            return
            [
                ("MonteCarlo.EffectiveSampleSize", [MonteCarlo.EffectiveSampleSize(w)]),
                ("MonteCarlo.K1Importance", Numbers(MonteCarlo.K1Importance(l, w))),
                ("MonteCarlo.K1SelfNormalised", Numbers(MonteCarlo.K1SelfNormalised(l, w))),
                ("MonteCarlo.K1ImportanceGradient", Filled(l.Length, to => MonteCarlo.K1ImportanceGradient(l, w, to))),
                ("MonteCarlo.K2Importance", Numbers(MonteCarlo.K2Importance(l, w))),
                ("MonteCarlo.K2SelfNormalised", Numbers(MonteCarlo.K2SelfNormalised(l, w))),
                ("MonteCarlo.K2ImportanceGradient", Filled(l.Length, to => MonteCarlo.K2ImportanceGradient(l, w, to))),
                ("MonteCarlo.K3Importance", Numbers(MonteCarlo.K3Importance(l, w))),
                ("MonteCarlo.K3SelfNormalised", Numbers(MonteCarlo.K3SelfNormalised(l, w))),
                ("MonteCarlo.K3ImportanceGradient", Filled(l.Length, to => MonteCarlo.K3ImportanceGradient(l, w, to))),
            ];
        });

    [Fact]
    public void Estimates_from_logits_and_their_gradients_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("monte_carlo_from_logits", 1e-13, c =>
        {
            int[] samples = [.. c.Settings("samples").Select(x => (int)x)];
            bool[] kept = [.. c.Settings("kept").Select(x => x != 0)];
            int columns = (int)c.Setting("columns"), length = c.LogitPair.A.Length;
            (double[] a, double[] b) = c.LogitPair;
            return
            [
                ("MonteCarlo.K1FromLogits", Numbers(MonteCarlo.K1FromLogits(samples, a, b, columns, kept, c.Temperature))),
                ("MonteCarlo.K1FromLogitsGradient", Both(length, (p, q) =>
                    MonteCarlo.K1FromLogitsGradient(samples, a, b, columns, p, q, kept, c.Temperature))),
                ("MonteCarlo.K2FromLogits", Numbers(MonteCarlo.K2FromLogits(samples, a, b, columns, kept, c.Temperature))),
                ("MonteCarlo.K2FromLogitsGradient", Both(length, (p, q) =>
                    MonteCarlo.K2FromLogitsGradient(samples, a, b, columns, p, q, kept, c.Temperature))),
                ("MonteCarlo.K3FromLogits", Numbers(MonteCarlo.K3FromLogits(samples, a, b, columns, kept, c.Temperature))),
                ("MonteCarlo.K3FromLogitsGradient", Both(length, (p, q) =>
                    MonteCarlo.K3FromLogitsGradient(samples, a, b, columns, p, q, kept, c.Temperature))),
            ];
        });

    private static double[] Numbers(Estimate estimate) => [estimate.Value, estimate.StandardError];

    private static double[] Filled(int length, Action<double[]> fill)
    {
        double[] numbers = new double[length];
        fill(numbers);
        return numbers;
    }

    private static double[] Both(int length, Action<double[], double[]> fill)
    {
        double[] first = new double[length], second = new double[length];
        fill(first, second);
        return [.. first, .. second];
    }
}
