using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Divergences from logits are those of the library on spans.</summary>
public sealed class LogitsTests
{
    internal delegate Tensor OnTensors(Tensor a, Tensor b, long dim);

    internal delegate double OnSpans(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    internal static readonly Dictionary<string, (OnTensors Tensors, OnSpans Spans)> Functions = new()
    {
        ["KL"] = (TorchLogits.KullbackLeibler, (a, b) => Logits.KullbackLeibler(a, b)),
        ["Jensen-Shannon"] = ((a, b, dim) => TorchLogits.JensenShannon(a, b, 0.5, dim), (a, b) => Logits.JensenShannon(a, b)),
        ["cross-entropy"] = (TorchLogits.CrossEntropy, (a, b) => Logits.CrossEntropy(a, b)),
        ["Renyi 0.5"] = ((a, b, dim) => TorchLogits.Renyi(a, b, 0.5, dim), (a, b) => Logits.Renyi(a, b, 0.5)),
        ["Renyi 2"] = ((a, b, dim) => TorchLogits.Renyi(a, b, 2, dim), (a, b) => Logits.Renyi(a, b, 2)),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_the_library_row_by_row(string name)
    {
        (OnTensors onTensors, OnSpans onSpans) = Functions[name];
        foreach (double scale in (double[])[0.3, 3, 30])
        {
            double[][] a = Normals(6, 9, 1, scale), b = Normals(6, 9, 2, scale);
            foreach (torch.Device device in Devices)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                double[] value = Numbers(onTensors(Stack(a).to(device), Stack(b).to(device), 1));
                Assert.All(Enumerable.Range(0, 6), i => Close(onSpans(a[i], b[i]), value[i]));
            }
        }
    }

    [Theory]
    [InlineData("KL")]
    [InlineData("Jensen-Shannon")]
    public void Near_equal_logits_keep_their_digits(string name)
    {
        (OnTensors onTensors, OnSpans onSpans) = Functions[name];
        double[][] a = Normals(4, 6, 3, 4), steps = Normals(4, 6, 4);
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (double h in (double[])[1e-3, 1e-6, 1e-10])
        {
            double[][] b = [.. a.Select((row, i) => row.Select((x, j) => x + h * steps[i][j]).ToArray())];
            double[] value = Numbers(onTensors(Stack(a), Stack(b), 1));
            Assert.All(Enumerable.Range(0, 4), i => Close(onSpans(a[i], b[i]), value[i]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Excluded_classes_count_as_in_the_library(string name)
    {
        const double Out = double.NegativeInfinity;
        (OnTensors onTensors, OnSpans onSpans) = Functions[name];
        double[][] a = [[Out, 1, 2], [0, 1, 2], [Out, Out, 0], [Out, 1, 2], [1, Out, Out]];
        double[][] b = [[1, 1, 2.5], [Out, 1, 2], [Out, 3, 0], [Out, 1.5, 2], [2, Out, Out]];
        using DisposeScope scope = torch.NewDisposeScope();
        double[] value = Numbers(onTensors(Stack(a), Stack(b), 1));
        for (int i = 0; i < a.Length; i++)
        {
            double truth = onSpans(a[i], b[i]);
            Assert.True(truth == value[i] || Math.Abs(truth - value[i]) <= 1e-12 * Math.Abs(truth) + 1e-15, $"row {i}: {value[i]:R} where {truth:R} is expected");
        }
    }

    [Fact]
    public void Rows_near_and_far_in_one_table_are_each_right_with_a_graph_and_without()
    {
        const double Out = double.NegativeInfinity;
        double[][] a = [[0.5, 1, 2], [3, -20, 1], [0.5, 1, 2], [Out, 1, 2], [Out, 1, 2], [-800, 0.25, 0.5], [Out, 0, 1], [0, 1, 2], [0, 200, 0]];
        double[][] b = [[0.5, 1, 2 + 1e-9], [-4, 12, 0], [0.5, 1, 2], [-44, 1, 2], [-300, 1 + 1e-7, 2], [-60, 0.25, 0.5], [5, 0, 1], [0, Out, 2], [0, 200, 60]];
        double[] truth = [.. a.Zip(b, (x, y) => Logits.KullbackLeibler(x, y))];
        foreach (torch.Device device in Devices)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor x = Stack(a).to(device), y = Stack(b).to(device);
            double[] plain = Numbers(TorchLogits.KullbackLeibler(x, y, 1)), graphed = Numbers(TorchLogits.KullbackLeibler(x.requires_grad_(true), y, 1));
            Assert.All(Enumerable.Range(0, a.Length), i => Close(truth[i], plain[i]));
            Assert.All(Enumerable.Range(0, a.Length), i => Close(truth[i], graphed[i]));
        }
    }

    [Theory]
    [InlineData(120_000, 3)]
    [InlineData(3, 100_000)]
    public void A_table_of_many_chunks_is_the_library_row_by_row(int rows, int classes)
    {
        double[][] a = Normals(rows, classes, 11, 2), b = [.. a.Zip(Normals(rows, classes, 12), (x, step) => x.Zip(step, (u, v) => u + v).ToArray())];
        double[] truth = [.. a.Zip(b, (x, y) => Logits.KullbackLeibler(x, y))];
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(a.SelectMany(row => row).ToArray()).reshape(rows, classes), y = torch.tensor(b.SelectMany(row => row).ToArray()).reshape(rows, classes);
        double[][] values =
        [
            Numbers(TorchLogits.KullbackLeibler(x, y, 1)), Numbers(TorchLogits.KullbackLeibler(x.t(), y.t(), 0)),
            Numbers(TorchLogits.KullbackLeibler(x.reshape(1, rows, classes), y, -1)), Numbers(TorchLogits.KullbackLeibler(x.clone().requires_grad_(true), y, 1)),
        ];
        Assert.All(values, value => Assert.All(Enumerable.Range(0, rows), i => Close(truth[i], value[i])));
    }

    [Fact]
    public void The_curvature_at_equality_is_the_Fisher_matrix()
    {
        double[] logits = [0.5, -1, 2, 0];
        double[] p = Numbers(Of(logits).softmax(0));
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor b = Of(logits).requires_grad_(true);
        Tensor slope = torch.autograd.grad([TorchLogits.KullbackLeibler(Of(logits), b, 0)], [b], create_graph: true, retain_graph: true)[0];
        for (int i = 0; i < logits.Length; i++)
        {
            double[] row = Numbers(torch.autograd.grad([slope[i]], [b], retain_graph: true)[0]);
            Assert.All(Enumerable.Range(0, logits.Length), j => Assert.Equal((i == j ? p[i] : 0) - p[i] * p[j], row[j], 1e-15));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_those_of_differences(string name)
    {
        OnTensors onTensors = Functions[name].Tensors;
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (double scale in (double[])[0.2, 3])
        {
            Tensor a = Stack(Normals(2, 5, 5, scale)), b = Stack(Normals(2, 5, 6, scale));
            GradientIsThatOfDifferences(x => onTensors(x, b, -1), a);
            GradientIsThatOfDifferences(x => onTensors(a, x, -1), b);
        }
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1e-7)]
    public void The_gradient_of_KL_is_the_library_s(double distance)
    {
        double[] a = Normals(1, 7, 7)[0], b = [.. a.Zip(Normals(1, 7, 8)[0], (x, step) => x + distance * step)], byA = new double[7], byB = new double[7];
        Logits.KullbackLeiblerGradient(a, b, byA, byB);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = Of(a).requires_grad_(true), y = Of(b).requires_grad_(true);
        TorchLogits.KullbackLeibler(x, y, 0).backward();

        // Slopes of a form that is zero at its minimum: right to some roundings of the probabilities.
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(byA[i], Numbers(x.grad!)[i], 1e-15));
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(byB[i], Numbers(y.grad!)[i], 1e-15));
    }

    [Fact]
    public void A_class_that_both_exclude_has_gradient_zero()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor a = Of(double.NegativeInfinity, 1, 2).requires_grad_(true), b = Of(double.NegativeInfinity, 1, 2.5).requires_grad_(true);
        TorchLogits.KullbackLeibler(a, b, 0).backward();
        Assert.Equal(0, Numbers(a.grad!)[0]);
        Assert.Equal(0, Numbers(b.grad!)[0]);
        Assert.All(Numbers(a.grad!).Concat(Numbers(b.grad!)), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void In_float32_near_equal_logits_keep_what_their_differences_hold()
    {
        float[] a = [0.5f, -1.25f, 3f], b = [0.5009766f, -1.25f, 3f];
        using DisposeScope scope = torch.NewDisposeScope();
        double truth = Logits.KullbackLeibler(a, b);
        Close(truth, Number(TorchLogits.KullbackLeibler(torch.tensor(a), torch.tensor(b), 0)), 2e-6);
    }
}
