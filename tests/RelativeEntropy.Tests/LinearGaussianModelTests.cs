using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>The linear-Gaussian model: evidence = bound + gap for every approximation, and what follows.</summary>
public class LinearGaussianModelTests
{
    private const double NaN = double.NaN;

    [Fact]
    public void Evidence_is_bound_plus_gap() => Laws.Hold(Cases, c =>
    {
        double evidence = c.Model.LogEvidence(c.X), bound = c.Model.Bound(c.X, c.Mean, c.Covariance), gap = c.Model.Gap(c.X, c.Mean, c.Covariance);
        return gap >= 0 && Math.Abs(evidence - bound - gap) <= 1e-12 * (Math.Abs(evidence) + Math.Abs(bound) + gap);
    });

    [Fact]
    public void And_also_where_the_approximation_is_next_to_the_posterior() => Laws.Hold(Cases, c =>
    {
        (double[] mean, double[] covariance) = Posterior(c.Model, c.X);
        double evidence = c.Model.LogEvidence(c.X), scale = Math.Abs(evidence) + c.Model.ObservedDimension + c.Model.LatentDimension;
        return new[] { 0, 1e-12, 1e-8, 1e-4 }.All(delta =>
        {
            double[] m = [.. mean.Select(x => x + delta)], s = [.. covariance.Select(x => x * (1 + delta))];
            double bound = c.Model.Bound(c.X, m, s), gap = c.Model.Gap(c.X, m, s);
            return gap >= 0 && (gap > 0) == (delta > 0) && Math.Abs(evidence - bound - gap) <= 1e-12 * scale;
        });
    });

    [Fact]
    public void The_bound_is_the_expected_likelihood_less_the_divergence_from_the_prior() => Laws.Hold(Cases, c =>
        c.Model.Bound(c.X, c.Mean, c.Covariance)
            == c.Model.ExpectedLogLikelihood(c.X, c.Mean, c.Covariance) - MultivariateGaussian.KullbackLeibler(c.Mean, c.Covariance, c.PriorMean, c.PriorCovariance));

    [Fact]
    public void Gradients_are_slopes() => Laws.Hold(Cases, c =>
    {
        int k = c.Mean.Length, d = c.X.Length;
        double[] byMean = new double[k], byCovariance = new double[k * k], byWeights = new double[d * k], byOffset = new double[d];
        double value = c.Model.BoundGradient(c.X, c.Mean, c.Covariance, byMean, byCovariance, byWeights, byOffset);
        double[] alongMean = [.. c.Mean.Select((_, i) => i % 3 - 1.25)], alongCovariance = [.. c.Covariance.Select((_, i) => ((i / k) + (i % k)) % 3 - 0.75)];
        double[] alongWeights = [.. c.Weights.Select((_, i) => i % 4 - 1.5)], alongOffset = [.. c.Offset.Select((_, i) => i % 2 - 0.75)];
        const double h = 1e-5;
        double slope = (Along(h) - Along(-h)) / (2 * h);
        double dot = Dot(byMean, alongMean) + Dot(byCovariance, alongCovariance) + Dot(byWeights, alongWeights) + Dot(byOffset, alongOffset);
        return value == c.Model.Bound(c.X, c.Mean, c.Covariance) && Math.Abs(slope - dot) <= 1e-6 * (1 + Math.Abs(value));

        double Along(double t) => new LinearGaussianModel(c.PriorMean, c.PriorCovariance, Step(c.Weights, alongWeights, t), Step(c.Offset, alongOffset, t), c.Noise)
            .Bound(c.X, Step(c.Mean, alongMean, t), Step(c.Covariance, alongCovariance, t));
    });

    [Fact]
    public void At_the_posterior_the_gap_and_its_gradients_are_zero_and_a_gradient_not_wanted_changes_no_other() => Laws.Hold(Cases, c =>
    {
        (double[] mean, double[] covariance) = Posterior(c.Model, c.X);
        double[] byMean = new double[mean.Length], byCovariance = new double[covariance.Length], byOffset = new double[c.X.Length], again = new double[c.X.Length];
        double value = c.Model.BoundGradient(c.X, mean, covariance, byMean, byCovariance, [], byOffset);
        return c.Model.Gap(c.X, mean, covariance) == 0 && byMean.All(x => x == 0) && byCovariance.All(x => x == 0)
            && c.Model.BoundGradient(c.X, mean, covariance, [], [], [], again) == value && again.SequenceEqual(byOffset);
    });

    [Fact]
    public void The_evidence_is_the_density_of_the_marginal_normal()
    {
        // One latent, one observed dimension: x ~ N(w m + b, w^2 s + v).
        LinearGaussianModel model = new([0.5], [2], [3], [1], [0.25]);
        Assert.Equal(-0.5 * (Math.Log(2 * Math.PI * 18.25) + 1.5 * 1.5 / 18.25), model.LogEvidence([4]), 1e-15);
        (double[] mean, double[] covariance) = Posterior(model, [4]);
        Assert.Equal(0.5 + 2 * 3 * 1.5 / 18.25, mean[0], 1e-15);
        Assert.Equal(2 * 0.25 / 18.25, covariance[0], 1e-15);
    }

    [Fact]
    public void Repeated_measurements_are_the_conjugate_model()
    {
        double[] x = [3.5, 2, 1.25];
        LinearGaussianModel model = new([1], [4], [1, 1, 1], [0, 0, 0], [0.25, 0.25, 0.25]);
        NormalNormal conjugate = new(1, 2, 0.5), q = new(1.5, 0.75, 0.5);
        Assert.Equal(conjugate.LogEvidence(x), model.LogEvidence(x), 1e-13);
        Assert.Equal(conjugate.Bound(q, x), model.Bound(x, [q.Mean], [q.StandardDeviation * q.StandardDeviation]), 1e-13);
        Assert.Equal(conjugate.Gap(q, x), model.Gap(x, [q.Mean], [q.StandardDeviation * q.StandardDeviation]), 1e-13);
    }

    [Fact]
    public void A_NaN_is_unknown_and_does_not_hide_bad_input()
    {
        LinearGaussianModel model = new([0, 0], [1, 0, 0, 1], [1, 0], [0], [1]), unknown = new([0, NaN], [1, 0, 0, 1], [1, 0], [0], [1]);
        double[] identity = [1, 0, 0, 1];
        Assert.Equal(NaN, model.LogEvidence([NaN]));
        Assert.Equal(NaN, model.Bound([NaN], [0, 0], identity));
        Assert.Equal(NaN, model.Gap([1], [NaN, 0], identity));
        Assert.Equal(NaN, unknown.Bound([1], [0, 0], identity));
        Assert.Equal(NaN, unknown.Gap([1], [0, 0], identity));
        Assert.Equal(NaN, new LinearGaussianModel([0], [1], [NaN], [0], [1]).LogEvidence([1]));
        Assert.Throws<ArgumentException>(() => model.Bound([NaN], [0, double.PositiveInfinity], identity));
    }

    [Fact]
    public void What_the_upper_triangle_holds_does_not_matter() =>
        Assert.Equal(
            new LinearGaussianModel([0, 0], [2, 1, 1, 2], [1, 2], [0], [1]).Bound([1], [0, 0], [1, 0.5, 0.5, 1]),
            new LinearGaussianModel([0, 0], [2, NaN, 1, 2], [1, 2], [0], [1]).Bound([1], [0, 0], [1, NaN, 0.5, 1]));

    [Fact]
    public void A_refusal_names_the_argument_and_the_value()
    {
        LinearGaussianModel model = new([0, 0], [1, 0, 0, 1], [1, 0], [0], [1]);
        double[] identity = [1, 0, 0, 1];
        Refuses("priorMean", "priorMean is empty", () => new LinearGaussianModel([], [], [], [0], [1]).LogEvidence([1]));
        Refuses("priorCovariance", "is not positive definite: its leading minor of order 2", () => new LinearGaussianModel([0, 0], [1, 2, 2, 1], [1, 0], [0], [1]).LogEvidence([1]));
        Refuses("weights", "weights has 3 elements; a 1 x 2 matrix has 2.", () => new LinearGaussianModel([0, 0], identity, [1, 0, 0], [0], [1]).LogEvidence([1]));
        Refuses("noiseVariance", "noiseVariance[0] = 0; every element must be positive and finite", () => new LinearGaussianModel([0, 0], identity, [1, 0], [0], [0]).LogEvidence([1]));
        Refuses("x", "x has 2 elements; the model has 1 observed dimensions.", () => model.LogEvidence([1, 2]));
        Refuses("x", "x[0] = Infinity is infinite", () => model.LogEvidence([double.PositiveInfinity]));
        Refuses("qMean", "qMean has 1 elements; the model has 2 latent dimensions.", () => model.Bound([1], [0], identity));
        Refuses("qCovariance", "qCovariance has 1 elements; a 2 x 2 matrix has 4.", () => model.Gap([1], [0, 0], [1]));
        Refuses("qCovariance", "qCovariance is not positive definite: its leading minor of order 2 is not positive.", () => model.Bound([1], [0, 0], [1, 2, 2, 1]));
        Refuses("qCovariance", "qCovariance is not positive definite", () => model.Gap([1], [0, 0], [-1, 0, 0, 1]));
        Refuses("weightsGradient", "weightsGradient has 1 elements; it needs 2, or none", () => model.BoundGradient([1], [0, 0], identity, [], [], new double[1], []));
        Refuses("mean", "mean has 1 elements; it needs 2.", () => model.Posterior([1], new double[1], []));
        Refuses("work", "work has 3 elements; it needs 27", () => model.Gap([1], [0, 0], identity, new double[3]));
    }

    [Fact]
    public void Nothing_is_allocated_where_work_is_lent()
    {
        LinearGaussianModel model = new([0, 0], [1, 0, 0, 1], [1, 0], [0], [1]);
        double[] identity = [1, 0, 0, 1], work = new double[model.WorkLength],
            mean = new double[2], byMean = new double[2], square = new double[4], x = [1];
        Assert.Equal(0, Allocation.Of(All));

        void All()
        {
            model.LogEvidence(x, work);
            model.Posterior(x, mean, square, work);
            model.Gap(x, mean, identity, work);
            model.BoundGradient(x, mean, identity, byMean, square, [], [], work);
        }
    }

    private static (double[] Mean, double[] Covariance) Posterior(LinearGaussianModel model, double[] x)
    {
        double[] mean = new double[model.LatentDimension], covariance = new double[mean.Length * mean.Length];
        model.Posterior(x, mean, covariance);
        return (mean, covariance);
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double[] Step(double[] x, double[] direction, double t) => [.. x.Zip(direction, (a, b) => a + (t * b))];

    private sealed record Case(
        double[] PriorMean, double[] PriorCovariance, double[] Weights, double[] Offset, double[] Noise, double[] X, double[] Mean, double[] Covariance)
    {
        public LinearGaussianModel Model { get; } = new(PriorMean, PriorCovariance, Weights, Offset, Noise);
    }

    private static Gen<double> Number => Gen.Choose(-1024, 1024).Select(x => x / 256.0);

    private static Gen<Case> Cases =>
        from k in Gen.Choose(1, 4)
        from d in Gen.Choose(1, 5)
        from priorMean in Gen.ArrayOf(Number, k)
        from priorCovariance in Gen.ArrayOf(Number, k * k)
        from weights in Gen.ArrayOf(Number, d * k)
        from offset in Gen.ArrayOf(Number, d)
        from noise in Gen.ArrayOf(Gen.Choose(64, 1024).Select(x => x / 256.0), d)
        from x in Gen.ArrayOf(Number, d)
        from mean in Gen.ArrayOf(Number, k)
        from covariance in Gen.ArrayOf(Number, k * k)
        select new Case(priorMean, PositiveDefinite(priorCovariance, k), weights, offset, noise, x, mean, PositiveDefinite(covariance, k));

    /// <summary>A product with its transpose, and the unit matrix.</summary>
    private static double[] PositiveDefinite(double[] a, int k) =>
        [.. a.Select((_, i) => Enumerable.Range(0, k).Sum(j => a[(i / k * k) + j] * a[(i % k * k) + j]) + (i / k == i % k ? 1 : 0))];
}
