namespace RelativeEntropy.Tests;

/// <summary>Generators, f-divergences and inequalities against their 50-digit tables, whose formulas are those of the literature, in u.</summary>
public class FDivergenceReferenceTests
{
    [Fact]
    public void An_f_divergence_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("f_divergence", 1e-13, c => FDivergence.Of(c.Generator, c.P, c.Q));

    [Fact]
    public void A_generator_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("generator_value", 1e-13, c => [c.Generator.Value(c.U)]);

    [Fact]
    public void A_centred_generator_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("generator_centred", 1e-13, c => c.Generator.Centred.Value(c.U), "Generator.Centred");

    [Fact]
    public void A_derivative_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("generator_derivative", 1e-13, c => [c.Generator.Derivative(c.U)]);

    [Fact]
    public void A_conjugate_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("generator_conjugate", 1e-13, c => [c.Generator.Conjugate(c.T)]);

    [Fact]
    public void The_derivative_of_a_conjugate_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("generator_conjugate_derivative", 1e-13, c => c.Generator.ConjugateDerivative(c.T));

    [Fact]
    public void The_mean_over_log_ratios_is_right_to_13_digits_of_its_terms() =>
        ReferenceTable.AssertRelativeToScales("f_divergence_of_log_ratios", 1e-13, c => [FDivergence.OfLogRatios(c.Generator, c.LogRatios)]);

    [Fact]
    public void A_generator_at_a_log_ratio_is_right_to_13_digits_from_minus_to_plus_infinity_in_all_its_forms() =>
        ReferenceTable.AssertRelativeOfEach("generator_at_log_ratio", 1e-13, c =>
        {
            Generator f = c.Form switch
            {
                "own" => c.Generator,
                "dual" => c.Generator.Dual,
                "centred" => c.Generator.Centred,
                "centred dual" => c.Generator.Centred.Dual,
                _ => c.Generator.Symmetrised,
            };
            return [("FDivergence.OfLogRatios", [.. c.LogRatios.Select(x => FDivergence.OfLogRatios(f, [x]))])];
        });

    // A slope has the digits of e^(s x) for x = log(p/q): x, s and their product are each rounded once, by at most 2^-53, and |s x| is at most 709.
    [Fact]
    public void The_optimal_critic_is_right_to_three_roundings_of_the_exponent() =>
        ReferenceTable.AssertRelativeToScales("f_divergence_optimal_critic", 3 * 709 * 1.1102230246251565e-16, c =>
        {
            double[] critic = new double[c.P.Length];
            FDivergence.OptimalCritic(c.Generator, c.P, c.Q, critic);
            return [("FDivergence.OptimalCritic", critic)];
        });

    [Fact]
    public void The_lower_bound_of_a_critic_is_right_to_13_digits_of_its_terms() =>
        ReferenceTable.AssertRelativeToScales("f_divergence_lower_bound", 1e-13, c => [FDivergence.LowerBound(c.Generator, c.Settings("atP"), c.Settings("atQ"))]);

    [Fact]
    public void An_inequality_is_right_to_4_ulp() =>
        ReferenceTable.AssertUlpOfEach("inequalities", 4, c =>
        [
            ("Inequalities.PinskerTotalVariation", [Inequalities.PinskerTotalVariation(c.X)]),
            ("Inequalities.BretagnolleHuberTotalVariation", [Inequalities.BretagnolleHuberTotalVariation(c.X)]),
            ("Inequalities.HellingerTotalVariation", Both(Inequalities.HellingerTotalVariation(c.Y))),
            ("Inequalities.HellingerKullbackLeibler", [Inequalities.HellingerKullbackLeibler(c.Y)]),
            ("Inequalities.ChiSquaredKullbackLeibler", [Inequalities.ChiSquaredKullbackLeibler(c.X)]),
            ("Inequalities.TriangularJensenShannon", Both(Inequalities.TriangularJensenShannon(c.Y))),
        ]);

    private static double[] Both((double Lower, double Upper) bounds) => [bounds.Lower, bounds.Upper];
}
