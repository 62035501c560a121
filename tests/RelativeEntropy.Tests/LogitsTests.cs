using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Laws, edges and refusals of labels, entropies, divergences, batches and gradients from logits.</summary>
public class LogitsTests
{
    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    /// <summary>Eight roundings: what two results right to a few units in the last place may differ by.</summary>
    private const double Slack = 8 * 2.220446049250313e-16;

    private static readonly double[] Two = [1, 2];
    private static readonly double[] A = Generated.Logits(seed: 82, n: 999, delta: 0).A;
    private static readonly double[] B = Generated.Logits(seed: 82, n: 999, delta: 0).B;
    private static readonly float[] FloatA = [.. A.Select(x => (float)x)], FloatB = [.. B.Select(x => (float)x)];
    private static readonly double[] WideA = [.. FloatA.Select(x => (double)x)], WideB = [.. FloatB.Select(x => (double)x)];
    private static readonly double[] P = new double[999], First = new double[999], Second = new double[999];
    private static readonly float[] FloatFirst = new float[999], FloatSecond = new float[999];

    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, Func<double>> Functions { get; } = new()
    {
        ["CrossEntropy of a label"] = () => Logits.CrossEntropy(7, A, 2, LogBase.Bits),
        ["CrossEntropyFromProbabilities"] = () => { Logits.Softmax(A, P); return Logits.CrossEntropyFromProbabilities(P, B); },
        ["Entropy"] = () => Logits.Entropy(A),
        ["JensenShannon"] = () => Logits.JensenShannon(A, B),
        ["Renyi"] = () => Logits.Renyi(A, B, 0.3) + Logits.Renyi(A, B, 2) + Logits.Renyi(A, B, 0) + Logits.Renyi(A, B, Inf),
        ["KullbackLeiblerRows"] = () => { Logits.KullbackLeiblerRows(A, B, 27, First); return First[0]; },
        ["CrossEntropyRows"] = () => { Logits.CrossEntropyRows(A, B, 27, First); return First[0]; },
        ["LogSoftmaxRows"] = () => { Logits.LogSoftmaxRows(A, 27, First); return First[0]; },
        ["SoftmaxRows"] = () => { Logits.SoftmaxRows(A, 27, First); return First[0]; },
        ["KullbackLeiblerGradient"] = () => Logits.KullbackLeiblerGradient(A, B, First, Second),
        ["CrossEntropyGradient"] = () => Logits.CrossEntropyGradient(A, B, First, Second),
        ["KullbackLeiblerGradient of floats"] = () => Logits.KullbackLeiblerGradient(FloatA, FloatB, FloatFirst, FloatSecond),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated(string name)
    {
        Func<double> function = Functions[name];
        Assert.Equal(0, Allocation.Of(() => function()));
    }

    [Fact]
    public void The_cross_entropy_of_a_label_is_minus_its_log_probability() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] log = new double[pair.A.Length];
        Logits.LogSoftmax(pair.A, log, 1.5);
        return log.Select((x, label) => Near(Logits.CrossEntropy(label, pair.A, 1.5), -x, -x)).All(x => x);
    });

    [Fact]
    public void The_cross_entropy_of_labels_averages_to_that_of_soft_labels() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] p = new double[pair.A.Length];
        Logits.Softmax(pair.A, p);
        double mean = p.Select((x, label) => x * Logits.CrossEntropy(label, pair.B)).Sum(), soft = Logits.CrossEntropyFromProbabilities(p, pair.B);
        return Near(soft, mean, 1 + mean) && Near(soft, Logits.CrossEntropy(pair.A, pair.B), 1 + mean);
    });

    [Fact]
    public void Cross_entropy_is_entropy_plus_divergence() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double cross = Logits.CrossEntropy(pair.A, pair.B, 0.5);
        return Near(Logits.Entropy(pair.A, 0.5) + Logits.KullbackLeibler(pair.A, pair.B, 0.5), cross, cross);
    });

    [Fact]
    public void Entropy_is_between_zero_and_that_of_the_uniform_and_agrees_with_the_probabilities() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] p = new double[pair.A.Length];
        Logits.Softmax(pair.A, p);
        double entropy = Logits.Entropy(pair.A);
        return entropy >= 0 && entropy <= Math.Log(p.Length) * (1 + Slack) && Near(entropy, Entropy.Shannon(p), 1 + entropy);
    });

    [Fact]
    public void Jensen_Shannon_is_symmetric_bounded_and_half_the_divergences_from_the_middle() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] p = new double[pair.A.Length], q = new double[pair.A.Length];
        Logits.Softmax(pair.A, p);
        Logits.Softmax(pair.B, q);
        double[] middle = [.. p.Zip(q, (x, y) => (x + y) / 2)];
        double js = Logits.JensenShannon(pair.A, pair.B);
        return js >= 0 && js <= Math.Log(2) * (1 + Slack)
            && Near(js, Logits.JensenShannon(pair.B, pair.A), js)
            && Near(js, (Divergence.KullbackLeibler(p, middle) + Divergence.KullbackLeibler(q, middle)) / 2, 1);
    });

    [Fact]
    public void The_root_of_Jensen_Shannon_obeys_the_triangle_inequality() => Laws.Hold(Triples, x =>
        Math.Sqrt(Logits.JensenShannon(x.A, x.C)) <= (Math.Sqrt(Logits.JensenShannon(x.A, x.B)) + Math.Sqrt(Logits.JensenShannon(x.B, x.C))) * (1 + Slack));

    [Fact]
    public void Renyi_does_not_decrease_with_its_order_and_passes_through_Kullback_Leibler() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] orders = [0, 1e-12, 0.25, 0.5, 0.9, 1 - 1e-13, 1, 1 + 1e-13, 1.5, 3, 100, 1e10, Inf];
        double[] values = [.. orders.Select(order => Logits.Renyi(pair.A, pair.B, order))];
        return values.Zip(values.Skip(1)).All(x => x.First >= 0 && x.First <= x.Second * (1 + Slack))
            && values[6] == Logits.KullbackLeibler(pair.A, pair.B)
            && values[0] == 0;
    });

    [Fact]
    public void Renyi_of_an_order_below_one_is_skew_symmetric() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        // Two values, each right to 13 digits.
        double exchanged = 0.3 / 0.7 * Logits.Renyi(pair.B, pair.A, 0.7), half = Logits.Renyi(pair.B, pair.A, 0.5);
        return Math.Abs(Logits.Renyi(pair.A, pair.B, 0.3) - exchanged) <= 2e-13 * exchanged
            && Math.Abs(Logits.Renyi(pair.A, pair.B, 0.5) - half) <= 2e-13 * half;
    });

    [Fact]
    public void A_constant_added_to_all_logits_changes_nothing() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] a = [.. pair.A.Select(x => x - 512)], b = [.. pair.B.Select(x => x + 1024)];
        return Same((x, y) => Logits.JensenShannon(x, y)) && Same((x, y) => Logits.Renyi(x, y, 0.2)) && Same((x, y) => Logits.Renyi(x, y, 3))
            && Same((x, y) => Logits.Renyi(x, y, Inf)) && Same((x, _) => Logits.Entropy(x)) && Same((x, _) => Logits.CrossEntropy(0, x))
            && Same((x, y) => Gradients(x, y).Values.Max(Math.Abs));

        bool Same(Func<double[], double[], double> function)
        {
            double direct = function(pair.A, pair.B);
            return Near(function(a, b), direct, direct);
        }
    });

    [Fact]
    public void Between_shifts_of_the_same_logits_divergences_and_gradients_are_zero() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] shifted = [.. pair.A.Select(x => x + 4096)];
        return Logits.JensenShannon(pair.A, shifted) == 0 && Logits.Renyi(pair.A, shifted, 0.1) == 0 && Logits.Renyi(pair.A, shifted, 7) == 0
            && Logits.Renyi(pair.A, shifted, Inf) == 0 && Gradients(pair.A, shifted).Values.All(x => x == 0);
    });

    [Fact]
    public void Gradients_are_the_limits_of_differences() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] a = [.. pair.A.Select(x => x / 8)], b = [.. pair.B.Select(x => x / 8)];
        return Agree(Logits.KullbackLeiblerGradient, Logits.KullbackLeibler) && Agree(Logits.CrossEntropyGradient, Logits.CrossEntropy);

        bool Agree(Gradient gradient, Value value)
        {
            double[] byA = new double[a.Length], byB = new double[a.Length];
            double at = gradient(a, b, byA, byB, 1.5, LogBase.Bits);
            return at == value(a, b, 1.5, LogBase.Bits)
                && byA.Select((x, i) => Math.Abs(x - Difference(a, i)) <= 1e-7 * (1 + at)).All(x => x)
                && byB.Select((x, i) => Math.Abs(x - Difference(b, i)) <= 1e-7 * (1 + at)).All(x => x);

            double Difference(double[] logits, int i)
            {
                const double Step = 1.0 / (1 << 14);
                double middle = logits[i];
                logits[i] = middle + Step;
                double above = value(a, b, 1.5, LogBase.Bits);
                logits[i] = middle - Step;
                double below = value(a, b, 1.5, LogBase.Bits);
                logits[i] = middle;
                return (above - below) / (2 * Step);
            }
        }
    });

    [Fact]
    public void Gradients_sum_to_zero() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        (double value, double[] gradients) = Gradients(pair.A, pair.B);
        return Math.Abs(gradients.Take(pair.A.Length).Sum()) <= pair.A.Length * Slack * (1 + value)
            && Math.Abs(gradients.Skip(pair.A.Length).Sum()) <= pair.A.Length * Slack;
    });

    [Fact]
    public void A_gradient_not_wanted_changes_no_other() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] both = Gradients(pair.A, pair.B).Values, byA = new double[pair.A.Length], byB = new double[pair.A.Length];
        double value = Logits.KullbackLeibler(pair.A, pair.B);
        return Logits.KullbackLeiblerGradient(pair.A, pair.B, byA, []) == value
            && Logits.KullbackLeiblerGradient(pair.A, pair.B, [], byB) == value
            && Logits.KullbackLeiblerGradient(pair.A, pair.B, [], []) == value
            && both.SequenceEqual([.. byA, .. byB]);
    });

    [Fact]
    public void Gradients_may_replace_the_logits()
    {
        double[] apart = Gradients([1, 2, 4], [3, 2, 1]).Values, a = [1, 2, 4], b = [3, 2, 1];
        Logits.KullbackLeiblerGradient(a, b, a, b);
        Assert.Equal(apart, a.Concat(b));
    }

    [Fact]
    public void Minus_infinity_has_no_gradient()
    {
        double[] values = Gradients([double.NegativeInfinity, 1, 2], [double.NegativeInfinity, 2, 1]).Values;
        Assert.Equal((0, 0), (values[0], values[3]));
        Assert.All(values, x => Assert.True(double.IsFinite(x)));
        values = Gradients([double.NegativeInfinity, 1, 2], [0, 2, 1]).Values;
        Assert.Equal(0, values[0]);
        Assert.True(values[3] > 0);
    }

    [Fact]
    public void Where_the_value_is_not_finite_there_is_no_gradient()
    {
        (double value, double[] gradients) = Gradients([0, 1], [0, double.NegativeInfinity]);
        Assert.Equal(Inf, value);
        Assert.All(gradients, x => Assert.Equal(NaN, x));
        (value, gradients) = Gradients([0, NaN], [0, double.NegativeInfinity]);
        Assert.Equal(NaN, value);
        Assert.All(gradients, x => Assert.Equal(NaN, x));
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(27), InlineData(999)]
    public void Rows_have_the_bits_of_the_single_call(int columns)
    {
        int rows = 999 / columns;
        double[] kl = new double[rows], cross = new double[rows], log = new double[999], p = new double[999];
        Logits.KullbackLeiblerRows(A, B, columns, kl, 1.25, LogBase.Bits);
        Logits.CrossEntropyRows(A, B, columns, cross, 1.25, LogBase.Bits);
        Logits.LogSoftmaxRows(A, columns, log, 1.25);
        Logits.SoftmaxRows(A, columns, p, 1.25);
        double[] one = new double[columns];
        for (int row = 0; row < rows; row++)
        {
            double[] a = A[(row * columns)..((row + 1) * columns)], b = B[(row * columns)..((row + 1) * columns)];
            Assert.Equal(Logits.KullbackLeibler(a, b, 1.25, LogBase.Bits), kl[row]);
            Assert.Equal(Logits.CrossEntropy(a, b, 1.25, LogBase.Bits), cross[row]);
            Logits.LogSoftmax(a, one, 1.25);
            Assert.Equal(one, log[(row * columns)..((row + 1) * columns)]);
            Logits.Softmax(a, one, 1.25);
            Assert.Equal(one, p[(row * columns)..((row + 1) * columns)]);
        }
    }

    [Fact]
    public void A_float_counts_as_the_double_it_equals()
    {
        double[] wide = new double[999], wideOther = new double[999];
        float[] narrow = new float[999], narrowOther = new float[999];
        Assert.Equal(Logits.CrossEntropy(5, WideA), Logits.CrossEntropy(5, FloatA));
        Assert.Equal(Logits.Entropy(WideA), Logits.Entropy(FloatA));
        Assert.Equal(Logits.JensenShannon(WideA, WideB), Logits.JensenShannon(FloatA, FloatB));
        Assert.Equal(Logits.Renyi(WideA, WideB, 2), Logits.Renyi(FloatA, FloatB, 2));
        Assert.Equal(
            Logits.CrossEntropyFromProbabilities([0.5, 0.25, 0.25], WideA.AsSpan(0, 3)),
            Logits.CrossEntropyFromProbabilities([0.5f, 0.25f, 0.25f], FloatA.AsSpan(0, 3)));
        Assert.Equal(Logits.KullbackLeiblerGradient(WideA, WideB, wide, wideOther), Logits.KullbackLeiblerGradient(FloatA, FloatB, narrow, narrowOther));
        Assert.Equal(wide.Concat(wideOther).Select(x => (float)x), narrow.Concat(narrowOther));
        Assert.Equal(Logits.CrossEntropyGradient(WideA, WideB, wide, wideOther), Logits.CrossEntropyGradient(FloatA, FloatB, narrow, narrowOther));
        Assert.Equal(wide.Concat(wideOther).Select(x => (float)x), narrow.Concat(narrowOther));
        Logits.KullbackLeiblerRows(WideA, WideB, 27, wide);
        Logits.KullbackLeiblerRows(FloatA, FloatB, 27, wideOther);
        Assert.Equal(wide[..37], wideOther[..37]);
        Logits.SoftmaxRows(WideA, 27, wide);
        Logits.SoftmaxRows(FloatA, 27, narrow);
        Assert.Equal(wide.Select(x => (float)x), narrow);
        Logits.LogSoftmaxRows(WideA, 27, wide);
        Logits.LogSoftmaxRows(FloatA, 27, narrow);
        Assert.Equal(wide.Select(x => (float)x), narrow);
        Logits.CrossEntropyRows(WideA, WideB, 27, wide);
        Logits.CrossEntropyRows(FloatA, FloatB, 27, wideOther);
        Assert.Equal(wide[..37], wideOther[..37]);
    }

    [Fact]
    public void Rounding_to_float_moves_a_value_by_a_millionth_of_the_largest_logit_at_most()
    {
        Assert.Equal(Logits.JensenShannon(A, B), Logits.JensenShannon(FloatA, FloatB), 1e-5);
        Assert.Equal(Logits.Entropy(A), Logits.Entropy(FloatA), 1e-5);
        Assert.Equal(Logits.Renyi(A, B, 2), Logits.Renyi(FloatA, FloatB, 2), 1e-5);
    }

    [Fact]
    public void Outcomes_that_one_side_excludes()
    {
        Assert.Equal(Math.Log(2), Logits.JensenShannon([0, double.NegativeInfinity], [double.NegativeInfinity, 0]));
        Assert.Equal(1, Logits.JensenShannon([0, double.NegativeInfinity], [double.NegativeInfinity, 0], 1, LogBase.Bits));
        Assert.Equal(Inf, Logits.Renyi([0, double.NegativeInfinity], [double.NegativeInfinity, 0], 0));
        Assert.Equal(Inf, Logits.Renyi([0, double.NegativeInfinity], [double.NegativeInfinity, 0], 0.5));
        Assert.Equal(1, Logits.Renyi([0, double.NegativeInfinity], [0, 0], 0, 1, LogBase.Bits));
        Assert.Equal(1, Logits.Renyi([0, double.NegativeInfinity], [0, 0], Inf, 1, LogBase.Bits));
        Assert.Equal(Inf, Logits.Renyi([0, 0], [0, double.NegativeInfinity], 1));
        Assert.Equal(Inf, Logits.Renyi([0, 0], [0, double.NegativeInfinity], Inf));
        Assert.True(double.IsFinite(Logits.Renyi([0, 0], [0, double.NegativeInfinity], 0.99)));
        Assert.Equal(Inf, Logits.CrossEntropy(1, [0, double.NegativeInfinity]));
        Assert.Equal(Inf, Logits.CrossEntropyFromProbabilities([0.5, 0.5], [0, double.NegativeInfinity]));
        Assert.Equal(0, Logits.CrossEntropyFromProbabilities([1.0, 0], [0, double.NegativeInfinity]));
        Assert.Equal(0, Logits.Entropy([0, double.NegativeInfinity]));
    }

    [Fact]
    public void NaN_wins_over_infinity_and_bad_input_over_NaN()
    {
        Assert.Equal(NaN, Logits.CrossEntropy(0, [double.NegativeInfinity, NaN]));
        Assert.Equal(NaN, Logits.CrossEntropyFromProbabilities([NaN, 0.5], [0, double.NegativeInfinity]));
        Assert.Equal(NaN, Logits.CrossEntropyFromProbabilities([0.5, 0.5], [NaN, double.NegativeInfinity]));
        Assert.Equal(NaN, Logits.CrossEntropyFromProbabilities([1.0, 0], [0, NaN]));
        Assert.Equal(NaN, Logits.Entropy([NaN, 1]));
        Assert.Equal(NaN, Logits.JensenShannon([NaN, 1], [0, 0]));
        Assert.Equal(NaN, Logits.Renyi([NaN, 1], [double.NegativeInfinity, 0], 2));
        Assert.Throws<ArgumentException>(() => Logits.Entropy([NaN, Inf]));
        Assert.Throws<ArgumentException>(() => Logits.CrossEntropyFromProbabilities([NaN, -1], [0, 0]));
        Assert.Throws<ArgumentException>(() => Logits.CrossEntropyFromProbabilities([NaN, 1], [0, Inf]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Logits.Renyi([NaN, 1], [0, 0], -1));
    }

    [Fact]
    public void A_refusal_names_the_argument_the_index_and_the_value()
    {
        Refuses("label", "label = 2; it must be an index of the 2 logits, from 0 to 1.", () => Logits.CrossEntropy(2, Two));
        Refuses("label", "label = -1", () => Logits.CrossEntropy(-1, Two));
        Refuses("logits", "logits is empty", () => Logits.CrossEntropy(0, Array.Empty<double>()));
        Refuses("temperature", "temperature = NaN", () => Logits.Entropy(Two, NaN));
        Refuses("order", "order = -0.5; it must be at least 0, or +infinity.", () => Logits.Renyi(Two, Two, -0.5));
        Refuses("order", "order = NaN", () => Logits.Renyi(Two, Two, NaN));
        Refuses("p", "p sums to 3, not to 1", () => Logits.CrossEntropyFromProbabilities(Two, Two));
        Refuses("p", "p[0] = -1 is negative", () => Logits.CrossEntropyFromProbabilities([-1, 2], Two));
        Refuses("qLogits", "p has 1 elements and qLogits has 2", () => Logits.CrossEntropyFromProbabilities([1.0], Two));
        Refuses("logits", "logits[1] = Infinity", () => Logits.Entropy([0, Inf]));
    }

    [Fact]
    public void A_refusal_of_a_batch_names_the_row_too()
    {
        double[] good = [1, 2, 3, 4, 5, 6], destination = new double[3];
        Refuses("qLogits", "In row 1, qLogits[1] = Infinity; a logit must be finite or -infinity.",
            () => Logits.KullbackLeiblerRows(good, [1, 2, 3, Inf, 5, 6], 2, destination));
        Refuses("pLogits", "In row 2, pLogits[0] = -Infinity and so are all 2 logits",
            () => Logits.CrossEntropyRows([1, 2, 3, 4, double.NegativeInfinity, double.NegativeInfinity], good, 2, destination));
        Refuses("logits", "In row 2, logits[1] = Infinity", () => Logits.SoftmaxRows([1, 2, 3, 4, 5, Inf], 2, new double[6]));
        Refuses("columns", "columns = 0; it must be positive.", () => Logits.LogSoftmaxRows(good, 0, new double[6]));
        Refuses("pLogits", "pLogits has 6 elements, which is not a whole number of rows of 4.", () => Logits.KullbackLeiblerRows(good, good, 4, destination));
        Refuses("qLogits", "pLogits has 6 elements and qLogits has 2", () => Logits.KullbackLeiblerRows(good, Two, 2, destination));
        Refuses("destination", "destination has 2 elements; it needs 3.", () => Logits.KullbackLeiblerRows(good, good, 2, new double[2]));
        Refuses("destination", "destination overlaps the data", () => Logits.KullbackLeiblerRows(good, [.. good], 2, good));
        Refuses("destination", "overlaps", () => Logits.SoftmaxRows(good.AsSpan(0, 4), 2, good.AsSpan(1, 4)));
    }

    [Fact]
    public void Logits_whose_differences_overflow_have_divergences_and_gradients_like_others()
    {
        double[] byP = new double[3], byQ = new double[3];
        Assert.Equal(Inf, Logits.KullbackLeibler([1e308, -1e308], [-1e308, 1e308]));
        Assert.Equal(Math.Log(2), Logits.JensenShannon([1e308, -1e308], [-1e308, 1e308]), 1e-15);
        Assert.Equal(Inf, Distillation.SoftTargets([1e308, -1e308], [-1e308, 1e308], 1));
        Assert.Equal(1e308, Logits.KullbackLeiblerGradient([0, 0, 0], [1e308, -1e308, 0], byP, byQ), 1e295);
        Assert.Equal([2.0 / 3, -1.0 / 3, -1.0 / 3], byQ, (x, y) => Math.Abs(x - y) <= 1e-15);
        Logits.KullbackLeiblerGradient([1e308, -1e308, 0], [-1e308, 1e308, 0], byP, byQ);
        Assert.All([.. byP, .. byQ], x => Assert.True(double.IsNaN(x)));
    }

    [Fact]
    public void A_refusal_of_a_gradient_names_it()
    {
        double[] buffer = new double[4];
        Refuses("pGradient", "pGradient has 1 elements; it needs 2, or none if it is not wanted.", () => Logits.KullbackLeiblerGradient(Two, Two, new double[1], []));
        Refuses("qGradient", "qGradient has 1 elements", () => Logits.CrossEntropyGradient(Two, Two, [], new double[1]));
        Refuses("qGradient", "qGradient overlaps pGradient", () => Logits.KullbackLeiblerGradient(Two, Two, buffer, buffer));
        Refuses("qGradient", "qGradient overlaps a source", () => Logits.KullbackLeiblerGradient(buffer.AsSpan(0, 2), Two, [], buffer.AsSpan(1, 2)));
    }

    private delegate double Value(ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, double temperature, LogBase logBase);

    private delegate double Gradient(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, Span<double> pGradient, Span<double> qGradient, double temperature, LogBase logBase);

    private static Gen<(double[] A, double[] B, double[] C)> Triples =>
        Laws.LogitPairs.SelectMany(pair => Gen.ArrayOf(Laws.Logit, pair.A.Length).Select(c => (pair.A, pair.B, c)));

    private static (double Value, double[] Values) Gradients(double[] a, double[] b)
    {
        double[] byA = new double[a.Length], byB = new double[a.Length];
        double value = Logits.KullbackLeiblerGradient(a, b, byA, byB);
        return (value, [.. byA, .. byB]);
    }

    private static bool Near(double x, double y, double scale) => Math.Abs(x - y) <= Slack * scale;
}
