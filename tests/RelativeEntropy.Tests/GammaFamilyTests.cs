using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>log Gamma, its remainders and the divergences of the distributions that are made of it.</summary>
public class GammaFamilyTests
{
    [Fact]
    public void Log_gamma_and_digamma_are_right_to_14_digits() =>
        ReferenceTable.AssertRelativeToScales("gamma_function", 1e-14, c =>
            [("GammaFunction.Log", [GammaFunction.Log(c.X)]), ("GammaFunction.Digamma", [GammaFunction.Digamma(c.X)])]);

    [Fact]
    public void Remainders_of_log_gamma_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("gamma_remainder", 1e-13, c =>
        {
            (double a, double b) = (c.Setting("a"), c.Setting("b"));
            return [GammaFunction.Remainder(a, b, a - b), 0.5 * GammaFunction.OfLog(a, b, a - b) + GammaFunction.OfBinet(a, b, a - b)];
        });

    [Fact]
    public void Kullback_Leibler_of_gammas_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("gamma_kullback_leibler", 1e-13, c =>
            [GammaFamily.Gamma(c.Setting("shape0"), c.Setting("rate0"), c.Setting("shape1"), c.Setting("rate1"))]);

    [Fact]
    public void Kullback_Leibler_of_betas_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("beta_kullback_leibler", 1e-13, c =>
            [GammaFamily.Beta(c.Setting("a0"), c.Setting("b0"), c.Setting("a1"), c.Setting("b1"))]);

    [Fact]
    public void Kullback_Leibler_of_Dirichlets_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("dirichlet_kullback_leibler", 1e-13, c =>
            [GammaFamily.Dirichlet(c.Settings("concentration0"), c.Settings("concentration1"))]);

    [Fact]
    public void Kullback_Leibler_of_normal_gammas_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("normal_gamma_kullback_leibler", 1e-13, c =>
        {
            double[] p = c.Settings("first"), q = c.Settings("second");
            return [GammaFamily.NormalGamma(p[0], p[1], p[2], p[3], q[0], q[1], q[2], q[3])];
        });
}
