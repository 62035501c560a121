using static RelativeEntropy.Tensors.Tests.Tensors;
using Function = System.Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>
/// Zero, subnormal, tiny, huge, near-equal and infinite arguments in all combinations: what the library on spans says of them,
/// and gradients.
/// </summary>
public sealed class SweepTests
{
    private const double Out = double.NegativeInfinity;

    private static readonly double[] Masses =
        [0, 5e-324, 1e-320, 2.3e-308, 1e-200, 1e-162, 1e-100, 1e-17, 1e-9, 0.25, 0.25000000000000006, 0.2500000025, 0.5, 0.75, 1 - 1e-9, 1];

    private static readonly double[] Numbers16 =
        [Out, -1e308, -1e300, -1e5, -800, -745.2, -104, -20, -1, 0, 1e-320, 1e-10, 1, 1.0000000001, 20, 800, 1e300, 1e308];

    private static readonly double[][] Beliefs =
        [.. from x in Masses select (double[])[x, 1 - x], .. from x in Masses where x <= 0.5 select (double[])[x, 0.5 - x, 0, 0.5]];

    private static readonly double[][] Rows =
    [
        .. from x in Numbers16 select (double[])[x, 0, Out],
        .. from x in Numbers16 where x != Out select (double[])[x, x / 2, -x / 4],
        [Out, 1, 2],
    ];

    public static TheoryData<string> OfProbabilities => DivergenceTests.AllNames;

    public static TheoryData<string> OfLogits => LogitsTests.Names;

    /// <summary>Functions that have +infinity as a value, of probabilities or of logits along the last dimension.</summary>
    private static readonly Dictionary<string, Function> Infinite = new()
    {
        ["KL"] = (p, q) => TorchDivergence.KullbackLeibler(p, q, -1),
        ["Jeffreys"] = (p, q) => TorchDivergence.Jeffreys(p, q, -1),
        ["Bhattacharyya"] = (p, q) => TorchDivergence.Bhattacharyya(p, q, -1),
        ["Pearson"] = (p, q) => TorchDivergence.PearsonChiSquared(p, q, -1),
        ["Renyi 0"] = (p, q) => TorchDivergence.Renyi(p, q, 0, -1),
        ["Renyi 0.5"] = (p, q) => TorchDivergence.Renyi(p, q, 0.5, -1),
        ["Renyi 1"] = (p, q) => TorchDivergence.Renyi(p, q, 1, -1),
        ["Renyi 2"] = (p, q) => TorchDivergence.Renyi(p, q, 2, -1),
        ["Renyi infinity"] = (p, q) => TorchDivergence.Renyi(p, q, double.PositiveInfinity, -1),
        ["Tsallis 2"] = (p, q) => TorchDivergence.Tsallis(p, q, 2, -1),
        ["cross-entropy"] = (p, q) => TorchDivergence.CrossEntropy(p, q, -1),
        ["f-divergence"] = (p, q) => TorchFDivergence.Of(TensorGenerator.KullbackLeibler, p, q, -1),
        ["K3"] = (p, q) => TorchEstimate.K3(LogOf(p), LogOf(q)),
        ["KL of logits"] = (p, q) => TorchLogits.KullbackLeibler(LogOf(p), LogOf(q), -1),
        ["cross-entropy of logits"] = (p, q) => TorchLogits.CrossEntropy(LogOf(p), LogOf(q), -1),
        ["Renyi 0.5 of logits"] = (p, q) => TorchLogits.Renyi(LogOf(p), LogOf(q), 0.5, -1),
        ["Renyi 2 of logits"] = (p, q) => TorchLogits.Renyi(LogOf(p), LogOf(q), 2, -1),
        ["soft targets"] = (p, q) => TorchDistillation.SoftTargets(LogOf(p), LogOf(q), 2, Reduction.None),
        ["reverse soft targets"] = (p, q) => TorchDistillation.ReverseSoftTargets(LogOf(p), LogOf(q), 2, Reduction.None),
    };

    public static TheoryData<string> InfiniteNames => [.. Infinite.Keys];

    [Theory]
    [MemberData(nameof(OfProbabilities))]
    public void Of_probabilities_it_is_the_library(string name)
    {
        (DivergenceTests.OnTensors onTensors, DivergenceTests.OnSpans onSpans) = DivergenceTests.Of(name);
        Agree(Beliefs, (p, q) => onTensors(p, q, -1), (p, q) => onSpans(p, q));
    }

    [Theory]
    [MemberData(nameof(OfLogits))]
    public void Of_logits_it_is_the_library(string name)
    {
        (LogitsTests.OnTensors onTensors, LogitsTests.OnSpans onSpans) = LogitsTests.Functions[name];

        // Renyi's is a log-sum-exp: as right as logits of order one are rounded, over |order - 1|.
        Agree(Rows, (a, b) => onTensors(a, b, -1), (a, b) => onSpans(a, b), name.StartsWith("Renyi", StringComparison.Ordinal) ? 1e-14 : 0);
    }

    [Theory]
    [MemberData(nameof(FDivergenceTests.Names), MemberType = typeof(FDivergenceTests))]
    public void Of_a_generator_it_is_the_library(string name)
    {
        TensorGenerator f = TensorGenerator.Catalogue.Single(g => g.ToString() == name);
        Agree(Beliefs, (p, q) => TorchFDivergence.Of(f, p, q, -1), (p, q) => FDivergence.Of(f.Scalar, p, q));
    }

    private delegate Tensor LossOnTensors(Tensor teacher, Tensor student, double temperature);

    private delegate double LossOnSpans(double[] teacher, double[] student, double temperature);

    private static readonly Dictionary<string, (LossOnTensors Tensors, LossOnSpans Spans)> Losses = new()
    {
        ["soft targets"] = (
            (a, b, t) => TorchDistillation.SoftTargets(a, b, t, Reduction.None), (a, b, t) => Distillation.SoftTargets(a, b, t)),
        ["reverse"] = (
            (a, b, t) => TorchDistillation.ReverseSoftTargets(a, b, t, Reduction.None), (a, b, t) => Distillation.ReverseSoftTargets(a, b, t)),
        ["Jensen-Shannon"] = (
            (a, b, t) => TorchDistillation.GeneralisedJensenShannon(a, b, 0.3, t, Reduction.None),
            (a, b, t) => Distillation.GeneralisedJensenShannon(a, b, 0.3, t)),
    };

    public static TheoryData<string, double> OfLosses =>
        [.. from name in Losses.Keys from t in (double[])[0.5, 1, 2] select new TheoryDataRow<string, double>(name, t)];

    [Theory]
    [MemberData(nameof(OfLosses))]
    public void Of_a_loss_it_is_the_library(string name, double temperature)
    {
        // Short of the end of the range, where the factor T^2 itself overflows.
        double[][] rows = [.. Rows.Where(row => row.All(x => double.IsInfinity(x) || Math.Abs(x) <= 1e300))];
        Agree(rows, (a, b) => Losses[name].Tensors(a, b, temperature), (a, b) => Losses[name].Spans(a, b, temperature));
    }

    [Theory]
    [InlineData(double.NaN, 0.0, 1.0)]
    [InlineData(double.PositiveInfinity, 0.0, 1.0)]
    [InlineData(Out, Out, Out)]
    public void A_row_without_a_distribution_is_NaN_whatever_stands_beside_it(double x, double y, double z)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor row = Of(x, y, z);
        foreach ((Tensor a, Tensor b) in ((Tensor, Tensor)[])[(row, Of(0, Out, 0)), (Of(0, 1, 2), row), (Of(0, Out, 2), row)])
        {
            foreach (bool graph in (bool[])[false, true])
            {
                Tensor second = b.clone().requires_grad_(graph);
                Assert.Equal(double.NaN, Number(TorchLogits.KullbackLeibler(a, second, 0)));
                Assert.Equal(double.NaN, Number(TorchLogits.CrossEntropy(a, second, 0)));
                Assert.Equal(double.NaN, Number(TorchLogits.JensenShannon(a, second, 0.5, 0)));
                Assert.Equal(double.NaN, Number(TorchLogits.Renyi(a, second, 0.5, 0)));
                Assert.Equal(double.NaN, Number(TorchLogits.Renyi(a, second, 2, 0)));
                Assert.Equal(double.NaN, Number(TorchDistillation.SoftTargets(a, second, 2, Reduction.Sum)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(OfProbabilities))]
    public void NaN_in_a_probability_arrives(string name)
    {
        DivergenceTests.OnTensors function = DivergenceTests.Of(name).Tensors;
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (double other in (double[])[0, 0.5])
        {
            Assert.Equal(double.NaN, Number(function(Of(double.NaN, 1), Of(other, 0.5), 0)));
            Assert.Equal(double.NaN, Number(function(Of(other, 0.5), Of(double.NaN, 1), 0)));
        }
    }

    [Theory]
    [MemberData(nameof(FDivergenceTests.Names), MemberType = typeof(FDivergenceTests))]
    public void NaN_in_a_probability_arrives_under_a_generator(string name)
    {
        TensorGenerator f = TensorGenerator.Catalogue.Single(g => g.ToString() == name);
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.Equal(double.NaN, Number(TorchFDivergence.Of(f, Of(double.NaN, 1), Of(0, 1), 0)));
        Assert.Equal(double.NaN, Number(TorchFDivergence.Of(f, Of(0, 1), Of(double.NaN, 1), 0)));
    }

    [Theory]
    [InlineData(1e20)]
    [InlineData(double.MaxValue)]
    public void Renyi_of_a_huge_order_is_that_of_order_infinity(double order)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor a = Of(0, 1, 2), b = Of(2, 1, 0);
        double limit = Numbers(a.log_softmax(0) - b.log_softmax(0)).Max();
        Close(limit, Number(TorchLogits.Renyi(a, b, order, 0)));
        Close(limit, Number(TorchLogits.Renyi(a.to(torch.ScalarType.Float32), b.to(torch.ScalarType.Float32), order, 0)), 1e-6);
    }

    [Fact]
    public void A_subnormal_parameter_sends_no_NaN_back()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor alpha = Of(1e-310).requires_grad_(true);
        Distribution p = torch.distributions.Pareto(Of(1), alpha), q = torch.distributions.Pareto(Of(1), Of(1e-310));
        TorchDistributions.kl_divergence(p, q).backward();
        Assert.False(double.IsNaN(Number(alpha.grad!)));
    }

    [Theory]
    [InlineData(-800.0)]
    [InlineData(-1e308)]
    [InlineData(-104.0)]
    public void A_class_whose_probability_underflows_is_not_excluded(double logit)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (torch.ScalarType type in (torch.ScalarType[])[torch.ScalarType.Float64, torch.ScalarType.Float32])
        {
            Tensor a = Of(0, Math.Max(logit, type == torch.ScalarType.Float32 ? -3e38 : logit)).to(type), b = Of(0, Out).to(type);
            Assert.Equal(double.PositiveInfinity, Number(TorchLogits.KullbackLeibler(a, b, 0)));
            Assert.Equal(double.PositiveInfinity, Number(TorchLogits.KullbackLeibler(a.clone().requires_grad_(true), b, 0)));
            Assert.Equal(double.PositiveInfinity, Number(TorchLogits.CrossEntropy(a, b, 0)));
            Assert.Equal(double.PositiveInfinity, Number(TorchLogits.Renyi(a, b, 2, 0)));
            Assert.Equal(double.PositiveInfinity, Number(TorchDistillation.SoftTargets(a, b, 1, Reduction.Sum)));
            Assert.Equal(0, Number(TorchLogits.KullbackLeibler(b, a, 0)), 1e-30);
        }
    }

    [Theory]
    [MemberData(nameof(InfiniteNames))]
    public void Where_a_value_is_infinite_its_gradient_is_zero_and_no_other_is_touched(string name)
    {
        // Disjoint, so that the answer is infinite for every function here; beside a row that is ordinary.
        double[][] p = [[0.5, 0.5, 0, 0], [0.1, 0.2, 0.3, 0.4]], q = [[0, 0, 0.5, 0.5], [0.4, 0.3, 0.2, 0.1]];
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor first = Stack(p).requires_grad_(true), second = Stack(q).requires_grad_(true);
        Tensor value = Infinite[name](first, second);
        value.sum().backward();
        Assert.Contains(double.PositiveInfinity, Numbers(value));
        Tensor alone = Of(p[1]).requires_grad_(true), aloneSecond = Of(q[1]).requires_grad_(true);
        Infinite[name](alone, aloneSecond).sum().backward();
        foreach ((Tensor? gradient, Tensor? ordinary) in ((Tensor?, Tensor?)[])[(first.grad, alone.grad), (second.grad, aloneSecond.grad)])
        {
            if (gradient is null || ordinary is null)
                continue;

            // Of logits the whole row has gradient zero.
            bool ofLogits = name.Contains("logits", StringComparison.Ordinal) || name.Contains("targets", StringComparison.Ordinal);
            Assert.All(Numbers(gradient[0]), x => Assert.True(ofLogits ? x == 0 : double.IsFinite(x), $"{name}: {x}"));
            Assert.All(Numbers(gradient[1]).Zip(Numbers(ordinary)), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        }
    }

    private static void Agree(double[][] rows, Function onTensors, Func<double[], double[], double> onSpans, double absolute = 0)
    {
        (double[] P, double[] Q)[] pairs = [.. from p in rows from q in rows where p.Length == q.Length select (p, q)];
        var wrong = new List<string>();
        foreach (var group in pairs.GroupBy(pair => pair.P.Length))
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor p = Stack([.. group.Select(pair => pair.P)]).requires_grad_(true),
                q = Stack([.. group.Select(pair => pair.Q)]).requires_grad_(true);
            Tensor graphed = onTensors(p, q);
            double[] value = Numbers(onTensors(p.detach(), q.detach())), withGraph = Numbers(graphed);
            graphed.sum().backward();
            double[] none = new double[p.numel()], byP = p.grad is { } x ? Numbers(x) : none, byQ = q.grad is { } y ? Numbers(y) : none;
            foreach ((int i, (double[] P, double[] Q) pair) in group.Index())
            {
                double truth = onSpans(pair.P, pair.Q);
                string where = FormattableString.Invariant($"[{string.Join(", ", pair.P)}] and [{string.Join(", ", pair.Q)}]");
                if (!Same(truth, value[i]) || !Same(truth, withGraph[i]))
                    wrong.Add(FormattableString.Invariant(
                        $"{where}: {value[i]:R}, with a graph {withGraph[i]:R}, where the library has {truth:R}"));
                int n = pair.P.Length;
                if (byP[(i * n)..((i + 1) * n)].Concat(byQ[(i * n)..((i + 1) * n)]).Any(double.IsNaN))
                    wrong.Add($"{where}: a gradient is NaN");
            }
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {pairs.Length}: {string.Join('\n', wrong.Take(12))}");

        // Roundings of numbers of order one, which probabilities are sums of, and a subnormal's own.
        bool Same(double truth, double value) =>
            truth == value || (double.IsNaN(truth) && double.IsNaN(value))
            || Math.Abs(truth - value) <= 1e-12 * Math.Abs(truth) + Math.Max(absolute, 1e-323);
    }

    private static Tensor LogOf(Tensor p) => torch.where(p > 0, torch.where(p > 0, p, torch.ones_like(p)).log(), torch.full_like(p, Out));
}
