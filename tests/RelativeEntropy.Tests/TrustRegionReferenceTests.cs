namespace RelativeEntropy.Tests;

/// <summary>Trust regions against their 50-digit tables.</summary>
public class TrustRegionReferenceTests
{
    private const double Epsilon = 2.220446049250313e-16;

    [Fact]
    public void The_Fisher_product_of_a_categorical_policy_is_right_to_13_digits_of_its_scale() =>
        ReferenceTable.AssertRelativeToScales("trust_region_categorical_fisher", 1e-13, c =>
        {
            double[] values = new double[c.A.Length];
            TrustRegion.CategoricalFisherVectorProduct(c.A, c.Settings("vector"), values, c.Temperature);
            return values;
        });

    [Fact]
    public void The_Fisher_product_of_a_Gaussian_policy_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("trust_region_gaussian_fisher", 1e-13, c =>
        {
            double[] l = c.Settings("logStandardDeviation"), byMean = new double[l.Length], byScale = new double[l.Length];
            TrustRegion.GaussianFisherVectorProduct(l, c.Settings("meanVector"), c.Settings("logStandardDeviationVector"), byMean, byScale);
            return [.. byMean, .. byScale];
        });

    [Fact]
    public void Conjugate_gradients_solve_the_hard_systems_to_16_roundings_times_the_condition_number() =>
        ReferenceTable.AssertRelativeToScales("trust_region_conjugate_gradient", 16 * Epsilon, c =>
        {
            double[] b = c.Settings("rightSide"), x = new double[b.Length];
            TrustRegion.ConjugateGradient(Product(c.Settings("matrix"), b.Length), b, x, iterations: 40 * b.Length, tolerance: 1e-17);
            return x;
        });

    [Fact]
    public void A_step_is_right_to_64_roundings_times_the_condition_number() =>
        ReferenceTable.AssertRelativeToScales("trust_region_step", 64 * Epsilon, c =>
        {
            double[] matrix = c.Settings("matrix"), gradient = c.Settings("gradient"), old = c.Settings("theta"), theta = [.. old];
            int n = gradient.Length;
            TrustRegionOptions options = new()
            {
                Radius = c.Setting("radius"),
                Damping = c.Setting("damping"),
                BacktrackRatio = c.Setting("ratio"),
                MaximumBacktracks = 100,
            };
            TrustRegionStep step = TrustRegion.Step(gradient, Product(matrix, n), Evaluate, theta, options);
            Assert.Equal(TrustRegionOutcome.Accepted, step.Outcome);
            // What the delegate sees of the step has the rounding of theta, so its values are judged by the direction alone where that is tiny.
            return [.. theta, step.KullbackLeibler, step.Improvement, step.ExpectedImprovement, step.StepFraction, step.Backtracks];

            SurrogateValue Evaluate(ReadOnlySpan<double> candidate)
            {
                double[] d = [.. candidate.ToArray().Zip(old, (x, y) => x - y)], image = new double[n];
                Product(matrix, n)(d, image);
                double q = Dot(d, image) / 2;
                return new(Dot(d, gradient) - c.Setting("curvature") * Dot(d, d) / 2, q + c.Setting("quartic") * q * q);
            }
        });

    [Fact]
    public void The_clipped_surrogate_and_its_gradient_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("trust_region_clipped_surrogate", 1e-13, c =>
        {
            double value = TrustRegion.ClippedSurrogateGradient(c.X, c.Setting("advantage"), c.Setting("clip"), out double gradient);
            Assert.Equal(value, TrustRegion.ClippedSurrogate(c.X, c.Setting("advantage"), c.Setting("clip")));
            return [("TrustRegion.ClippedSurrogate", [value]), ("TrustRegion.ClippedSurrogateGradient", [gradient])];
        });

    [Fact]
    public void The_regularised_optimum_is_right_to_13_digits_of_its_scale() =>
        ReferenceTable.AssertRelativeToScales("trust_region_regularised_optimum", 1e-13, c =>
        {
            double[] reference = c.Settings("reference"), policy = new double[reference.Length];
            double value = TrustRegion.RegularisedOptimum(reference, c.Settings("rewards"), c.Setting("penalty"), policy);
            return [value, .. policy];
        });

    [Fact]
    public void The_regularised_reward_and_its_gradient_are_right_to_13_digits_of_their_scale() =>
        ReferenceTable.AssertRelativeToScales("trust_region_regularised_reward", 1e-13, c =>
        {
            double[] policy = c.Settings("policy"), reference = c.Settings("reference"), rewards = c.Settings("rewards"), gradient = new double[policy.Length];
            double value = TrustRegion.RegularisedRewardGradient(policy, reference, rewards, c.Setting("penalty"), gradient);
            Assert.Equal(value, TrustRegion.RegularisedReward(policy, reference, rewards, c.Setting("penalty")));
            return [("TrustRegion.RegularisedReward", [value]), ("TrustRegion.RegularisedRewardGradient", gradient)];
        });

    internal static FisherVectorProduct Product(double[] matrix, int n) => (v, destination) =>
    {
        for (int i = 0; i < n; i++)
            destination[i] = Dot(matrix.AsSpan(i * n, n), v);
    };

    internal static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
