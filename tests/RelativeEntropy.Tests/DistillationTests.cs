using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Laws, edges and refusals of the losses by which a student learns from a teacher, and of the gradients by labels.</summary>
public class DistillationTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;
    private const double Epsilon = 2.220446049250313e-16;

    private static readonly double[] A = Generated.Logits(seed: 91, n: 99, delta: 0).A, B = Generated.Logits(seed: 91, n: 99, delta: 0).B;
    private static readonly double[] P = Laws.Normalised([.. A.Select(Math.Exp)]), Costs = LineCosts(99), G = new double[99], H = new double[99];
    private static readonly float[] FloatA = [.. A.Select(x => (float)x)], FloatG = new float[99];
    private static readonly double[] Two = [1, 2];

    private delegate double Loss(double[] teacher, double[] student, Span<double> gradient);

    /// <summary>Every loss as a function of two sets of logits, and whether it is zero where they are equal.</summary>
    private static Dictionary<string, (Loss Of, bool IsDivergence)> Losses { get; } = new()
    {
        ["SoftTargets"] = ((a, b, g) => Distillation.SoftTargetsGradient(a, b, 2.5, g), true),
        ["ReverseSoftTargets"] = ((a, b, g) => Distillation.ReverseSoftTargetsGradient(a, b, 2.5, g), true),
        ["WithLabel"] = ((a, b, g) => Distillation.WithLabelGradient(0, a, b, 0.75, 2.5, g), false),
        ["Decoupled"] = ((a, b, g) => Distillation.DecoupledGradient(a.Length / 2, a, b, 1.5, 4, 2.5, g), true),
        ["DecoupledKullbackLeibler"] = ((a, b, g) => Distillation.DecoupledKullbackLeiblerGradient(a, b, 0.5, 2, default, g), false),
        ["GeneralisedJensenShannon"] = ((a, b, g) => Distillation.GeneralisedJensenShannonGradient(a, b, 0.25, 2.5, g), true),
        ["Wasserstein"] = ((a, b, g) => Distillation.WassersteinGradient(a, b, LineCosts(a.Length), a.Length, 2.5, g, 1e-14).Value, false),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    public static TheoryData<string> Divergences => [.. Losses.Where(x => x.Value.IsDivergence).Select(x => x.Key)];

    private static Dictionary<string, Func<double>> Functions { get; } = new()
    {
        ["SoftTargets"] = () => Distillation.SoftTargetsGradient(A, B, 4, G) + Distillation.SoftTargets(A, B, 4),
        ["ReverseSoftTargets"] = () => Distillation.ReverseSoftTargetsGradient(A, B, 4, G) + Distillation.ReverseSoftTargets(A, B, 4),
        ["WithLabel"] = () => Distillation.WithLabelGradient(3, A, B, 0.5, 4, G) + Distillation.WithLabel(3, A, B, 0.5, 4),
        ["Decoupled"] = () => Distillation.DecoupledGradient(3, A, B, 1, 8, 4, G) + Distillation.Decoupled(3, A, B, 1, 8, 4),
        ["DecoupledKullbackLeibler"] = () => Distillation.DecoupledKullbackLeiblerGradient(A, B, 1, 1, G, H) + Distillation.DecoupledKullbackLeibler(A, B, 1, 1),
        ["GeneralisedJensenShannon"] = () => Distillation.GeneralisedJensenShannonGradient(A, B, 0.1, 4, G) + Distillation.GeneralisedJensenShannon(A, B, 0.1, 4),
        ["Wasserstein"] = () => Distillation.WassersteinGradient(A, B, Costs, 10, 4, G).Value + Distillation.Wasserstein(A, B, Costs, 10, 4).Value,
        ["CrossEntropyGradient of a label"] = () => Logits.CrossEntropyGradient(3, A, G) + Logits.CrossEntropyGradient(3, FloatA, FloatG),
        ["CrossEntropyFromProbabilitiesGradient"] = () => Logits.CrossEntropyFromProbabilitiesGradient(P, B, G),
    };

    public static TheoryData<string> FunctionNames => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(FunctionNames))]
    public void Nothing_is_allocated(string name)
    {
        Func<double> function = Functions[name];
        Assert.Equal(0, Allocation.Of(() => function()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_gradient_is_the_limit_of_differences_and_sums_to_zero(string name) => Laws.Hold(Mild, pair =>
    {
        (double[] a, double[] b) = pair;
        double[] gradient = new double[a.Length];
        double value = Losses[name].Of(a, b, gradient);
        return gradient.Select((x, i) => Math.Abs(x - Difference(y => Losses[name].Of(a, y, default), b, i)) <= 1e-6 * (1 + value)).All(x => x)
            && Math.Abs(gradient.Sum()) <= 1e-13 * gradient.Length * (1 + value);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_does_not_depend_on_whether_the_gradient_is_wanted_and_is_never_negative(string name) => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double value = Losses[name].Of(pair.A, pair.B, default);
        return value >= 0 && Losses[name].Of(pair.A, pair.B, new double[pair.A.Length + 1]) == value;
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_constant_added_to_all_logits_changes_nothing(string name) => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] first = new double[pair.A.Length], second = new double[pair.A.Length];
        double value = Losses[name].Of(pair.A, pair.B, first), shifted = Losses[name].Of([.. pair.A.Select(x => x - 512)], [.. pair.B.Select(x => x + 1024)], second);
        return Near(shifted, value, 1e-13 * (value + pair.A.Length)) && first.Zip(second, (x, y) => Near(x, y, 1e-12 * (1 + value))).All(x => x);
    });

    [Theory]
    [MemberData(nameof(Divergences))]
    public void A_student_equal_to_the_teacher_up_to_a_constant_has_no_loss_and_no_gradient(string name) => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] gradient = new double[pair.A.Length];
        return Losses[name].Of(pair.A, [.. pair.A.Select(x => x + 4096)], gradient) == 0 && gradient.All(x => x == 0);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_in_either_set_wins_over_infinity_and_leaves_no_gradient(string name)
    {
        double[] gradient = [1, 1, 1, 7];
        Assert.Equal(NaN, Losses[name].Of([0, NaN, double.NegativeInfinity], [double.NegativeInfinity, 0, 1], gradient));
        Assert.Equal([NaN, NaN, NaN, 7], gradient);
        Assert.Equal(NaN, Losses[name].Of([0, 1, double.NegativeInfinity], [double.NegativeInfinity, NaN, 1], default));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_class_that_both_exclude_has_no_gradient(string name)
    {
        double[] gradient = new double[4];
        double value = Losses[name].Of([0.5, 1, 2, double.NegativeInfinity], [1, 0.25, 2, double.NegativeInfinity], gradient);
        Assert.True(double.IsFinite(value));
        Assert.Equal(0, gradient[3]);
        Assert.All(gradient, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Soft_targets_are_a_divergence_times_the_square_of_the_temperature() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double forward = 9 * Logits.KullbackLeibler(pair.A, pair.B, 3), reverse = 9 * Logits.KullbackLeibler(pair.B, pair.A, 3);
        return Near(Distillation.SoftTargets(pair.A, pair.B, 3), forward, 4 * Epsilon * forward)
            && Near(Distillation.ReverseSoftTargets(pair.A, pair.B, 3), reverse, 4 * Epsilon * reverse);
    });

    [Fact]
    public void At_a_high_temperature_soft_targets_are_half_the_variance_of_the_differences_of_logits() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] x = [.. pair.A.Zip(pair.B, (a, b) => a - b)];
        double variance = x.Select(y => (y - x.Average()) * (y - x.Average())).Average(), largest = x.Max(Math.Abs) + pair.A.Max(Math.Abs);
        const double Temperature = 1 << 20;

        // The next term is the third moment over T.
        double slack = 8 * largest * largest * largest / Temperature + 1e-12 * largest * largest;
        return Near(Distillation.SoftTargets(pair.A, pair.B, Temperature), variance / 2, slack)
            && Near(Distillation.ReverseSoftTargets(pair.A, pair.B, Temperature), variance / 2, slack);
    });

    [Fact]
    public void A_weighted_label_goes_from_the_label_alone_to_soft_targets_alone() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double label = Logits.CrossEntropy(0, pair.B), soft = Distillation.SoftTargets(pair.A, pair.B, 4);
        return Distillation.WithLabel(0, pair.A, pair.B, 0, 4) == label && Distillation.WithLabel(0, pair.A, pair.B, 1, 4) == soft
            && Near(Distillation.WithLabel(0, pair.A, pair.B, 0.375, 4), 0.375 * soft + 0.625 * label, 8 * Epsilon * (soft + label));
    });

    [Fact]
    public void The_divergence_is_that_of_the_target_plus_that_of_the_others_times_their_probability() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] p = new double[pair.A.Length];
        Logits.Softmax(pair.A, p, 2);
        return Enumerable.Range(0, p.Length).All(label =>
        {
            double others = p.Where((_, i) => i != label).Sum(), whole = Distillation.SoftTargets(pair.A, pair.B, 2);
            double target = Distillation.Decoupled(label, pair.A, pair.B, 1, 0, 2), among = Distillation.Decoupled(label, pair.A, pair.B, 0, 1, 2);
            return Near(target + others * among, whole, 1e-13 * whole) && Near(Distillation.Decoupled(label, pair.A, pair.B, 1, others, 2), whole, 1e-13 * whole);
        });
    });

    [Fact]
    public void The_parts_of_the_decoupled_loss_are_divergences_of_the_pairs_and_of_the_others() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] p = new double[pair.A.Length], q = new double[pair.A.Length];
        Logits.Softmax(pair.A, p);
        Logits.Softmax(pair.B, q);
        double[] a = [.. pair.A.Skip(1)], b = [.. pair.B.Skip(1)];
        double target = Divergence.KullbackLeibler([p[0], p.Skip(1).Sum()], [q[0], q.Skip(1).Sum()]);
        return Near(Distillation.Decoupled(0, pair.A, pair.B, 1, 0, 1), target, 1e-12 * (target + p[0] * p.Skip(1).Sum()))
            && Distillation.Decoupled(0, pair.A, pair.B, 0, 1, 1) == (a.Length == 0 ? 0 : Logits.KullbackLeibler(a, b));
    });

    [Fact]
    public void A_teacher_that_is_certain_says_nothing_of_the_other_classes()
    {
        double[] gradient = new double[3];
        double value = Distillation.DecoupledGradient(0, [1, double.NegativeInfinity, double.NegativeInfinity], [1, 0, 2], 1, 8, 1, gradient);
        Assert.Equal(Logits.CrossEntropy(0, [1.0, 0, 2]), value, 1e-15);
        double[] expected = new double[3];
        Logits.CrossEntropyGradient(0, [1.0, 0, 2], expected);
        Assert.All(gradient.Zip(expected), x => Assert.Equal(x.Second, x.First, 1e-15));
        Assert.Equal(0, Distillation.Decoupled(0, [3], [5], 1, 1, 1));
    }

    [Fact]
    public void A_term_of_weight_zero_is_left_out_where_it_is_infinite()
    {
        double[] a = [0, 1, 2], b = [0, 1, double.NegativeInfinity], gradient = new double[3];
        Assert.Equal(Inf, Distillation.Decoupled(0, a, b, 1, 1, 1));
        double value = Distillation.DecoupledGradient(0, a, b, 1, 0, 1, gradient);
        Assert.True(double.IsFinite(value) && value > 0);
        Assert.All(gradient, x => Assert.True(double.IsFinite(x)));
        Assert.Equal(0, gradient[2]);
        Assert.Equal(Logits.CrossEntropy(0, b), Distillation.WithLabelGradient(0, a, b, 0, 3, gradient));
        Assert.All(gradient, x => Assert.True(double.IsFinite(x)));
        Assert.Equal(0, Distillation.DecoupledKullbackLeiblerGradient(a, b, 0, 0, default, gradient));
        Assert.Equal([0, 0, 0], gradient);
    }

    [Fact]
    public void A_student_that_excludes_what_the_teacher_does_not_has_an_infinite_loss_and_no_gradient()
    {
        double[] a = [0, 1, 2], b = [0, double.NegativeInfinity, 2], gradient = new double[3];
        foreach (string name in new[] { "SoftTargets", "WithLabel", "Decoupled", "DecoupledKullbackLeibler" })
        {
            Assert.Equal(Inf, Losses[name].Of(a, b, gradient));
            Assert.All(gradient, x => Assert.Equal(NaN, x));
        }

        Assert.Equal(Inf, Distillation.ReverseSoftTargets(b, a, 2));
        Assert.True(double.IsFinite(Distillation.ReverseSoftTargets(a, b, 2)));
        Assert.Equal(Inf, Distillation.Decoupled(0, [0, 1], [0, double.NegativeInfinity], 1, 0, 1));
        Assert.True(double.IsFinite(Distillation.GeneralisedJensenShannonGradient(a, b, 0.5, 1, gradient)));
        Assert.True(double.IsFinite(Distillation.WassersteinGradient(a, b, LineCosts(3), 1, 1, gradient).Value));
        Assert.All(gradient, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void The_squared_error_moves_the_teacher_and_the_cross_entropy_the_student_as_the_divergence_does() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        int n = pair.A.Length;
        double[] byA = new double[n], byB = new double[n], teacher = new double[n], student = new double[n], none = new double[n], all = new double[n];
        Logits.KullbackLeiblerGradient(pair.A, pair.B, byA, byB);
        Distillation.DecoupledKullbackLeiblerGradient(pair.A, pair.B, 1, 0, teacher, default);
        Distillation.DecoupledKullbackLeiblerGradient(pair.A, pair.B, 0, 1, none, student);
        Distillation.DecoupledKullbackLeiblerGradient(pair.A, pair.B, 1, 1, default, all);
        return teacher.SequenceEqual(byA) && student.SequenceEqual(byB) && none.All(x => x == 0)
            && all.Zip(student.Zip(teacher, (s, t) => s - t)).All(x => Near(x.First, x.Second, Epsilon * Math.Abs(x.Second)));
    });

    [Fact]
    public void The_squared_error_is_the_double_sum_and_its_gradient_by_the_teacher_holds_the_weights_fixed() => Laws.Hold(Mild, pair =>
    {
        double[] p = new double[pair.A.Length], gradient = new double[pair.A.Length];
        Logits.Softmax(pair.A, p);
        double value = Distillation.DecoupledKullbackLeiblerGradient(pair.A, pair.B, 1, 0, gradient, default);
        return Near(value, Sum(pair.A), 1e-13 * (1 + value))
            && gradient.Select((x, i) => Near(x, Difference(Sum, pair.A, i), 1e-7 * (1 + value))).All(x => x);

        double Sum(double[] a) =>
            p.SelectMany((u, j) => p.Select((v, k) => u * v * Math.Pow(a[j] - a[k] - (pair.B[j] - pair.B[k]), 2))).Sum() / 4;
    });

    [Fact]
    public void Generalised_Jensen_Shannon_with_equal_weights_is_Jensen_Shannon_and_exchanging_sides_exchanges_weights() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double even = Logits.JensenShannon(pair.A, pair.B, 2), uneven = Distillation.GeneralisedJensenShannon(pair.A, pair.B, 0.125, 2);
        return Near(Distillation.GeneralisedJensenShannon(pair.A, pair.B, 0.5, 2), even, 16 * Epsilon * even)
            && Near(Distillation.GeneralisedJensenShannon(pair.B, pair.A, 0.875, 2), uneven, 16 * Epsilon * uneven)
            && even <= Math.Log(2) * (1 + Epsilon) && uneven <= even * 2;
    });

    [Fact]
    public void Generalised_Jensen_Shannon_vanishes_at_the_ends_and_divided_by_the_small_weight_tends_to_the_divergences() => Laws.Hold(Mild, pair =>
    {
        double[] gradient = new double[pair.A.Length], limit = new double[pair.A.Length];
        const double Weight = 1e-9;
        double forward = Logits.KullbackLeibler(pair.A, pair.B), reverse = Logits.KullbackLeiblerGradient(pair.B, pair.A, limit, default);
        bool vanishes = Distillation.GeneralisedJensenShannonGradient(pair.A, pair.B, 0, 1, gradient) == 0 && gradient.All(x => x == 0)
            && Distillation.GeneralisedJensenShannonGradient(pair.A, pair.B, 1, 1, gradient) == 0 && gradient.All(x => x == 0);

        // The next term is the weight times a chi-squared divergence, which is below e^(largest log-ratio) squared.
        double largest = pair.A.Zip(pair.B, (x, y) => Math.Abs(x - y)).Max(), slack = Weight * Math.Exp(4 * largest) + 1e-13;
        double divided = Distillation.GeneralisedJensenShannonGradient(pair.A, pair.B, 1 - Weight, 1, gradient) / (1 - (1 - Weight));
        return vanishes
            && Near(Distillation.GeneralisedJensenShannon(pair.A, pair.B, Weight, 1) / Weight, forward, slack * (1 + forward))
            && Near(divided, reverse, slack * (1 + reverse))
            && gradient.Zip(limit, (x, y) => Near(x / (1 - (1 - Weight)), y, slack * (1 + reverse))).All(x => x);
    });

    [Fact]
    public void Between_distributions_without_a_common_class_generalised_Jensen_Shannon_is_the_entropy_of_the_weights()
    {
        double[] gradient = [1, 1];
        Assert.Equal(Entropy.Shannon([0.25, 0.75]), Distillation.GeneralisedJensenShannonGradient([0, double.NegativeInfinity], [double.NegativeInfinity, 5], 0.25, 2, gradient), 1e-15);
        Assert.Equal([0, 0], gradient);
        Assert.Equal(0, Distillation.GeneralisedJensenShannon([0, double.NegativeInfinity], [double.NegativeInfinity, 5], 1, 2));
        Assert.Equal(0, Distillation.GeneralisedJensenShannon([0, double.NegativeInfinity], [double.NegativeInfinity, 5], 0, 2));
    }

    [Fact]
    public void The_cost_of_transport_lies_between_the_exact_one_and_it_plus_the_regularisation_times_the_smaller_entropy() => Laws.Hold(Few, pair =>
    {
        int n = pair.A.Length;
        double[] p = new double[n], q = new double[n], positions = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        Logits.Softmax(pair.A, p);
        Logits.Softmax(pair.B, q);
        double exact = Divergence.Wasserstein1(p, q, positions), entropy = Math.Min(Entropy.Shannon(p), Entropy.Shannon(q)), largest = n - 1;
        return new[] { 2, 0.5, 0.1, 0.02, 0.001 }.All(regularisation =>
        {
            TransportLoss loss = Distillation.Wasserstein(pair.A, pair.B, LineCosts(n), regularisation, 1, 1e-9, 300);
            double rounding = 1e-13 * (1 + largest);
            return loss.HasConverged == (loss.MarginalError <= 1e-9) && loss.Iterations <= 300
                && loss.Value >= exact - loss.MarginalError * largest - rounding && loss.Value <= exact + regularisation * entropy + rounding;
        });
    });

    [Fact]
    public void As_the_regularisation_vanishes_the_cost_of_transport_becomes_the_exact_one()
    {
        double[] a = [1, 2, 3, 0.5], b = [3, 2.5, 1, 0], p = new double[4], q = new double[4];
        Logits.Softmax(a, p);
        Logits.Softmax(b, q);
        double exact = Divergence.Wasserstein1(p, q, [0, 1, 2, 3]), entropy = Math.Min(Entropy.Shannon(p), Entropy.Shannon(q)), last = Inf;
        foreach (double regularisation in new[] { 1, 0.1, 0.01, 0.001 })
        {
            TransportLoss loss = Distillation.Wasserstein(a, b, LineCosts(4), regularisation, 1, 1e-10, 1_000_000);
            Assert.True(loss.HasConverged, $"{loss}");
            Assert.InRange(loss.Value, exact - 1e-9, Math.Min(exact + regularisation * entropy, last));
            last = loss.Value;
        }
    }

    [Fact]
    public void Transport_that_has_not_converged_says_so_and_its_value_is_a_lower_bound_within_the_marginal_error_times_the_largest_cost()
    {
        double[] a = [1, 2, 3, 0.5], b = [3, 2.5, 1, 0];
        TransportLoss truth = Distillation.Wasserstein(a, b, LineCosts(4), 0.1, 1, 1e-14, 1_000_000);
        double last = 0;
        for (int limit = 1; limit <= 64; limit *= 2)
        {
            TransportLoss loss = Distillation.Wasserstein(a, b, LineCosts(4), 0.1, 1, 0, limit);
            Assert.False(loss.HasConverged);
            Assert.Equal(limit, loss.Iterations);
            Assert.InRange(loss.Value, last, truth.Value + 1e-14);
            Assert.True(truth.Value <= loss.Value + 3 * loss.MarginalError);
            last = loss.Value;
        }
    }

    [Fact]
    public void The_gradient_of_transport_is_a_slope_below_its_values_even_before_convergence() => Laws.Hold(Few, pair =>
    {
        int n = pair.A.Length;
        double[] costs = LineCosts(n), gradient = new double[n], q = new double[n], moved = new double[n], c = [.. pair.B.Select((x, i) => x / 2 + i % 3)];
        TransportLoss loss = Distillation.WassersteinGradient(pair.A, pair.B, costs, 0.5, 1, gradient, 1e-3);
        Logits.Softmax(pair.B, q);
        Logits.Softmax(c, moved);

        // By the logits the derivative is q_j (g_j - E g), so that g_j - E g is the slope by q_j.
        double linear = loss.Value + q.Select((x, j) => x == 0 ? 0 : gradient[j] / x * (moved[j] - x)).Sum();
        TransportLoss there = Distillation.Wasserstein(pair.A, c, costs, 0.5, 1);
        return linear <= there.Value + there.MarginalError * n + 1e-9 * (1 + Math.Abs(linear));
    });

    [Fact]
    public void Transport_back_with_the_costs_transposed_costs_the_same() => Laws.Hold(Few, pair =>
    {
        int n = pair.A.Length;
        double[] costs = [.. Enumerable.Range(0, n * n).Select(i => (double)(i * 7 % 5))], back = [.. costs.Select((_, i) => costs[i % n * n + i / n])];
        double forth = Distillation.Wasserstein(pair.A, pair.B, costs, 2, 3, 1e-14).Value;
        return Near(Distillation.Wasserstein(pair.B, pair.A, back, 2, 3, 1e-14).Value, forth, 1e-12);
    });

    [Fact]
    public void Huge_logits_overflow_nowhere_where_the_truth_is_finite()
    {
        double[] a = [1e300, 0, -1e300], b = [1e300, 2, -1e300], gradient = new double[3];
        foreach ((string name, (Loss of, bool isDivergence)) in Losses)
        {
            double value = of(a, b, gradient);
            Assert.True(double.IsFinite(value), name);
            Assert.All(gradient, x => Assert.True(double.IsFinite(x), name));
            if (isDivergence)
                Assert.True(name == "Decoupled" || value == 0, name);
        }

        Assert.Equal(4e300, Distillation.SoftTargets([1e300, 0], [0, 1e300], 4), 1e286);
    }

    [Fact]
    public void A_label_has_the_gradient_of_the_limit_of_differences() => Laws.Hold(Mild, pair =>
    {
        double[] gradient = new double[pair.A.Length], soft = new double[pair.A.Length], p = new double[pair.A.Length];
        Logits.Softmax(pair.A, p);
        double value = Logits.CrossEntropyGradient(0, pair.B, gradient, 1.5, LogBase.Bits), mixed = Logits.CrossEntropyFromProbabilitiesGradient(p, pair.B, soft, 1.5, LogBase.Bits);
        return value == Logits.CrossEntropy(0, pair.B, 1.5, LogBase.Bits) && mixed == Logits.CrossEntropyFromProbabilities(p, pair.B, 1.5, LogBase.Bits)
            && gradient.Select((x, i) => Near(x, Difference(y => Logits.CrossEntropy(0, y, 1.5, LogBase.Bits), pair.B, i), 1e-7 * (1 + value))).All(x => x)
            && soft.Select((x, i) => Near(x, Difference(y => Logits.CrossEntropyFromProbabilities(p, y, 1.5, LogBase.Bits), pair.B, i), 1e-7 * (1 + mixed))).All(x => x);
    });

    [Fact]
    public void The_gradient_of_soft_labels_is_the_mean_of_those_of_labels_and_that_of_logits() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        int n = pair.A.Length;
        double[] p = new double[n], soft = new double[n], one = new double[n], mean = new double[n], logits = new double[n];
        Logits.Softmax(pair.A, p);
        Logits.CrossEntropyFromProbabilitiesGradient(p, pair.B, soft);
        Logits.CrossEntropyGradient(pair.A, pair.B, default, logits);
        for (int label = 0; label < n; label++)
        {
            Logits.CrossEntropyGradient(label, pair.B, one);
            for (int i = 0; i < n; i++)
                mean[i] += p[label] * one[i];
        }

        return soft.Zip(mean).All(x => Near(x.First, x.Second, 64 * Epsilon)) && soft.Zip(logits).All(x => Near(x.First, x.Second, 64 * Epsilon));
    });

    [Fact]
    public void Floats_and_spans_in_place_have_the_gradients_of_the_doubles_they_equal()
    {
        double[] wide = [.. FloatA.Select(x => (double)x)], gradient = new double[99], uniform = [.. Enumerable.Repeat(0.25, 4)], inPlace = [1, 2, 3, 4], apart = new double[4];
        Assert.Equal(Logits.CrossEntropyGradient(7, wide, gradient, 2), Logits.CrossEntropyGradient(7, FloatA, FloatG, 2));
        Assert.Equal(gradient.Select(x => (float)x), FloatG);
        float[] narrow = new float[4];
        Assert.Equal(
            Logits.CrossEntropyFromProbabilitiesGradient(uniform, [1, 2, 3, 4], apart),
            Logits.CrossEntropyFromProbabilitiesGradient([0.25f, 0.25f, 0.25f, 0.25f], [1, 2, 3, 4], narrow));
        Assert.Equal(apart.Select(x => (float)x), narrow);
        Logits.CrossEntropyFromProbabilitiesGradient(uniform, inPlace, inPlace);
        Assert.Equal(apart, inPlace);
        inPlace = [1, 2, 3, 4];
        Logits.CrossEntropyGradient(1, [1.0, 2, 3, 4], apart);
        Logits.CrossEntropyGradient(1, inPlace, inPlace);
        Assert.Equal(apart, inPlace);
    }

    [Fact]
    public void A_label_that_is_excluded_has_no_gradient()
    {
        double[] gradient = new double[2];
        Assert.Equal(Inf, Logits.CrossEntropyGradient(0, [double.NegativeInfinity, 1], gradient));
        Assert.All(gradient, x => Assert.Equal(NaN, x));
        Assert.Equal(0, Logits.CrossEntropyGradient(1, [double.NegativeInfinity, 1], gradient));
        Assert.Equal([0, 0], gradient);
        Assert.Equal(Inf, Logits.CrossEntropyFromProbabilitiesGradient([0.5, 0.5], [double.NegativeInfinity, 1], gradient));
        Assert.All(gradient, x => Assert.Equal(NaN, x));
        Assert.Equal(0, Logits.CrossEntropyFromProbabilitiesGradient([0, 1.0], [double.NegativeInfinity, 1], gradient));
        Assert.Equal([0, 0], gradient);
        Assert.Equal(NaN, Logits.CrossEntropyGradient(1, [NaN, 1], gradient));
        Assert.All(gradient, x => Assert.Equal(NaN, x));
    }

    [Fact]
    public void A_refusal_names_the_argument_the_index_and_the_value()
    {
        double[] buffer = new double[4];
        Refuses("teacherLogits", "teacherLogits is empty", () => Distillation.SoftTargets([], [], 1));
        Refuses("studentLogits", "teacherLogits has 2 elements and studentLogits has 3", () => Distillation.ReverseSoftTargets(Two, [1, 2, 3], 1));
        Refuses("studentLogits", "studentLogits[1] = Infinity", () => Distillation.SoftTargets(Two, [0, Inf], 1));
        Refuses("teacherLogits", "teacherLogits[0] = -Infinity and so are all 2 logits", () => Distillation.ReverseSoftTargets([-Inf, -Inf], Two, 1));
        Refuses("temperature", "temperature = 0; it must be positive and finite.", () => Distillation.GeneralisedJensenShannon(Two, Two, 0.5, 0));
        Refuses("weight", "weight = 1.5; it must be in [0, 1].", () => Distillation.WithLabel(0, Two, Two, 1.5, 1));
        Refuses("weight", "weight = NaN", () => Distillation.GeneralisedJensenShannon(Two, Two, NaN, 1));
        Refuses("label", "label = 2; it must be an index of the 2 logits", () => Distillation.Decoupled(2, Two, Two, 1, 1, 1));
        Refuses("label", "label = -1", () => Distillation.WithLabel(-1, Two, Two, 1, 1));
        Refuses("otherWeight", "otherWeight = -1; it must be finite and at least 0.", () => Distillation.Decoupled(0, Two, Two, 1, -1, 1));
        Refuses("targetWeight", "targetWeight = NaN", () => Distillation.Decoupled(0, Two, Two, NaN, 1, 1));
        Refuses("meanSquaredErrorWeight", "meanSquaredErrorWeight = Infinity", () => Distillation.DecoupledKullbackLeibler(Two, Two, Inf, 1));
        Refuses("crossEntropyWeight", "crossEntropyWeight = -2", () => Distillation.DecoupledKullbackLeibler(Two, Two, 1, -2));
        Refuses("studentGradient", "studentGradient has 1 elements; it needs 2, or none", () => Distillation.SoftTargetsGradient(Two, Two, 1, new double[1]));
        Refuses("studentGradient", "studentGradient overlaps the data", () => Distillation.DecoupledGradient(0, buffer.AsSpan(0, 2), Two, 1, 1, 1, buffer));
        Refuses("studentGradient", "studentGradient overlaps the data", () => Distillation.DecoupledKullbackLeiblerGradient(Two, Two, 1, 1, buffer, buffer));
        Refuses("gradient", "gradient has 1 elements", () => Logits.CrossEntropyGradient(0, Two, new double[1]));
        Refuses("label", "label = 5", () => Logits.CrossEntropyGradient(5, Two, buffer));
        Refuses("qGradient", "qGradient overlaps a source", () => Logits.CrossEntropyFromProbabilitiesGradient([0.5, 0.5], buffer.AsSpan(0, 2), buffer.AsSpan(1, 2)));
    }

    [Fact]
    public void A_refusal_of_costs_names_what_is_wrong_with_them()
    {
        double[] costs = [0, 1, 1, 0];
        Refuses("costs", "costs has 3 elements; the costs between 2 classes have 4.", () => Distillation.Wasserstein(Two, Two, [0, 1, 1], 1, 1).Value);
        Refuses("costs", "costs[1] = -1 is negative", () => Distillation.Wasserstein(Two, Two, [0, -1, 1, 0], 1, 1).Value);
        Refuses("costs", "costs[2] = Infinity is infinite", () => Distillation.Wasserstein(Two, Two, [0, 1, Inf, 0], 1, 1).Value);
        Refuses("regularisation", "regularisation = 0; it must be positive and finite.", () => Distillation.Wasserstein(Two, Two, costs, 0, 1).Value);
        Refuses("regularisation", "the cost 1 divided by it is infinite", () => Distillation.Wasserstein(Two, Two, costs, 1e-310, 1).Value);
        Refuses("tolerance", "tolerance = NaN", () => Distillation.Wasserstein(Two, Two, costs, 1, 1, NaN).Value);
        Refuses("iterations", "iterations = 0; it must be at least 1.", () => Distillation.Wasserstein(Two, Two, costs, 1, 1, 1e-9, 0).Value);
        TransportLoss unknown = Distillation.Wasserstein(Two, Two, [0, NaN, 1, 0], 1, 1);
        Assert.Equal(new TransportLoss(NaN, NaN, 0, false), unknown);
    }

    private static double Difference(Func<double[], double> function, double[] at, int i)
    {
        const double Step = 1.0 / (1 << 14);
        double[] moved = [.. at];
        moved[i] = at[i] + Step;
        double above = function(moved);
        moved[i] = at[i] - Step;
        return (above - function(moved)) / (2 * Step);
    }

    private static double[] LineCosts(int n) => [.. Enumerable.Range(0, n * n).Select(i => (double)Math.Abs(i / n - i % n))];

    private static Gen<(double[] A, double[] B)> Mild =>
        Gen.Choose(1, 8).SelectMany(n => Gen.Two(Gen.ArrayOf(Laws.Logit, n)).Select(x => (Eighths(x.Item1), Eighths(x.Item2))));

    private static Gen<(double[] A, double[] B)> Few =>
        Gen.Choose(1, 5).SelectMany(n => Gen.Two(Gen.ArrayOf(Laws.Logit, n)).Select(x => (Eighths(x.Item1), Eighths(x.Item2))));

    private static double[] Eighths(double[] logits) => [.. logits.Select(x => x / 8)];

    private static bool Near(double x, double y, double slack) => Math.Abs(x - y) <= slack;
}
