namespace RelativeEntropy.Tests;

/// <summary>The functions on normal distributions against their tables.</summary>
public class GaussianReferenceTests
{
    [Fact]
    public void Divergences_of_normals_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("gaussian_divergences", 1e-13, c =>
        {
            (double m0, double s0, double m1, double s1) = c.Normals;
            Gaussian.KullbackLeiblerGradient(m0, s0, m1, s1, out GaussianGradient g);
            return
            [
                ("Gaussian.Renyi", [Gaussian.Renyi(m0, s0, m1, s1, c.Setting("order"))]),
                ("Gaussian.Bhattacharyya", [Gaussian.Bhattacharyya(m0, s0, m1, s1)]),
                ("Gaussian.SquaredHellinger", [Gaussian.SquaredHellinger(m0, s0, m1, s1)]),
                ("Gaussian.Wasserstein2", [Gaussian.Wasserstein2(m0, s0, m1, s1)]),
                ("Gaussian.GeometricJensenShannon", [Gaussian.GeometricJensenShannon(m0, s0, m1, s1, c.Setting("weight"))]),
                ("Gaussian.KullbackLeiblerGradient", [g.Mean0, g.StandardDeviation0, g.Mean1, g.StandardDeviation1]),
                ("Gaussian.Entropy", [Gaussian.Entropy(s0)]),
            ];
        });

    // Two divisions, each off by at most 2^-53 of the value, which is at most one unit in the last place; doubling is exact.
    [Fact]
    public void The_Fisher_information_of_a_normal_is_right_to_2_ulp() =>
        ReferenceTable.AssertUlpOfEach("gaussian_fisher_information", 2, c =>
        {
            (double mean, double standardDeviation) = Gaussian.FisherInformation(c.Setting("scale0"));
            return [("Gaussian.FisherInformation", [mean, standardDeviation])];
        });

    [Fact]
    public void Divergences_of_diagonal_normals_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("diagonal_gaussian_divergences", 1e-13, c =>
        {
            (double[] m0, double[] v0, double[] m1, double[] v1) = c.DiagonalNormals;
            double[][] g = [new double[m0.Length], new double[m0.Length], new double[m0.Length], new double[m0.Length]];
            DiagonalGaussian.KullbackLeiblerGradient(m0, v0, m1, v1, g[0], g[1], g[2], g[3]);
            return
            [
                ("DiagonalGaussian.Renyi", [DiagonalGaussian.Renyi(m0, v0, m1, v1, c.Setting("order"))]),
                ("DiagonalGaussian.Bhattacharyya", [DiagonalGaussian.Bhattacharyya(m0, v0, m1, v1)]),
                ("DiagonalGaussian.SquaredHellinger", [DiagonalGaussian.SquaredHellinger(m0, v0, m1, v1)]),
                ("DiagonalGaussian.Wasserstein2", [DiagonalGaussian.Wasserstein2(m0, v0, m1, v1)]),
                ("DiagonalGaussian.KullbackLeiblerGradient", [.. g.SelectMany(x => x)]),
            ];
        });

    [Fact]
    public void The_autoencoder_term_by_dimension_and_its_gradient_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("diagonal_gaussian_to_standard_gradient", 1e-13, c =>
        {
            (double[] m, double[] l, _, _) = c.DiagonalNormals;
            double[] each = new double[m.Length], byMean = new double[m.Length], byLogVariance = new double[m.Length];
            DiagonalGaussian.KullbackLeiblerToStandardByDimension(m, l, each);
            DiagonalGaussian.KullbackLeiblerToStandardGradient(m, l, byMean, byLogVariance);
            return
            [
                ("DiagonalGaussian.KullbackLeiblerToStandardByDimension", each),
                ("DiagonalGaussian.KullbackLeiblerToStandardGradient", [.. byMean, .. byLogVariance]),
            ];
        });

    [Fact]
    public void Full_covariances_are_right_to_16_roundings_times_the_condition_number() =>
        ReferenceTable.AssertRelativeToScales("multivariate_gaussian", 16 * Epsilon, c =>
        {
            double[] m0 = c.Settings("mean0"), s0 = c.Settings("covariance0"), m1 = c.Settings("mean1"), s1 = c.Settings("covariance1");
            int d = m0.Length, square = d * d;
            List<(string Function, double[] Values)> answers =
            [
                ("MultivariateGaussian.KullbackLeibler", [MultivariateGaussian.KullbackLeibler(m0, s0, m1, s1)]),
                ("MultivariateGaussian.KullbackLeiblerToStandard", [MultivariateGaussian.KullbackLeiblerToStandard(m0, s0)]),
                ("MultivariateGaussian.Entropy", [MultivariateGaussian.Entropy(s0)]),
            ];
            if (d > 1)
                answers.Add(("MultivariateGaussian.MutualInformation", [MultivariateGaussian.MutualInformation(s0, d / 2)]));
            if (c.Values!.Length > answers.Count)
            {
                double[] byMean = new double[d], byS0 = new double[square], byS1 = new double[square];
                MultivariateGaussian.KullbackLeiblerGradient(m0, s0, m1, s1, byMean, byS0, default, byS1);
                answers.Add(("MultivariateGaussian.KullbackLeiblerGradient", [.. byMean, .. byS0, .. byS1]));
            }

            return [.. answers];
        });

    [Fact]
    public void Cholesky_factors_are_right_to_16_roundings_times_the_condition_number() =>
        ReferenceTable.AssertRelativeToScales("multivariate_gaussian_from_cholesky", 16 * Epsilon, c =>
            [MultivariateGaussian.KullbackLeiblerFromCholesky(c.Settings("mean0"), c.Settings("factor0"), c.Settings("mean1"), c.Settings("factor1"))]);

    [Fact]
    public void The_local_quadratic_form_is_right_to_16_roundings_times_the_condition_number() =>
        ReferenceTable.AssertRelativeToScales("multivariate_gaussian_local_quadratic_form", 16 * Epsilon, c =>
            [MultivariateGaussian.LocalQuadraticForm(c.Settings("covariance0"), c.Settings("meanStep"), c.Settings("covarianceStep"))]);

    [Fact]
    public void Other_divergences_of_full_covariances_are_right_to_16_roundings_times_the_condition_number() =>
        ReferenceTable.AssertRelativeToScales("multivariate_gaussian_divergences", 16 * Epsilon, c =>
        {
            double[] m0 = c.Settings("mean0"), s0 = c.Settings("covariance0"), m1 = c.Settings("mean1"), s1 = c.Settings("covariance1");
            List<(string Function, double[] Values)> answers =
            [
                ("MultivariateGaussian.Renyi", [MultivariateGaussian.Renyi(m0, s0, m1, s1, c.Setting("order"))]),
                ("MultivariateGaussian.Bhattacharyya", [MultivariateGaussian.Bhattacharyya(m0, s0, m1, s1)]),
                ("MultivariateGaussian.SquaredHellinger", [MultivariateGaussian.SquaredHellinger(m0, s0, m1, s1)]),
                ("MultivariateGaussian.GeometricJensenShannon", [MultivariateGaussian.GeometricJensenShannon(m0, s0, m1, s1, c.Setting("weight"))]),
            ];
            if (c.Values!.Length > answers.Count)
                answers.Add(("MultivariateGaussian.Wasserstein2", [MultivariateGaussian.Wasserstein2(m0, s0, m1, s1)]));
            return [.. answers];
        });

    [Fact]
    public void Factor_models_are_right_to_64_roundings_times_the_condition_number() =>
        ReferenceTable.AssertRelativeToScales("low_rank_gaussian", 64 * Epsilon, c =>
        {
            double[] m0 = c.Settings("mean0"), w0 = c.Settings("factor0"), v0 = c.Settings("diagonal0"), s0 = c.Settings("covariance0");
            double[] m1 = c.Settings("mean1"), w1 = c.Settings("factor1"), v1 = c.Settings("diagonal1"), s1 = c.Settings("covariance1");
            return
            [
                ("LowRankGaussian.KullbackLeibler", [LowRankGaussian.KullbackLeibler(m0, w0, v0, m1, w1, v1)]),
                ("LowRankGaussian.KullbackLeiblerToFull", [LowRankGaussian.KullbackLeiblerToFull(m0, w0, v0, m1, s1)]),
                ("LowRankGaussian.KullbackLeiblerFromFull", [LowRankGaussian.KullbackLeiblerFromFull(m0, s0, m1, w1, v1)]),
            ];
        });

    [Fact]
    public void The_rate_of_stationary_processes_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("stationary_gaussian_rate", 1e-13, c =>
            [StationaryGaussian.KullbackLeiblerRate(c.Settings("spectrum0"), c.Settings("spectrum1"))]);

    [Fact]
    public void Degenerate_covariances_are_right_to_64_roundings_times_the_condition_number_on_the_subspace() =>
        ReferenceTable.AssertRelativeToScales("multivariate_gaussian_on_common_subspace", 64 * Epsilon, c =>
            [MultivariateGaussian.KullbackLeiblerOnCommonSubspace(c.Settings("mean0"), c.Settings("covariance0"), c.Settings("mean1"), c.Settings("covariance1"))]);

    private const double Epsilon = 2.220446049250313e-16;
}
