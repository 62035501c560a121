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
        Agree(Rows, (a, b) => onTensors(a, b, -1), (a, b) => onSpans(a, b));
    }

    [Theory]
    [MemberData(nameof(FDivergenceTests.Names), MemberType = typeof(FDivergenceTests))]
    public void Of_a_generator_it_is_the_library(string name)
    {
        TensorGenerator f = TensorGenerator.Catalogue.Single(g => g.ToString() == name);
        Agree(Beliefs, (p, q) => TorchFDivergence.Of(f, p, q, -1), (p, q) => FDivergence.Of(f.Scalar, p, q));
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
            Assert.All(Numbers(gradient), x => Assert.False(double.IsNaN(x), $"{name}: {string.Join(' ', Numbers(gradient))}"));
            Assert.All(Numbers(gradient[1]).Zip(Numbers(ordinary)), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        }
    }

    private static void Agree(double[][] rows, Function onTensors, Func<double[], double[], double> onSpans)
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
        static bool Same(double truth, double value) =>
            truth == value || (double.IsNaN(truth) && double.IsNaN(value)) || Math.Abs(truth - value) <= 1e-12 * Math.Abs(truth) + 1e-323;
    }

    private static Tensor LogOf(Tensor p) => torch.where(p > 0, torch.where(p > 0, p, torch.ones_like(p)).log(), torch.full_like(p, Out));
}
