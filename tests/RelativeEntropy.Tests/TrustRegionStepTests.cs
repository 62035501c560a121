using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;
using static RelativeEntropy.Tests.TrustRegionReferenceTests;

namespace RelativeEntropy.Tests;

/// <summary>What a trust-region step promises: never outside the radius, never a parameter lost.</summary>
public class TrustRegionStepTests
{
    private static readonly double[] Old = [0.5, -0.25];

    private static Gen<(double[] A, double[] U, double[] G, double Quartic)> Problems => Gen.Choose(1, 8).SelectMany(n =>
        Gen.Zip(Gen.Zip(Vector(n), Vector(n)), Gen.Zip(Vector(n), Gen.Choose(0, 1000))).Select(x => (x.Item1.Item1, x.Item1.Item2, x.Item2.Item1, (double)x.Item2.Item2)));

    [Fact]
    public void An_accepted_step_is_within_the_radius_improves_enough_and_is_the_candidate_that_was_evaluated() => Laws.Hold(Problems, x =>
    {
        int n = x.G.Length;
        double[] matrix = TrustRegionTests.Definite(x.A, x.U), theta = [.. x.A], last = [];
        double divergence = double.NaN;
        TrustRegionOptions options = new() { Radius = 0.05, Damping = 0.01 };
        TrustRegionStep step = TrustRegion.Step(x.G, Product(matrix, n), Evaluate, theta, options);
        if (step.Outcome != TrustRegionOutcome.Accepted)
            return step.Outcome == TrustRegionOutcome.ZeroGradient && x.G.All(y => y == 0) && theta.SequenceEqual(x.A);
        return divergence <= options.Radius && step.KullbackLeibler == divergence && theta.SequenceEqual(last)
            && step.Improvement > 0 && step.Improvement >= options.AcceptanceRatio * step.ExpectedImprovement
            && step.StepFraction == Math.Pow(options.BacktrackRatio, step.Backtracks) && step.Solve.Converged;

        SurrogateValue Evaluate(ReadOnlySpan<double> candidate)
        {
            last = candidate.ToArray();
            double[] d = [.. last.Zip(x.A, (y, z) => y - z)], image = new double[n];
            Product(matrix, n)(d, image);
            double q = Dot(d, image) / 2;
            return new(Dot(d, x.G), divergence = q + x.Quartic * q * q);
        }
    });

    [Fact]
    public void A_policy_over_actions_climbs_to_the_best_one_inside_the_radius()
    {
        double[] advantages = [1, -0.5, 0.25, 3], theta = new double[4];
        double previous = double.NegativeInfinity;
        for (int round = 0; previous < 2.99; round++)
        {
            double[] old = [.. theta], p = new double[4];
            Logits.Softmax(old, p);
            double mean = Dot(p, advantages);
            Assert.True(mean > previous && round < 100);
            previous = mean;
            double[] gradient = [.. p.Zip(advantages, (w, a) => w * (a - mean))];
            TrustRegionStep step = TrustRegion.Step(gradient, (v, y) => TrustRegion.CategoricalFisherVectorProduct(old, v, y), Evaluate, theta, new() { Damping = 1e-4 });
            Assert.Equal(TrustRegionOutcome.Accepted, step.Outcome);
            Assert.True(Logits.KullbackLeibler(old, theta) <= 0.01);

            SurrogateValue Evaluate(ReadOnlySpan<double> candidate)
            {
                double[] q = new double[4];
                Logits.Softmax(candidate, q);
                return new(Dot(q, advantages) - mean, Logits.KullbackLeibler(old, candidate));
            }
        }
    }

    [Fact]
    public void The_length_of_the_gradient_does_not_matter()
    {
        double[] gradient = [0.3, 0.7], plain = [.. Old];
        Take(gradient, plain);
        foreach (int exponent in new[] { -900, 5, 900 })
        {
            double[] scaled = [.. Old];
            Take([.. gradient.Select(x => Math.ScaleB(x, exponent))], scaled);
            Assert.Equal(plain, scaled);
        }

        static void Take(double[] gradient, double[] theta) => Assert.Equal(TrustRegionOutcome.Accepted,
            TrustRegion.Step(gradient, Identity, _ => new(double.MaxValue, 0.01), theta).Outcome);
    }

    [Fact]
    public void The_full_step_reaches_the_radius_where_the_divergence_is_quadratic()
    {
        double[] theta = [0, 0];
        int products = 0;
        TrustRegionStep step = TrustRegion.Step([3, 4], (v, y) => { products++; v.CopyTo(y); }, x => new(3 * x[0] + 4 * x[1], 0.01 - 1e-15), theta, new() { Damping = 0 });
        Assert.Equal(0.01, Dot(theta, theta) / 2, 1e-16);
        Assert.Equal(5 * Math.Sqrt(0.02), step.ExpectedImprovement, 1e-15);
        Assert.Equal((1, 0), (step.StepFraction, step.Backtracks));
        Assert.Equal(step.Solve.Iterations + 1, products);
    }

    [Fact]
    public void A_refused_step_says_why_and_leaves_the_parameters()
    {
        Refused(TrustRegionOutcome.ZeroGradient, [0, 0], Identity, Never, 0);
        Refused(TrustRegionOutcome.NonPositiveCurvature, [1, 1], (v, y) => { v.CopyTo(y); y.Clear(); }, Never, 0, new() { Damping = 0 });
        Refused(TrustRegionOutcome.NonPositiveCurvature, [1, 1], (v, y) => { y[0] = -v[0]; y[1] = -v[1]; }, Never, 0);
        Refused(TrustRegionOutcome.NotANumber, [double.NaN, 1], Identity, Never, 0);
        Refused(TrustRegionOutcome.NotANumber, [1, 1], (v, y) => y.Fill(double.NaN), Never, 0);
        Refused(TrustRegionOutcome.NotANumber, [1, 1], Identity, _ => new(double.NaN, 0), 11);
        Refused(TrustRegionOutcome.NotANumber, [1, 1], Identity, _ => new(1, double.NaN), 11);
        Refused(TrustRegionOutcome.OutsideRadius, [1, 1], Identity, _ => new(1e9, 0.010000001), 11);
        Refused(TrustRegionOutcome.OutsideRadius, [1, 1], Identity, _ => new(1e9, double.PositiveInfinity), 4, new() { MaximumBacktracks = 3 });
        Refused(TrustRegionOutcome.NoImprovement, [1, 1], Identity, _ => new(0, 0), 11);
        Refused(TrustRegionOutcome.NoImprovement, [1, 1], Identity, _ => new(-1, 0), 1, new() { MaximumBacktracks = 0 });

        static SurrogateValue Never(ReadOnlySpan<double> candidate) => throw new InvalidOperationException("There is no candidate to evaluate.");
    }

    [Fact]
    public void An_improvement_short_of_the_ratio_is_refused_and_any_will_do_at_ratio_zero()
    {
        double[] theta = [.. Old];
        TrustRegionStep step = TrustRegion.Step([1, 1], Identity, _ => new(1e-12, 0), theta);
        Assert.Equal((TrustRegionOutcome.NoImprovement, 10), (step.Outcome, step.Backtracks));
        Assert.Equal(Old, theta);
        Assert.Equal(TrustRegionOutcome.Accepted, TrustRegion.Step([1, 1], Identity, _ => new(1e-12, 0), theta, new() { AcceptanceRatio = 0 }).Outcome);
        Assert.NotEqual(Old, theta);
    }

    [Fact]
    public void A_candidate_that_is_no_number_only_shortens_the_step()
    {
        double[] theta = [.. Old];
        int calls = 0;
        TrustRegionStep step = TrustRegion.Step([1, 1], Identity, _ => ++calls < 3 ? new(double.NaN, double.NaN) : new(1, 0.001), theta);
        Assert.Equal((TrustRegionOutcome.Accepted, 2, 0.25), (step.Outcome, step.Backtracks, step.StepFraction));
    }

    [Fact]
    public void An_exception_in_a_delegate_leaves_the_parameters()
    {
        for (int failing = 1; failing <= 4; failing++)
        {
            double[] theta = [.. Old];
            int calls = 0;
            Assert.Throws<TimeoutException>(() => TrustRegion.Step([1, 2], Identity, _ => ++calls == failing ? throw new TimeoutException() : new(0, 1), theta));
            Assert.Equal(Old, theta);
            calls = 0;
            Assert.Throws<TimeoutException>(() => TrustRegion.Step([1, 2], Failing, _ => new(1, 0), theta));
            Assert.Equal(Old, theta);

            void Failing(ReadOnlySpan<double> v, Span<double> y)
            {
                if (++calls == Math.Min(failing, 2))
                    throw new TimeoutException();
                (y[0], y[1]) = (v[0], 3 * v[1]);
            }
        }
    }

    [Fact]
    public void A_refusal_names_the_setting_and_the_value()
    {
        double[] theta = [1, 2], work = new double[8];
        Refuses("Radius", "Radius = 0; it must be positive and finite.", () => new TrustRegionOptions { Radius = 0 }.Radius);
        Refuses("Damping", "Damping = -1", () => new TrustRegionOptions { Damping = -1 }.Damping);
        Refuses("Iterations", "Iterations = 0; it must be at least 1.", () => new TrustRegionOptions { Iterations = 0 }.Iterations);
        Refuses("BacktrackRatio", "BacktrackRatio = 1", () => new TrustRegionOptions { BacktrackRatio = 1 }.BacktrackRatio);
        Refuses("MaximumBacktracks", "MaximumBacktracks = -1", () => new TrustRegionOptions { MaximumBacktracks = -1 }.MaximumBacktracks);
        Refuses("AcceptanceRatio", "AcceptanceRatio = NaN", () => new TrustRegionOptions { AcceptanceRatio = double.NaN }.AcceptanceRatio);
        Refuses("product", "null", () => { TrustRegion.Step(theta, null!, _ => default, theta); });
        Refuses("evaluate", "null", () => { TrustRegion.Step(theta, Identity, null!, theta); });
        Refuses("parameters", "gradient has 1 elements and parameters has 2", () => { TrustRegion.Step([1], Identity, _ => default, theta); });
        Refuses("gradient", "gradient[0] = Infinity", () => { TrustRegion.Step([double.PositiveInfinity, 1], Identity, _ => default, theta); });
        Refuses("work", "work overlaps parameters; each needs a span of its own.",
            () => { TrustRegion.Step([1, 1], Identity, _ => default, work.AsSpan(0, 2), null, work); });
        Refuses("work", "work has 7 elements; it needs 8", () => { TrustRegion.Step([1, 1], Identity, _ => default, theta, null, new double[7]); });
    }

    private static Gen<double[]> Vector(int n) => Gen.ArrayOf(Gen.Choose(-1024, 1024).Select(x => x / 1024.0), n);

    private static void Identity(ReadOnlySpan<double> vector, Span<double> destination) => vector.CopyTo(destination);

    private static void Refused(
        TrustRegionOutcome outcome, double[] gradient, FisherVectorProduct product, SurrogateEvaluation evaluate, int candidates, TrustRegionOptions? options = null)
    {
        double[] theta = [.. Old];
        int calls = 0;
        TrustRegionStep step = TrustRegion.Step(gradient, product, x => { calls++; return evaluate(x); }, theta, options);
        Assert.Equal(outcome, step.Outcome);
        Assert.Equal(candidates, calls);
        Assert.Equal(Old, theta);
    }
}
