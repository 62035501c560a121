using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Divergences of probabilities on tensors are those of the library on spans, row by row.</summary>
public sealed class DivergenceTests
{
    internal delegate Tensor OnTensors(Tensor p, Tensor q, long dim);

    internal delegate double OnSpans(ReadOnlySpan<double> p, ReadOnlySpan<double> q);

    private static readonly Dictionary<string, (OnTensors Tensors, OnSpans Spans)> Functions = new()
    {
        ["KL"] = (TorchDivergence.KullbackLeibler, (p, q) => Divergence.KullbackLeibler(p, q)),
        ["Jeffreys"] = (TorchDivergence.Jeffreys, (p, q) => Divergence.Jeffreys(p, q)),
        ["Jensen-Shannon"] = ((p, q, dim) => TorchDivergence.JensenShannon(p, q, 0.5, dim), (p, q) => Divergence.JensenShannon(p, q)),
        ["Jensen-Shannon, weight 0.2"] = ((p, q, dim) => TorchDivergence.JensenShannon(p, q, 0.2, dim), (p, q) => Divergence.JensenShannon(p, q, 0.2)),
        ["total variation"] = (TorchDivergence.TotalVariation, Divergence.TotalVariation),
        ["squared Hellinger"] = (TorchDivergence.SquaredHellinger, Divergence.SquaredHellinger),
        ["Bhattacharyya"] = (TorchDivergence.Bhattacharyya, (p, q) => Divergence.Bhattacharyya(p, q)),
        ["Pearson"] = (TorchDivergence.PearsonChiSquared, Divergence.PearsonChiSquared),
        ["Neyman"] = ((p, q, dim) => TorchDivergence.PearsonChiSquared(q, p, dim), Divergence.NeymanChiSquared),
        ["triangular"] = (TorchDivergence.Triangular, Divergence.Triangular),
        ["Renyi 0.5"] = ((p, q, dim) => TorchDivergence.Renyi(p, q, 0.5, dim), (p, q) => Divergence.Renyi(p, q, 0.5)),
        ["Renyi 1"] = ((p, q, dim) => TorchDivergence.Renyi(p, q, 1, dim), (p, q) => Divergence.Renyi(p, q, 1)),
        ["Renyi 2.5"] = ((p, q, dim) => TorchDivergence.Renyi(p, q, 2.5, dim), (p, q) => Divergence.Renyi(p, q, 2.5)),
        ["Tsallis 0.5"] = ((p, q, dim) => TorchDivergence.Tsallis(p, q, 0.5, dim), (p, q) => Divergence.Tsallis(p, q, 0.5)),
        ["Tsallis 3"] = ((p, q, dim) => TorchDivergence.Tsallis(p, q, 3, dim), (p, q) => Divergence.Tsallis(p, q, 3)),
    };

    private static readonly Dictionary<string, (OnTensors Tensors, OnSpans Spans)> NotFromDifferences = new()
    {
        ["cross-entropy"] = (TorchDivergence.CrossEntropy, (p, q) => Entropy.Cross(p, q)),
        ["Renyi 0"] = ((p, q, dim) => TorchDivergence.Renyi(p, q, 0, dim), (p, q) => Divergence.Renyi(p, q, 0)),
        ["Renyi infinity"] = ((p, q, dim) => TorchDivergence.Renyi(p, q, double.PositiveInfinity, dim), (p, q) => Divergence.Renyi(p, q, double.PositiveInfinity)),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    public static TheoryData<string> AllNames => [.. Functions.Keys.Concat(NotFromDifferences.Keys)];

    /// <summary>Renyi's divergence of order 0 does not depend on where within the support p lies.</summary>
    public static TheoryData<string> DifferentiableNames => [.. Functions.Keys.Concat(NotFromDifferences.Keys).Where(name => name != "Renyi 0")];

    internal static (OnTensors Tensors, OnSpans Spans) Of(string name) =>
        Functions.TryGetValue(name, out var found) ? found : NotFromDifferences[name];

    [Theory]
    [MemberData(nameof(AllNames))]
    public void It_is_the_library_row_by_row(string name)
    {
        (OnTensors onTensors, OnSpans onSpans) = Of(name);
        double[][] p = Distributions(7, 11, 1), q = Distributions(7, 11, 2);
        foreach (torch.Device device in Devices)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor value = onTensors(Stack(p).to(device), Stack(q).to(device), -1);
            Assert.Equal([7L], value.shape);
            Compare(p, q, onSpans, Numbers(value), 1e-12);
            Compare(p, q, onSpans, Numbers(onTensors(Stack(p).t().to(device), Stack(q).t().to(device), 0)), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void In_float32_it_is_right_to_six_digits(string name)
    {
        (OnTensors onTensors, OnSpans onSpans) = Of(name);
        double[][] p = Distributions(7, 11, 1), q = Distributions(7, 11, 2);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = onTensors(Stack(p).to(torch.ScalarType.Float32), Stack(q).to(torch.ScalarType.Float32), -1);
        Assert.Equal(torch.ScalarType.Float32, value.dtype);
        Compare(p, q, onSpans, Numbers(value), 2e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Near_equal_distributions_keep_their_digits(string name)
    {
        (OnTensors onTensors, OnSpans onSpans) = Of(name);
        double[][] p = Distributions(3, 8, 3);
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (double h in (double[])[1e-4, 1e-8])
        {
            double[][] q = [.. p.Select(row => row.Select((x, i) => x * (1 + (i % 2 == 0 ? h : -h) * (1 + i))).ToArray())];
            q = [.. q.Select(row => row.Select(x => x / row.Sum()).ToArray())];
            Compare(p, q, onSpans, Numbers(onTensors(Stack(p), Stack(q), -1)), 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Zeros_count_as_in_the_library(string name)
    {
        (OnTensors onTensors, OnSpans onSpans) = Of(name);
        double[][] p = [[0, 0.25, 0.75, 0], [0.5, 0.25, 0.25, 0], [0.5, 0.5, 0, 0], [1, 0, 0, 0], [0.2, 0.2, 0.3, 0.3]];
        double[][] q = [[0.5, 0.25, 0.25, 0], [0, 0.25, 0.75, 0], [0, 0, 0.5, 0.5], [1, 0, 0, 0], [0.2, 0.2, 0.3, 0.3]];
        using DisposeScope scope = torch.NewDisposeScope();
        double[] value = Numbers(onTensors(Stack(p), Stack(q), -1));
        for (int i = 0; i < p.Length; i++)
        {
            double truth = onSpans(p[i], q[i]);
            Assert.True(truth == value[i] || Math.Abs(truth - value[i]) <= 1e-12 * Math.Abs(truth) + 1e-15, $"row {i}: {value[i]:R} where {truth:R} is expected");
        }
    }

    [Theory]
    [MemberData(nameof(DifferentiableNames))]
    public void Gradients_are_those_of_differences(string name)
    {
        OnTensors onTensors = Of(name).Tensors;
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor p = Stack(Distributions(2, 5, 4)), q = Stack(Distributions(2, 5, 5));
        GradientIsThatOfDifferences(x => onTensors(x, q, -1), p);
        GradientIsThatOfDifferences(x => onTensors(p, x, -1), q);
    }

    [Fact]
    public void The_gradient_of_KL_is_the_library_s()
    {
        double[] p = Distributions(1, 9, 6)[0], q = Distributions(1, 9, 7)[0], byP = new double[9], byQ = new double[9];
        Divergence.KullbackLeiblerGradient(p, q, byP, byQ);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = Tensors.Of(p).requires_grad_(true), y = Tensors.Of(q).requires_grad_(true);
        TorchDivergence.KullbackLeibler(x, y, 0).backward();
        Assert.All(Enumerable.Range(0, 9), i => Close(byP[i], Numbers(x.grad!)[i]));
        Assert.All(Enumerable.Range(0, 9), i => Close(byQ[i], Numbers(y.grad!)[i]));
    }

    [Fact]
    public void Shapes_broadcast_around_the_dimension_of_the_outcomes()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor p = Stack(Distributions(6, 4, 8)).reshape(2, 3, 4), q = Tensors.Of(Distributions(1, 4, 9)[0]);
        Assert.Equal([2L, 3L], TorchDivergence.KullbackLeibler(p, q, -1).shape);
        Assert.Equal([2L, 3L], TorchDivergence.KullbackLeibler(q, p, 2).shape);
        Assert.Equal([2L, 4L], TorchDivergence.KullbackLeibler(p, p, 1).shape);
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor four = torch.ones(2, 4), one = torch.ones(2, 1), whole = torch.ones(2, 4, dtype: torch.ScalarType.Int64), none = torch.ones(2, 0);
        Assert.Contains("one per outcome", Assert.Throws<ArgumentException>("q", () => TorchDivergence.KullbackLeibler(four, one, -1)).Message, StringComparison.Ordinal);
        Assert.Contains("Int64", Assert.Throws<ArgumentException>("p", () => TorchDivergence.KullbackLeibler(whole, four, -1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("p", () => TorchDivergence.KullbackLeibler(none, none, -1));
        Assert.Throws<ArgumentOutOfRangeException>("dim", () => TorchDivergence.KullbackLeibler(four, four, 2));
        Assert.Throws<ArgumentOutOfRangeException>("dim", () => TorchDivergence.KullbackLeibler(four, four, -3));
        Assert.Throws<ArgumentException>("q", () => TorchDivergence.KullbackLeibler(four, torch.ones(4), 0));
        Assert.Throws<ArgumentNullException>("q", () => TorchDivergence.KullbackLeibler(four, null!, -1));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => TorchDivergence.JensenShannon(four, four, 1.5, -1));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => TorchDivergence.JensenShannon(four, four, double.NaN, -1));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => TorchDivergence.Renyi(four, four, -1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => TorchDivergence.Tsallis(four, four, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => TorchLogits.Renyi(four, four, 1, -1));
    }

    private static void Compare(double[][] p, double[][] q, OnSpans function, double[] actual, double tolerance)
    {
        for (int i = 0; i < p.Length; i++)
            Close(function(p[i], q[i]), actual[i], tolerance);
    }
}
