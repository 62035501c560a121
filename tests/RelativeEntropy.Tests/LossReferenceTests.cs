namespace RelativeEntropy.Tests;

/// <summary>Losses and their gradients against their 50-digit tables.</summary>
public class LossReferenceTests
{
    [Fact]
    public void The_gradient_of_the_cross_entropy_of_a_label_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("logits_label_cross_entropy_gradient", 1e-13, c =>
            Filled(c.A.Length, g => Logits.CrossEntropyGradient(c.Label, c.A, g, c.Temperature))[1..]);

    [Fact]
    public void The_gradient_of_the_cross_entropy_of_soft_labels_is_right_to_13_digits_of_both_probabilities() =>
        ReferenceTable.AssertRelativeToScales("logits_soft_label_cross_entropy_gradient", 1e-13, c =>
            Filled(c.P.Length, g => Logits.CrossEntropyFromProbabilitiesGradient(c.P, c.LogitPair.B, g, c.Temperature))[1..]);

    [Fact]
    public void Soft_targets_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("distillation_soft_targets", 1e-13, c =>
            ValueAndGradient("Distillation.SoftTargets", c.A.Length, g => Distillation.SoftTargetsGradient(c.LogitPair.A, c.LogitPair.B, c.Temperature, g)));

    [Fact]
    public void Reverse_soft_targets_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("distillation_reverse_soft_targets", 1e-13, c =>
            ValueAndGradient("Distillation.ReverseSoftTargets", c.A.Length, g => Distillation.ReverseSoftTargetsGradient(c.LogitPair.A, c.LogitPair.B, c.Temperature, g)));

    [Fact]
    public void Soft_targets_with_a_label_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("distillation_with_label", 1e-13, c =>
            ValueAndGradient("Distillation.WithLabel", c.A.Length, g => Distillation.WithLabelGradient(c.Label, c.LogitPair.A, c.LogitPair.B, c.Setting("weight"), c.Temperature, g)));

    [Fact]
    public void Decoupled_distillation_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("distillation_decoupled", 1e-13, c =>
            ValueAndGradient("Distillation.Decoupled", c.A.Length, g => Distillation.DecoupledGradient(
                c.Label, c.LogitPair.A, c.LogitPair.B, c.Setting("targetWeight"), c.Setting("otherWeight"), c.Temperature, g)));

    [Fact]
    public void The_decoupled_divergence_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("distillation_decoupled_kullback_leibler", 1e-13, c =>
            ValueAndGradient("Distillation.DecoupledKullbackLeibler", 2 * c.A.Length, g => Distillation.DecoupledKullbackLeiblerGradient(
                c.LogitPair.A, c.LogitPair.B, c.Setting("meanSquaredErrorWeight"), c.Setting("crossEntropyWeight"), g.AsSpan(0, c.A.Length), g.AsSpan(c.A.Length))));

    [Fact]
    public void Generalised_Jensen_Shannon_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("distillation_generalised_jensen_shannon", 1e-13, c =>
            ValueAndGradient("Distillation.GeneralisedJensenShannon", c.A.Length, g => Distillation.GeneralisedJensenShannonGradient(c.LogitPair.A, c.LogitPair.B, c.Setting("weight"), c.Temperature, g)));

    [Fact]
    public void The_cost_of_transport_is_right_to_13_digits_of_the_largest_cost_and_its_gradient_to_as_many_as_convergence_leaves() =>
        ReferenceTable.AssertRelativeToScales("distillation_wasserstein", 1e-13, c =>
        {
            double[] costs = c.Settings("costs");
            double regularisation = c.Setting("regularisation"), tolerance = 1e-15 * (1 + costs.Max() / regularisation);
            return ValueAndGradient("Distillation.Wasserstein", c.A.Length, g =>
            {
                TransportLoss loss = Distillation.WassersteinGradient(c.LogitPair.A, c.LogitPair.B, costs, regularisation, c.Temperature, g, tolerance, 100_000);
                Assert.True(loss.HasConverged, $"{loss}");
                return loss.Value;
            });
        });

    [Fact]
    public void Annealing_schedules_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("vae_annealing", 1e-13, c =>
        {
            int step = (int)c.Setting("step"), period = (int)c.Setting("warmup");
            double maximum = c.Setting("maximum");
            return
            [
                ("Vae.Linear", [Vae.Linear(step, period, maximum)]),
                ("Vae.Sigmoid", [Vae.Sigmoid(step, (int)c.Setting("midpoint"), c.Setting("steepness"), maximum)]),
                ("Vae.Cyclical", [Vae.Cyclical(step, period, c.Setting("rising"), maximum)]),
            ];
        });

    [Fact]
    public void Free_bits_and_capacities_are_right_to_the_last_digit() =>
        ReferenceTable.AssertRelativeToScales("vae_free_bits", 2.220446049250313e-16, c =>
        {
            double[] divergences = c.Settings("byDimension");
            double floor = c.Setting("floor");
            double[] sumAndMask = Filled(divergences.Length, g => Vae.FreeBitsGradient(divergences, floor, g));
            return
            [
                ("Vae.FreeBits", [sumAndMask[0]]), ("Vae.FreeBitsInTotal", [Vae.FreeBitsInTotal(divergences[0], floor)]),
                ("Vae.Capacity", [Vae.Capacity(divergences[0], c.Setting("capacity"), c.Setting("weight"))]), ("Vae.FreeBitsGradient", sumAndMask[1..]),
            ];
        });

    [Fact]
    public void A_report_on_collapse_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("vae_collapse", 1e-13, c =>
        {
            CollapseReport report = Vae.Diagnose(c.Settings("mean0"), c.Settings("scale0"), (int)c.Setting("dimensions"));
            return [.. report.VarianceOfMeans, .. report.KullbackLeibler, report.Total];
        });

    [Fact]
    public void Divergences_by_patch_and_their_gradients_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("patch_divergence", 1e-13, c =>
        {
            (double[] mean, double[] logVariance, double[] priorMean, double[] priorLogVariance) = c.DiagonalNormals;
            double[] shape = c.Settings("shape"), relevance = c.Settings("relevance");
            PatchGrid grid = new((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3], (int)shape[4]);
            double[] byPatch = new double[grid.Count], byMean = new double[grid.Length], byLogVariance = new double[grid.Length], byRelevance = new double[grid.Count];
            double value = PatchDivergence.KullbackLeibler(mean, logVariance, priorMean, priorLogVariance, grid, relevance, byPatch);
            Assert.Equal(value, PatchDivergence.KullbackLeiblerGradient(mean, logVariance, priorMean, priorLogVariance, grid, relevance, byMean, byLogVariance, byRelevance));
            return [("PatchDivergence.KullbackLeibler", [value, .. byPatch]), ("PatchDivergence.KullbackLeiblerGradient", [.. byMean, .. byLogVariance, .. byRelevance])];
        });

    /// <summary>The value of a loss, and its gradient under the name of the twin.</summary>
    private static (string Function, double[] Values)[] ValueAndGradient(string name, int length, Func<double[], double> gradient)
    {
        double[] both = Filled(length, gradient);
        return [(name, both[..1]), (name + "Gradient", both[1..])];
    }

    /// <summary>The value, and then its gradient.</summary>
    private static double[] Filled(int length, Func<double[], double> gradient)
    {
        double[] derivatives = new double[length];
        double value = gradient(derivatives);
        return [value, .. derivatives];
    }
}
