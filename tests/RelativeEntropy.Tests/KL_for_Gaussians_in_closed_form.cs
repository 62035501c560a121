namespace RelativeEntropy.Tests;

/// <summary>
/// The textbook formulas of KL between Gaussians: with log-variances, general and to N(0, I), and the theorem for full covariances.
/// True values: mpmath, 50 digits, from the formulas as they stand.
/// </summary>
public class KL_for_Gaussians_in_closed_form
{
    private static readonly double[] M1 = [0.5, -1.25, 2.0], LogVariance1 = [0.25, -0.75, -2.0];
    private static readonly double[] M2 = [0.0, -1.0, 1.5], LogVariance2 = [0.5, -0.5, -1.5];
    private static readonly double[] S1 = [2.0, 0.5, 0.25, 0.5, 1.0, -0.125, 0.25, -0.125, 0.75];
    private static readonly double[] S2 = [1.0, 0.25, 0.0, 0.25, 1.5, 0.5, 0.0, 0.5, 2.0];

    /// <summary>1/2 sum(logvar2 - logvar1 + var1/var2 + (m1 - m2)^2/var2 - 1).</summary>
    [Fact]
    public void General_case_with_log_variances() =>
        IsRight("0.76961611889343786541182224598191051968787036179903", DiagonalGaussian.KullbackLeiblerFromLogVariance(M1, LogVariance1, M2, LogVariance2));

    /// <summary>-1/2 sum(1 + logvar - m^2 - e^logvar).</summary>
    [Fact]
    public void To_the_standard_normal() =>
        IsRight("3.6021136263326844415527333069890943873570579951638", DiagonalGaussian.KullbackLeiblerToStandard(M1, LogVariance1));

    [Fact]
    public void Of_a_batch_of_32_latent_vectors_of_64_dimensions()
    {
        (double[] mean, double[] logVariance, _, _) = Generated.Normals(seed: 3, n: 32 * 64, delta: 0);
        IsRight("1177.9745040789267547751170279131484841580149757293", DiagonalGaussian.KullbackLeiblerToStandard(mean, logVariance));
    }

    /// <summary>1/2 (tr(S2^-1 S1) + (m2 - m1)' S2^-1 (m2 - m1) - d + log(det S2 / det S1)).</summary>
    [Fact]
    public void Theorem_for_full_covariances() =>
        IsRight("0.75375817670132106581154419211087137541849093737573", MultivariateGaussian.KullbackLeibler(M1, S1, M2, S2));

    /// <summary>1/2 (tr S + m'm - d - log det S).</summary>
    [Fact]
    public void Special_case_of_the_theorem_to_the_standard_normal() =>
        IsRight("3.1953248715366703888299505269724263675323106380709", MultivariateGaussian.KullbackLeiblerToStandard(M1, S1));

    [Fact]
    public void Nearly_equal_ones_where_the_formulas_as_they_stand_have_no_digit_left()
    {
        double e = Math.ScaleB(1, -30);
        IsRight("3.4113913220423975863518963672132388482283476405847e-19", DiagonalGaussian.KullbackLeiblerFromLogVariance([0.5], [0.25], [0.5 + e], [0.25 - e / 8]));
        double[] near = [.. S1];
        (near[0], near[5], near[7]) = (near[0] + e, near[5] + e / 8, near[7] + e / 8);
        IsRight("1.7250377359438063213940609689521029087839889729321e-19", MultivariateGaussian.KullbackLeibler([M1[0] + e / 2, M1[1], M1[2]], near, M1, S1), ulps: 4);
    }

    /// <summary>One unit in the last place; where a matrix is solved with, some more.</summary>
    private static void IsRight(string truth, double actual, int ulps = 1)
    {
        double nearest = double.Parse(truth);
        Assert.Equal(nearest, actual, ulps * (Math.BitIncrement(nearest) - nearest));
    }
}
