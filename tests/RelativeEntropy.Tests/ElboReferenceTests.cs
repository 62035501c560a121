namespace RelativeEntropy.Tests;

/// <summary>Evidence, bounds and gaps against their tables.</summary>
public class ElboReferenceTests
{
    private const double Epsilon = 2.220446049250313e-16;

    [Fact]
    public void Renyi_bounds_and_their_gradients_are_right_to_16_roundings() =>
        ReferenceTable.AssertRelativeToScales("elbo_renyi", 16 * Epsilon, c =>
        {
            double[] x = c.Settings("logWeights"), gradient = new double[x.Length];
            return [("Elbo.Renyi", [Elbo.RenyiGradient(x, c.Order, gradient)]), ("Elbo.RenyiGradient", gradient)];
        });

    [Fact]
    public void The_bound_of_a_discrete_variable_and_its_gap_are_right_to_16_roundings() =>
        ReferenceTable.AssertRelativeToScales("elbo_discrete", 16 * Epsilon, c =>
            [
                ("Elbo.Discrete", [Elbo.Discrete(c.Settings("logJoint"), c.Settings("q"))]),
                ("Elbo.DiscreteGap", [Elbo.DiscreteGap(c.Settings("logJoint"), c.Settings("q"))]),
            ]);

    [Fact]
    public void Coins_are_right_to_13_digits() => ReferenceTable.AssertRelativeToScales("beta_bernoulli", 1e-13, c =>
    {
        double[] prior = c.Settings("prior"), parameters = c.Settings("q"), counts = c.Settings("counts");
        BetaBernoulli model = new(prior[0], prior[1]), q = new(parameters[0], parameters[1]);
        return Exact("BetaBernoulli", model.LogEvidence(counts[0], counts[1]), model.Bound(q, counts[0], counts[1]), model.Gap(q, counts[0], counts[1]));
    });

    [Fact]
    public void Dice_are_right_to_13_digits() => ReferenceTable.AssertRelativeToScales("dirichlet_categorical", 1e-13, c =>
    {
        DirichletCategorical model = new(c.Settings("prior")), q = new(c.Settings("q"));
        double[] counts = c.Settings("counts");
        return Exact("DirichletCategorical", model.LogEvidence(counts), model.Bound(q, counts), model.Gap(q, counts));
    });

    [Fact]
    public void Counts_are_right_to_13_digits() => ReferenceTable.AssertRelativeToScales("gamma_poisson", 1e-13, c =>
    {
        double[] prior = c.Settings("prior"), parameters = c.Settings("q");
        GammaPoisson model = new(prior[0], prior[1]), q = new(parameters[0], parameters[1]);
        int[] counts = [.. c.Settings("counts").Select(x => (int)x)];
        return Exact("GammaPoisson", model.LogEvidence(counts), model.Bound(q, counts), model.Gap(q, counts));
    });

    [Fact]
    public void Measurements_of_known_accuracy_are_right_to_13_digits() => ReferenceTable.AssertRelativeToScales("normal_normal", 1e-13, c =>
    {
        double[] prior = c.Settings("prior"), parameters = c.Settings("q"), data = c.Settings("observations");
        NormalNormal model = new(prior[0], prior[1], c.Setting("noise")), q = new(parameters[0], parameters[1], c.Setting("noise"));
        return Exact("NormalNormal", model.LogEvidence(data), model.Bound(q, data), model.Gap(q, data));
    });

    [Fact]
    public void Measurements_of_unknown_accuracy_are_right_to_13_digits() => ReferenceTable.AssertRelativeToScales("normal_gamma", 1e-13, c =>
    {
        double[] prior = c.Settings("prior"), parameters = c.Settings("q"), data = c.Settings("observations");
        NormalGamma model = new(prior[0], prior[1], prior[2], prior[3]), q = new(parameters[0], parameters[1], parameters[2], parameters[3]);
        return Exact("NormalGamma", model.LogEvidence(data), model.Bound(q, data), model.Gap(q, data));
    });

    [Fact]
    public void Linear_Gaussian_models_are_right_to_16_roundings_times_the_condition_numbers() =>
        ReferenceTable.AssertRelativeToScales("linear_gaussian_model", 16 * Epsilon, c =>
        {
            double[] x = c.Settings("x"), qMean = c.Settings("mean"), qCovariance = c.Settings("covariance");
            LinearGaussianModel model = new(c.Settings("priorMean"), c.Settings("priorCovariance"), c.Settings("weights"), c.Settings("offset"), c.Settings("noiseVariance"));
            int k = qMean.Length, d = x.Length;
            double[] mean = new double[k], covariance = new double[k * k];
            double[] byMean = new double[k], byCovariance = new double[k * k], byWeights = new double[d * k], byOffset = new double[d];
            model.Posterior(x, mean, covariance);
            double bound = model.BoundGradient(x, qMean, qCovariance, byMean, byCovariance, byWeights, byOffset);
            return
            [
                ("LinearGaussianModel.LogEvidence", [model.LogEvidence(x)]), ("LinearGaussianModel.ExpectedLogLikelihood", [model.ExpectedLogLikelihood(x, qMean, qCovariance)]),
                ("LinearGaussianModel.Bound", [bound]), ("LinearGaussianModel.Gap", [model.Gap(x, qMean, qCovariance)]),
                ("LinearGaussianModel.Posterior", [.. mean, .. covariance]),
                ("LinearGaussianModel.BoundGradient", [.. byMean, .. byCovariance, .. byWeights, .. byOffset]),
            ];
        });

    private static (string Function, double[] Values)[] Exact(string model, double evidence, double bound, double gap) =>
        [(model + ".LogEvidence", [evidence]), (model + ".Bound", [bound]), (model + ".Gap", [gap])];
}
