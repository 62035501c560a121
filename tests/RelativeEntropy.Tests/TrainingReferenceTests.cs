namespace RelativeEntropy.Tests;

/// <summary>What training loops need, against true values from mpmath.</summary>
public class TrainingReferenceTests
{
    private const double Epsilon = 2.220446049250313e-16;

    [Fact]
    public void Normals_by_log_standard_deviation_and_their_gradients_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("diagonal_gaussian_from_log_standard_deviation", 1e-13, c =>
        {
            (double[] m0, double[] s0, double[] m1, double[] s1) = c.DiagonalNormals;
            double[][] g = [.. Enumerable.Range(0, 4).Select(_ => new double[m0.Length])];
            DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient(m0, s0, m1, s1, g[0], g[1], g[2], g[3]);
            return
            [
                ("DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation", [DiagonalGaussian.KullbackLeiblerFromLogStandardDeviation(m0,
                    s0, m1, s1)]),
                ("DiagonalGaussian.KullbackLeiblerFromLogStandardDeviationGradient", [.. g[0], .. g[1], .. g[2], .. g[3]]),
            ];
        });

    [Fact]
    public void The_entropy_of_a_diagonal_normal_is_right_to_15_digits() =>
        ReferenceTable.AssertRelativeToScales("diagonal_gaussian_entropy", 1e-15, c =>
            [DiagonalGaussian.EntropyFromLogStandardDeviation(c.Settings("scale0"))]);

    [Fact]
    public void Means_over_rows_and_their_gradients_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("logits_mean_losses", 1e-13, c =>
        {
            int[] labels = [.. c.Settings("labels").Select(x => (int)x)];
            bool[] kept = [.. c.Settings("kept").Select(x => x != 0)];
            double[] p = c.Settings("p");
            (double[] a, double[] b) = c.LogitPair;
            (int columns, int length, double t) = ((int)c.Setting("columns"), a.Length, c.Temperature);
            int first = Math.Max(0, Array.IndexOf(kept, true)) * columns;
            double[] byP = new double[length], row = a[first..(first + columns)];
            return
            [
                ("Logits.MeanCrossEntropyFromLabels", [Logits.MeanCrossEntropyFromLabels(labels, b, columns, kept, t)]),
                ("Logits.MeanCrossEntropyFromLabelsGradient", Filled(length, to =>
                    Logits.MeanCrossEntropyFromLabelsGradient(labels, b, columns, to, kept, t))),
                ("Logits.MeanCrossEntropyFromProbabilities", [Logits.MeanCrossEntropyFromProbabilities(p, b, columns, kept, t)]),
                ("Logits.MeanCrossEntropyFromProbabilitiesGradient",
                    Filled(length, to => Logits.MeanCrossEntropyFromProbabilitiesGradient(p, b, columns, to, kept, t))),
                ("Logits.MeanKullbackLeibler", [Logits.MeanKullbackLeibler(a, b, columns, kept, t)]),
                ("Logits.MeanKullbackLeiblerGradient",
                    [.. Filled(length, to => Logits.MeanKullbackLeiblerGradient(a, b, columns, to, default, kept, t)),
                        .. Filled(length, to => Logits.MeanKullbackLeiblerGradient(a, b, columns, default, to, kept, t))]),
                ("Logits.MeanEntropy", [Logits.MeanEntropy(a, columns, kept, t)]),
                ("Logits.MeanEntropyGradient", Filled(length, to => Logits.MeanEntropyGradient(a, columns, to, kept, t))),
                ("Logits.Entropy", [Logits.Entropy(row, t)]),
                ("Logits.EntropyGradient", Filled(columns, to => Logits.EntropyGradient(row, to, t))),
            ];
        });

    [Fact]
    public void Distances_of_singular_normals_are_right_to_16_roundings_of_the_standard_deviation_per_dimension() =>
        ReferenceTable.AssertRelativeToScales("multivariate_gaussian_wasserstein2_singular", 16 * Epsilon, c =>
            [MultivariateGaussian.Wasserstein2(c.Settings("mean0"), c.Settings("covariance0"), c.Settings("mean1"),
                c.Settings("covariance1"))]);

    private static double[] Filled(int length, Action<double[]> fill)
    {
        double[] numbers = new double[length];
        fill(numbers);
        return numbers;
    }
}
