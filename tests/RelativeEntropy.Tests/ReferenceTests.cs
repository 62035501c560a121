namespace RelativeEntropy.Tests;

/// <summary>Every function against its 50-digit table; the worst error seen is printed, and in the message on failure.</summary>
public class ReferenceTests
{
    public static TheoryData<string> Tables => [.. ReferenceTable.Names];

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_was_written_by_the_script_beside_it(string name)
    {
        ReferenceTable table = ReferenceTable.Load(name);
        Assert.Equal(name, table.Table);
        Assert.Equal(table.FingerprintOfScript(), table.Sha256);
        Assert.True(table.Digits >= 50);
        Assert.True(table.Cases.Length >= 12 && table.Cases.Count(row => new ReferenceCase(row).Hard) >= 4, $"{name} has too few cases");
    }

    [Fact]
    public void Kullback_Leibler_of_distributions_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("divergence_kullback_leibler", 4, c => Divergence.KullbackLeibler(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void Kullback_Leibler_of_measures_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("measures_kullback_leibler", 4, c => Measures.KullbackLeibler(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void The_plain_sum_is_right_to_1_ulp_of_the_sum_of_its_terms_magnitudes() =>
        ReferenceTable.AssertUlpOfScale("measures_log_ratio_sum", 1, c => Measures.LogRatioSum(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void Shannon_entropy_is_right_to_1_ulp() =>
        ReferenceTable.AssertUlp("entropy_shannon", 1, c => Entropy.Shannon(c.Pair.P, c.LogBase));

    [Fact]
    public void Cross_entropy_is_right_to_1_ulp() =>
        ReferenceTable.AssertUlp("entropy_cross", 1, c => Entropy.Cross(c.Pair.P, c.Pair.Q, c.LogBase));

    [Fact]
    public void The_log_ratio_is_right_to_1_ulp() =>
        ReferenceTable.AssertUlp("terms_log_ratio", 1, c => Terms.LogRatio(c.Scalars.P, c.Scalars.Q));

    [Fact]
    public void The_Kullback_Leibler_term_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("terms_kullback_leibler", 4, c => Terms.KullbackLeibler(c.Scalars.P, c.Scalars.Q));

    [Fact]
    public void The_relative_entropy_term_is_right_to_1_ulp() =>
        ReferenceTable.AssertUlp("terms_relative_entropy", 1, c => Terms.RelativeEntropy(c.Scalars.P, c.Scalars.Q));

    [Fact]
    public void The_cross_entropy_term_is_right_to_1_ulp() =>
        ReferenceTable.AssertUlp("terms_cross_entropy", 1, c => Terms.CrossEntropy(c.Scalars.P, c.Scalars.Q));

    [Fact]
    public void The_entropy_term_is_right_to_1_ulp() =>
        ReferenceTable.AssertUlp("terms_entropy", 1, c => Terms.Entropy(c.Scalars.P));

    [Fact]
    public void Log1p_is_right_to_2_ulp() =>
        ReferenceTable.AssertUlp("elementary_log1p", 2, c => Numerics.Elementary.Log1p(c.X));

    [Fact]
    public void X_minus_log1p_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("elementary_x_minus_log1p", 4, c => Numerics.Elementary.XMinusLog1p(c.X));

    [Fact]
    public void Expm1_is_right_to_2_ulp() =>
        ReferenceTable.AssertUlp("elementary_expm1", 2, c => Numerics.Elementary.Expm1(c.X));

    [Fact]
    public void The_exponential_less_its_tangent_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlp("elementary_exp_excess", 4, c => Numerics.Elementary.ExpExcess(c.X));

    [Fact]
    public void Kullback_Leibler_from_logits_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("logits_kullback_leibler", 1e-13, c => Logits.KullbackLeibler(c.LogitPair.A, c.LogitPair.B, c.Temperature));

    [Fact]
    public void Cross_entropy_from_logits_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("logits_cross_entropy", 1e-13, c => Logits.CrossEntropy(c.LogitPair.A, c.LogitPair.B, c.Temperature));

    [Fact]
    public void Log_sum_exp_is_right_to_4_ulp_of_the_larger_of_its_two_parts() =>
        ReferenceTable.AssertUlpOfScale("logits_log_sum_exp", 4, c => Logits.LogSumExp(c.A));

    [Fact]
    public void Log_softmax_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlpOfEach("logits_log_softmax", 4, c => Filled(c.A, d => Logits.LogSoftmax(c.A, d, c.Temperature)));

    [Fact]
    public void Softmax_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlpOfEach("logits_softmax", 4, c => Filled(c.A, d => Logits.Softmax(c.A, d, c.Temperature)));

    [Fact]
    public void Kullback_Leibler_of_normals_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("gaussian_kullback_leibler", 1e-13, c =>
            Gaussian.KullbackLeibler(c.Normals.Mean0, c.Normals.Scale0, c.Normals.Mean1, c.Normals.Scale1));

    [Fact]
    public void Kullback_Leibler_of_diagonal_normals_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("diagonal_gaussian_kullback_leibler", 1e-13, c =>
            DiagonalGaussian.KullbackLeibler(c.DiagonalNormals.Mean0, c.DiagonalNormals.Scale0, c.DiagonalNormals.Mean1, c.DiagonalNormals.Scale1));

    [Fact]
    public void Kullback_Leibler_from_log_variances_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("diagonal_gaussian_from_log_variance", 1e-13, c =>
            DiagonalGaussian.KullbackLeiblerFromLogVariance(c.DiagonalNormals.Mean0, c.DiagonalNormals.Scale0, c.DiagonalNormals.Mean1, c.DiagonalNormals.Scale1));

    [Fact]
    public void The_autoencoder_term_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("diagonal_gaussian_to_standard", 1e-13, c =>
            DiagonalGaussian.KullbackLeiblerToStandard(c.DiagonalNormals.Mean0, c.DiagonalNormals.Scale0));

    private static double[] Filled(double[] source, Action<double[]> fill)
    {
        var destination = new double[source.Length];
        fill(destination);
        return destination;
    }
}
