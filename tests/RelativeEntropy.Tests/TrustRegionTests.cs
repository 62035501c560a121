using FsCheck;
using FsCheck.Fluent;
using RelativeEntropy.Numerics;
using static RelativeEntropy.Tests.BadInputTests;
using static RelativeEntropy.Tests.TrustRegionReferenceTests;

namespace RelativeEntropy.Tests;

/// <summary>Laws, edges and refusals of Fisher-vector products, conjugate gradients, clipped surrogates and regularised rewards.</summary>
public class TrustRegionTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;
    private const double Epsilon = 2.220446049250313e-16;

    private static readonly double[] Two = [1, 2];

    // A Hessian by central differences with step h: the truncation is h^2 times a fourth derivative, the rounding eps / h^2 of a KL near 0, which has none.
    private const double Step = 1e-4;

    private static Gen<(double[] A, double[] U, double[] V)> Directions => Gen.Choose(1, 12).SelectMany(n =>
        Gen.Zip(Gen.ArrayOf(Gen.Choose(-3072, 3072).Select(x => x / 1024.0), n), Gen.Zip(Gen.ArrayOf(Small, n), Gen.ArrayOf(Small, n))).Select(x => (x.Item1, x.Item2.Item1, x.Item2.Item2)));

    private static Gen<double> Small => Gen.Choose(-1024, 1024).Select(x => x / 1024.0);

    private static Gen<(double[] Policy, double[] Reference, double[] Rewards, double Penalty)> Problems =>
        Gen.Zip(Directions, Gen.Choose(1, 4096)).Select(x => (x.Item1.A, x.Item1.U, x.Item1.V, x.Item2 / 1024.0));

    [Fact]
    public void The_categorical_Fisher_product_is_the_Hessian_of_the_divergence_by_either_policy() => Laws.Hold(Directions, x =>
    {
        double form = Dot(x.V, Fisher(x.A, x.V, 1.5)), tolerance = 10 * Step * Step;
        return Math.Abs((Logits.KullbackLeibler(x.A, Along(x.A, x.V, Step), 1.5) + Logits.KullbackLeibler(x.A, Along(x.A, x.V, -Step), 1.5)) / (Step * Step) - form) <= tolerance
            && Math.Abs((Logits.KullbackLeibler(Along(x.A, x.V, Step), x.A, 1.5) + Logits.KullbackLeibler(Along(x.A, x.V, -Step), x.A, 1.5)) / (Step * Step) - form) <= tolerance;
    });

    [Fact]
    public void The_categorical_Fisher_product_is_the_derivative_of_the_gradient_along_the_vector() => Laws.Hold(Directions, x =>
    {
        double[] product = Fisher(x.A, x.V, 1.5), ahead = Gradient(x.A, Along(x.A, x.V, Step)), behind = Gradient(x.A, Along(x.A, x.V, -Step));
        return product.Zip(ahead.Zip(behind, (y, z) => (y - z) / (2 * Step)), (y, z) => Math.Abs(y - z)).All(error => error <= 10 * Step * Step);

        static double[] Gradient(double[] a, double[] b)
        {
            double[] gradient = new double[a.Length];
            Logits.KullbackLeiblerGradient(a, b, [], gradient, 1.5);
            return gradient;
        }
    });

    [Fact]
    public void The_categorical_Fisher_matrix_is_symmetric_semidefinite_and_blind_to_constants() => Laws.Hold(Directions, x =>
    {
        double[] fu = Fisher(x.A, x.U, 1), fv = Fisher(x.A, x.V, 1), shifted = Fisher(x.A, [.. x.V.Select(y => y + 1024)], 1), constant = Fisher(x.A, [.. x.V.Select(_ => 0.3)], 1);
        double[] p = new double[x.A.Length];
        Logits.Softmax(x.A, p);
        double mean = Dot(p, x.V), variance = p.Zip(x.V, (w, y) => w * (y - mean) * (y - mean)).Sum();
        return Near(Dot(x.U, fv), Dot(x.V, fu), 1) && Near(Dot(x.V, fv), variance, 1) && Dot(x.V, fv) >= -8 * Epsilon
            && fv.SequenceEqual(shifted) && constant.All(y => y == 0) && Near(fv.Sum(), 0, 1);
    });

    [Fact]
    public void The_Gaussian_Fisher_product_is_the_Hessian_of_the_divergence_and_the_derivative_of_its_gradient() => Laws.Hold(Directions, x =>
    {
        double[] l = [.. x.A.Select(y => y / 4)], byMean = new double[l.Length], byScale = new double[l.Length];
        TrustRegion.GaussianFisherVectorProduct(l, x.U, x.V, byMean, byScale);
        double form = Dot(x.U, byMean) + Dot(x.V, byScale), tolerance = 1000 * Step * Step;
        (double ahead, double[] byMeanAhead, double[] byScaleAhead) = At(Step);
        (double behind, double[] byMeanBehind, double[] byScaleBehind) = At(-Step);
        return Math.Abs((ahead + behind) / (Step * Step) - form) <= tolerance
            && Enumerable.Range(0, l.Length).All(i => Math.Abs((byMeanAhead[i] - byMeanBehind[i]) / (2 * Step) - byMean[i]) <= tolerance
                && Math.Abs((byScaleAhead[i] - byScaleBehind[i]) / (2 * Step) - byScale[i]) <= tolerance);

        (double Value, double[] ByMean, double[] ByScale) At(double h)
        {
            double[] zero = new double[l.Length], mean = Along(zero, x.U, h), old = [.. l.Select(y => Math.Exp(2 * y))], moved = [.. Along(l, x.V, h).Select(y => Math.Exp(2 * y))];
            double[] meanGradient = new double[l.Length], varianceGradient = new double[l.Length];
            double value = DiagonalGaussian.KullbackLeiblerGradient(zero, old, mean, moved, [], [], meanGradient, varianceGradient);
            return (value, meanGradient, [.. varianceGradient.Zip(moved, (g, v) => 2 * v * g)]);
        }
    });

    [Fact]
    public void Fisher_products_at_the_edges()
    {
        Assert.Equal([0, 0, 0], Fisher([0, double.NegativeInfinity, -2000], [1, 5, 9], 1));
        Assert.All(Fisher([0, NaN], [1, 2], 1), x => Assert.Equal(NaN, x));
        Assert.All(Fisher([0, double.NegativeInfinity], [1, NaN], 1), x => Assert.Equal(NaN, x));
        double[] vector = [1, 2], logits = [0, 1], expected = Fisher(logits, vector, 1);
        TrustRegion.CategoricalFisherVectorProduct(logits, vector, vector);
        Assert.Equal(expected, vector);
        TrustRegion.CategoricalFisherVectorProduct(logits, Two, logits);
        Assert.Equal(expected, logits);

        double[] byMean = new double[3];
        TrustRegion.GaussianFisherVectorProduct([-800, NaN, 0], [1, 1, NaN], [1, 1, 1], byMean, []);
        Assert.Equal([Inf, NaN, NaN], byMean);
    }

    [Fact]
    public void Conjugate_gradients_end_after_as_many_steps_as_there_are_eigenvalues()
    {
        double[] diagonal = [2, 2, 2, 5, 5, 7, 7, 7], b = [1, -2, 3, 4, -5, 6, 7, 8], x = new double[8];
        ConjugateGradientResult result = TrustRegion.ConjugateGradient((v, y) => Multiply(diagonal, v, y), b, x, 8, 1e-13);
        Assert.True(result is { Converged: true, Iterations: 3, NonPositiveCurvature: false });
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(b[i] / diagonal[i], x[i], 1e-13));
    }

    [Fact]
    public void Conjugate_gradients_solve_in_n_steps_what_Cholesky_solves() => Laws.Hold(Directions, z =>
    {
        int n = z.A.Length;
        double[] matrix = Definite(z.A, z.U), factor = [.. matrix], x = new double[n], y = [.. z.V];
        ConjugateGradientResult result = TrustRegion.ConjugateGradient(Product(matrix, n), z.V, x, n, 1e-12);
        Assert.Equal(0, Cholesky.Factor(factor, n));
        for (int i = 0; i < n; i++)
            y[i] = (y[i] - Enumerable.Range(0, i).Sum(k => factor[i * n + k] * y[k])) / factor[i * n + i];
        for (int i = n - 1; i >= 0; i--)
            y[i] = (y[i] - Enumerable.Range(i + 1, n - 1 - i).Sum(k => factor[k * n + i] * y[k])) / factor[i * n + i];
        double[] image = new double[n];
        Product(matrix, n)(x, image);
        double residual = Math.Sqrt(image.Zip(z.V, (u, v) => (u - v) * (u - v)).Sum()), length = Math.Sqrt(Dot(z.V, z.V));
        return result is { Converged: true, NonPositiveCurvature: false } && result.Iterations <= n && residual <= 2e-12 * length
            && x.Zip(y, (u, v) => Math.Abs(u - v)).All(error => error <= 1e-11 * length);
    });

    [Fact]
    public void A_power_of_two_in_the_right_side_is_the_same_one_in_the_solution()
    {
        double[] diagonal = [1, 2, 3], b = [0.3, 0.2, 0.7], x = new double[3], scaled = new double[3];
        foreach (int exponent in new[] { -1000, -3, 7, 1000 })
        {
            TrustRegion.ConjugateGradient((v, y) => Multiply(diagonal, v, y), b, x, 2, 0);
            TrustRegion.ConjugateGradient((v, y) => Multiply(diagonal, v, y), [.. b.Select(y => Math.ScaleB(y, exponent))], scaled, 2, 0);
            Assert.Equal(x.Select(y => Math.ScaleB(y, exponent)), scaled);
        }
    }

    [Fact]
    public void Conjugate_gradients_say_how_they_ended()
    {
        double[] x = [9, 9];
        Assert.Equal(new(0, 0, Converged: true, NonPositiveCurvature: false), TrustRegion.ConjugateGradient((v, y) => v.CopyTo(y), [0, 0], x, 5, 0));
        Assert.Equal([0, 0], x);
        Assert.Equal(new(0, 5, Converged: false, NonPositiveCurvature: true), TrustRegion.ConjugateGradient((v, y) => Multiply([-1, -2], v, y), [3, 4], x, 5, 0));
        Assert.Equal([0, 0], x);
        ConjugateGradientResult indefinite = TrustRegion.ConjugateGradient((v, y) => Multiply([3, -1], v, y), [1, 1], x, 5, 0);
        Assert.True(indefinite is { Iterations: 1, Converged: false, NonPositiveCurvature: true });
        Assert.Equal([1, 1], x);
        ConjugateGradientResult stopped = TrustRegion.ConjugateGradient((v, y) => Multiply([3, 1], v, y), [1, 1], x, 1, 0);
        Assert.True(stopped is { Iterations: 1, Converged: false, NonPositiveCurvature: false, ResidualNorm: > 0 });
        ConjugateGradientResult unknown = TrustRegion.ConjugateGradient((v, y) => y.Fill(NaN), [1, 1], x, 5, 0);
        Assert.True(unknown is { Converged: false } && double.IsNaN(unknown.ResidualNorm) && x.All(double.IsNaN));
        Assert.True(double.IsNaN(TrustRegion.ConjugateGradient((v, y) => v.CopyTo(y), [NaN, 1], x, 5, 0).ResidualNorm) && x.All(double.IsNaN));
        Assert.Throws<InvalidOperationException>(() => TrustRegion.ConjugateGradient((v, y) => throw new InvalidOperationException(), [1, 1], x, 5, 0));
    }

    [Fact]
    public void The_clipped_surrogate_is_the_smaller_of_the_plain_and_the_clipped() => Laws.Hold(Gen.Zip(Gen.Zip(Laws.Logit, Laws.Logit), Gen.Choose(1, 99)), x =>
    {
        ((double logRatio, double advantage), double clip) = (x.Item1, x.Item2 / 100.0);
        double r = Math.Exp(logRatio), plain = r * advantage, clipped = Math.Clamp(r, 1 - clip, 1 + clip) * advantage;
        double value = TrustRegion.ClippedSurrogateGradient(logRatio, advantage, clip, out double gradient);
        const double h = 1e-6;
        double difference = (TrustRegion.ClippedSurrogate(logRatio + h, advantage, clip) - TrustRegion.ClippedSurrogate(logRatio - h, advantage, clip)) / (2 * h);
        bool isAtKink = Math.Abs(r - 1 - clip) < 1e-4 || Math.Abs(r - 1 + clip) < 1e-4;
        return Near(value, Math.Min(plain, clipped), Math.Abs(plain)) && (isAtKink || Math.Abs(difference - gradient) <= 1e-8 * Math.Abs(plain))
            && value <= plain + 8 * Epsilon * Math.Abs(plain);
    });

    [Fact]
    public void The_clipped_surrogate_at_the_edges()
    {
        Assert.Equal(1.5, TrustRegion.ClippedSurrogateGradient(Inf, 1, 0.5, out double gradient));
        Assert.Equal(0, gradient);
        Assert.Equal(-Inf, TrustRegion.ClippedSurrogateGradient(Inf, -1, 0.5, out gradient));
        Assert.Equal(-Inf, gradient);
        Assert.Equal(0, TrustRegion.ClippedSurrogateGradient(Inf, 0, 0.5, out gradient));
        Assert.Equal(0, gradient);
        Assert.Equal(NaN, TrustRegion.ClippedSurrogateGradient(NaN, 0, 0.5, out gradient));
        Assert.Equal(NaN, gradient);
        Assert.Equal(NaN, TrustRegion.ClippedSurrogate(0, NaN, 0.5));
    }

    [Fact]
    public void A_penalty_doubles_halves_or_stays()
    {
        AdaptivePenalty penalty = new(1, target: 0.01);
        Assert.Equal(2, penalty.Next(0.0151).Penalty);
        Assert.Equal(1, penalty.Next(1.5 * 0.01).Penalty);
        Assert.Equal(1, penalty.Next(0.01).Penalty);
        Assert.Equal(1, penalty.Next(0.01 / 1.5).Penalty);
        Assert.Equal(0.5, penalty.Next(0.0066).Penalty);
        Assert.Equal(0.5, penalty.Next(-0.001).Penalty);
        Assert.Equal(2, penalty.Next(Inf).Penalty);
        Assert.Equal(NaN, penalty.Next(NaN).Penalty);
        Assert.Equal(penalty, penalty.Next(1).Next(0));
        Assert.Equal(0.01, penalty.Next(1).Target);
        Assert.Equal(double.MaxValue, new AdaptivePenalty(double.MaxValue, 1).Next(2).Penalty);
        Assert.Equal(double.Epsilon, new AdaptivePenalty(double.Epsilon, 1).Next(0).Penalty);
        Assert.Equal(default, default(AdaptivePenalty).Next(1));
        Refuses("penalty", "penalty = 0; it must be positive and finite.", () => new AdaptivePenalty(0, 1).Penalty);
        Refuses("target", "target = NaN", () => new AdaptivePenalty(1, NaN).Penalty);
    }

    [Fact]
    public void What_a_policy_falls_short_of_the_optimum_by_is_its_divergence_from_it() => Laws.Hold(Problems, x =>
    {
        double[] best = new double[x.Policy.Length];
        double optimum = TrustRegion.RegularisedOptimum(x.Reference, x.Rewards, x.Penalty, best);
        double value = TrustRegion.RegularisedReward(x.Policy, x.Reference, x.Rewards, x.Penalty), gap = x.Penalty * Logits.KullbackLeibler(x.Policy, best);
        double largest = new[] { Math.Abs(optimum), x.Rewards.Max(Math.Abs), x.Penalty * Logits.KullbackLeibler(x.Policy, x.Reference), gap }.Max();
        return Math.Abs(optimum - value - gap) <= 1e-13 * largest
            && Math.Abs(Logits.LogSumExp(best)) <= 8 * Epsilon
            && Math.Abs(TrustRegion.RegularisedReward(best, x.Reference, x.Rewards, x.Penalty) - optimum) <= 1e-13 * largest;
    });

    [Fact]
    public void The_gradient_of_a_regularised_reward_is_its_derivative_and_zero_at_the_optimum() => Laws.Hold(Problems, x =>
    {
        const double h = 1e-5;
        int n = x.Policy.Length;
        double[] gradient = new double[n], best = new double[n], atBest = new double[n];
        double value = TrustRegion.RegularisedRewardGradient(x.Policy, x.Reference, x.Rewards, x.Penalty, gradient);
        TrustRegion.RegularisedOptimum(x.Reference, x.Rewards, x.Penalty, best);
        TrustRegion.RegularisedRewardGradient(best, x.Reference, x.Rewards, x.Penalty, atBest);
        double scale = 1 + 10 * x.Penalty;
        return value == TrustRegion.RegularisedReward(x.Policy, x.Reference, x.Rewards, x.Penalty)
            && atBest.All(y => Math.Abs(y) <= 1e-14 * scale)
            && Enumerable.Range(0, n).All(i => Math.Abs((At(i, h) - At(i, -h)) / (2 * h) - gradient[i]) <= 1e-8 * scale);

        double At(int i, double step)
        {
            double[] moved = [.. x.Policy];
            moved[i] += step;
            return TrustRegion.RegularisedReward(moved, x.Reference, x.Rewards, x.Penalty);
        }
    });

    [Fact]
    public void A_large_penalty_keeps_the_reference_and_a_small_one_takes_the_best_reward()
    {
        double[] policy = new double[3], reference = [Math.Log(0.5), Math.Log(0.25), Math.Log(0.25)], rewards = [1, 5, 3];
        Assert.Equal(2.5, TrustRegion.RegularisedOptimum(reference, rewards, 1e18, policy), 1e-14);
        Assert.All(policy.Zip(reference), x => Assert.Equal(x.Second, x.First, 1e-15));
        Assert.Equal(5, TrustRegion.RegularisedOptimum(reference, rewards, 1e-18, policy), 1e-14);
        Assert.Equal(0, policy[1]);
        Assert.Equal(3, TrustRegion.RegularisedOptimum([0, double.NegativeInfinity, 0], rewards, 1e-18, policy), 1e-14);
        Assert.Equal(double.NegativeInfinity, policy[1]);
    }

    [Fact]
    public void Regularised_rewards_at_the_edges()
    {
        double[] three = new double[3], gradient = new double[2];
        Assert.Equal(NaN, TrustRegion.RegularisedOptimum([0, NaN, 1], [1, 2, 3], 1, three));
        Assert.All(three, x => Assert.Equal(NaN, x));
        Assert.Equal(NaN, TrustRegion.RegularisedOptimum([0, double.NegativeInfinity, 1], [1, NaN, 3], 1, three));
        Assert.Equal(double.NegativeInfinity, TrustRegion.RegularisedRewardGradient([0, 0], [0, double.NegativeInfinity], [1, 2], 1, gradient));
        Assert.All(gradient, x => Assert.Equal(NaN, x));
        Assert.Equal(NaN, TrustRegion.RegularisedReward([0, double.NegativeInfinity], [0, 0], [1, NaN], 1));
        Assert.Equal(1, TrustRegion.RegularisedRewardGradient([0, double.NegativeInfinity], [0, double.NegativeInfinity], [1, 2], 1, gradient));
        Assert.Equal([0, 0], gradient);
        double[] shared = [1, 2, 3], apart = new double[3];
        TrustRegion.RegularisedOptimum([1, 2, 3], [0.5, 0.25, 1], 2, apart);
        TrustRegion.RegularisedOptimum(shared, [0.5, 0.25, 1], 2, shared);
        Assert.Equal(apart, shared);
    }

    [Fact]
    public void A_refusal_names_the_argument_and_the_value()
    {
        double[] buffer = new double[4];
        Refuses("vector", "logits has 2 elements and vector has 1", () => Fisher(Two, [1], 1));
        Refuses("vector", "vector[1] = Infinity is infinite", () => Fisher(Two, [1, Inf], 1));
        Refuses("vector", "differ by more than the largest double", () => Fisher(Two, [1.7e308, -1.7e308], 1));
        Refuses("temperature", "temperature = 0", () => Fisher(Two, Two, 0));
        Refuses("logits", "logits[0] = Infinity", () => Fisher([Inf, 0], Two, 1));
        Refuses("destination", "destination has 1 elements", () => TrustRegion.CategoricalFisherVectorProduct(Two, Two, new double[1]));
        Refuses("destination", "overlaps", () => TrustRegion.CategoricalFisherVectorProduct(Two, buffer.AsSpan(0, 2), buffer.AsSpan(1, 2)));
        Refuses("meanVector", "logStandardDeviation has 2 elements and meanVector has 1", () => TrustRegion.GaussianFisherVectorProduct(Two, [1], Two, [], []));
        Refuses("logStandardDeviation", "logStandardDeviation[0] = -Infinity", () => TrustRegion.GaussianFisherVectorProduct([-Inf], [1], [1], [], []));
        Refuses("meanDestination", "or none if it is not wanted", () => TrustRegion.GaussianFisherVectorProduct(Two, Two, Two, new double[1], []));
        Refuses("logStandardDeviationDestination", "overlaps meanDestination", () => TrustRegion.GaussianFisherVectorProduct(Two, Two, Two, buffer, buffer));
        Refuses("meanDestination", "overlaps a source", () => TrustRegion.GaussianFisherVectorProduct(buffer.AsSpan(0, 2), Two, Two, buffer.AsSpan(1, 2), []));
        Refuses("product", "null", () => TrustRegion.ConjugateGradient(null!, Two, buffer, 1, 0));
        Refuses("rightSide", "rightSide is empty", () => TrustRegion.ConjugateGradient(Identity, [], buffer, 1, 0));
        Refuses("rightSide", "rightSide[1] = Infinity", () => TrustRegion.ConjugateGradient(Identity, [1, Inf], buffer, 1, 0));
        Refuses("solution", "overlaps the data", () => TrustRegion.ConjugateGradient(Identity, buffer, buffer, 1, 0));
        Refuses("solution", "solution has 1 elements; it needs 2.", () => TrustRegion.ConjugateGradient(Identity, Two, new double[1], 1, 0));
        Refuses("iterations", "iterations = 0; it must be at least 1.", () => TrustRegion.ConjugateGradient(Identity, Two, buffer, 0, 0));
        Refuses("tolerance", "tolerance = NaN", () => TrustRegion.ConjugateGradient(Identity, Two, buffer, 1, NaN));
        Refuses("work", "work has 7 elements; it needs 8", () => TrustRegion.ConjugateGradient(Identity, Two, buffer, 1, 0, new double[7]));
        Refuses("parameters", "parameters = 0", () => { TrustRegion.WorkLength(0); });
        Refuses("clip", "clip = 1; it must be above 0 and below 1.", () => TrustRegion.ClippedSurrogate(0, 1, 1));
        Refuses("advantage", "advantage = Infinity", () => TrustRegion.ClippedSurrogate(0, Inf, 0.2));
        Refuses("rewards", "referenceLogits has 2 elements and rewards has 1", () => TrustRegion.RegularisedOptimum(Two, [1], 1, buffer));
        Refuses("rewards", "rewards[0] = -Infinity is infinite", () => TrustRegion.RegularisedOptimum(Two, [-Inf, 1], 1, buffer));
        Refuses("penalty", "penalty = 0", () => TrustRegion.RegularisedOptimum(Two, Two, 0, buffer));
        Refuses("logits", "logits has 1 elements; it needs 2.", () => TrustRegion.RegularisedOptimum(Two, Two, 1, new double[1]));
        Refuses("logits", "overlaps a source", () => TrustRegion.RegularisedOptimum(buffer.AsSpan(0, 2), Two, 1, buffer.AsSpan(1, 2)));
        Refuses("referenceLogits", "all 2 logits", () => TrustRegion.RegularisedReward(Two, [-Inf, -Inf], Two, 1));
        Refuses("gradient", "gradient has 1 elements", () => TrustRegion.RegularisedRewardGradient(Two, Two, Two, 1, new double[1]));
    }

    [Fact]
    public void Nothing_is_allocated_where_work_is_lent()
    {
        double[] a = Generated.Logits(seed: 91, n: 99, delta: 0).A, b = Generated.Logits(seed: 91, n: 99, delta: 0).B;
        double[] first = new double[99], second = new double[99], work = new double[TrustRegion.WorkLength(99)];
        FisherVectorProduct product = Identity;
        SurrogateEvaluation evaluate = _ => new(1e9, 1e-3);
        TrustRegionOptions options = new();
        Assert.Equal(0, Allocation.Of(Run));

        void Run()
        {
            TrustRegion.CategoricalFisherVectorProduct(a, b, first);
            TrustRegion.GaussianFisherVectorProduct(a, b, b, first, second);
            TrustRegion.ConjugateGradient(product, a, first, 10, 1e-10, work);
            TrustRegion.Step(a, product, evaluate, first, options, work);
            TrustRegion.RegularisedOptimum(a, b, 2, first);
            TrustRegion.RegularisedRewardGradient(b, a, b, 2, first);
        }
    }

    private static double[] Fisher(double[] logits, double[] vector, double temperature)
    {
        double[] destination = new double[vector.Length];
        TrustRegion.CategoricalFisherVectorProduct(logits, vector, destination, temperature);
        return destination;
    }

    private static double[] Along(double[] x, double[] v, double h) => [.. x.Zip(v, (y, z) => y + h * z)];

    private static void Identity(ReadOnlySpan<double> vector, Span<double> destination) => vector.CopyTo(destination);

    private static void Multiply(double[] diagonal, ReadOnlySpan<double> vector, Span<double> destination)
    {
        for (int i = 0; i < vector.Length; i++)
            destination[i] = diagonal[i] * vector[i];
    }

    /// <summary>4 I + a a'/|a|^2 + u u': positive definite and well conditioned.</summary>
    internal static double[] Definite(double[] a, double[] u)
    {
        int n = a.Length;
        double square = Math.Max(Dot(a, a), 1);
        return [.. Enumerable.Range(0, n * n).Select(k => (k / n == k % n ? 4 : 0) + a[k / n] * a[k % n] / square + u[k / n] * u[k % n])];
    }

    private static bool Near(double x, double y, double scale) => Math.Abs(x - y) <= 16 * Epsilon * scale;
}
