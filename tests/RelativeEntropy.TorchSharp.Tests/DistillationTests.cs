using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Distillation losses of batches are the library's of each row, reduced as asked.</summary>
public sealed class DistillationTests
{
    private const double Temperature = 2.5;

    private static readonly long[] Labels = [0, 4, 2, 1];

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Reduction, Tensor> Tensors, Func<double[], double[], int, (double Value, double[] Gradient)> Spans)> Losses = new()
    {
        ["soft targets"] = (
            (t, s, r) => TorchDistillation.SoftTargets(t, s, Temperature, r),
            (t, s, _) => WithGradient(g => Distillation.SoftTargetsGradient(t, s, Temperature, g))),
        ["reverse soft targets"] = (
            (t, s, r) => TorchDistillation.ReverseSoftTargets(t, s, Temperature, r),
            (t, s, _) => WithGradient(g => Distillation.ReverseSoftTargetsGradient(t, s, Temperature, g))),
        ["generalised Jensen-Shannon"] = (
            (t, s, r) => TorchDistillation.GeneralisedJensenShannon(t, s, 0.3, Temperature, r),
            (t, s, _) => WithGradient(g => Distillation.GeneralisedJensenShannonGradient(t, s, 0.3, Temperature, g))),
        ["decoupled"] = (
            (t, s, r) => TorchDistillation.Decoupled(torch.tensor(Labels).to(t.device), t, s, 1.5, 4, Temperature, r),
            (t, s, row) => WithGradient(g => Distillation.DecoupledGradient((int)Labels[row], t, s, 1.5, 4, Temperature, g))),
        ["decoupled Kullback-Leibler"] = (
            (t, s, r) => TorchDistillation.DecoupledKullbackLeibler(t, s, 1.5, 0.5, r),
            (t, s, _) => WithGradient(g => Distillation.DecoupledKullbackLeiblerGradient(t, s, 1.5, 0.5, default, g))),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_the_library_s(string name)
    {
        (var onTensors, var onSpans) = Losses[name];
        double[][] teacher = Normals(4, 5, 1, 3);
        foreach (double distance in (double[])[1, 1e-5])
        {
            double[][] student = [.. teacher.Zip(Normals(4, 5, 2, 3), (t, s) => t.Zip(s, (x, y) => x + distance * (y - x)).ToArray())];
            foreach (torch.Device device in Devices)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                Tensor t = Stack(teacher).to(device).requires_grad_(true), s = Stack(student).to(device).requires_grad_(true);
                Tensor losses = onTensors(t, s, Reduction.None);
                Assert.Equal([4L], losses.shape);
                losses.sum().backward();
                Assert.Null(t.grad);
                double[] values = Numbers(losses), gradients = Numbers(s.grad!);
                for (int row = 0; row < 4; row++)
                {
                    (double value, double[] gradient) = onSpans(teacher[row], student[row], row);
                    Close(value, values[row]);
                    for (int i = 0; i < 5; i++)
                        Assert.Equal(gradient[i], gradients[5 * row + i], 1e-14);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_reduction_is_what_it_says(string name)
    {
        var onTensors = Losses[name].Tensors;
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor t = Stack(Normals(4, 5, 3)), s = Stack(Normals(4, 5, 4));
        double[] rows = Numbers(onTensors(t, s, Reduction.None));
        Close(rows.Sum(), Number(onTensors(t, s, Reduction.Sum)));
        Close(rows.Average(), Number(onTensors(t, s, Reduction.Mean)));
        Close(rows.Average(), Number(onTensors(t, s, Reduction.BatchMean)));
        Assert.Throws<ArgumentOutOfRangeException>("reduction", () => onTensors(t, s, (Reduction)7));
    }

    [Fact]
    public void Over_tokens_of_sequences_the_two_means_differ()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor t = Stack(Normals(6, 5, 5)).reshape(2, 3, 5), s = Stack(Normals(6, 5, 6)).reshape(2, 3, 5);
        double sum = Number(TorchDistillation.SoftTargets(t, s, 1, Reduction.Sum));
        Assert.Equal([2L, 3L], TorchDistillation.SoftTargets(t, s, 1, Reduction.None).shape);
        Close(sum / 6, Number(TorchDistillation.SoftTargets(t, s, 1, Reduction.Mean)));
        Close(sum / 2, Number(TorchDistillation.SoftTargets(t, s, 1, Reduction.BatchMean)));
    }

    [Fact]
    public void Soft_targets_are_kl_div_with_batchmean()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor t = Stack(Normals(4, 5, 7)), s = Stack(Normals(4, 5, 8));
        Tensor theirs = torch.nn.functional.kl_div(s.log_softmax(-1), t.log_softmax(-1), log_target: true, torch.nn.Reduction.Sum) / 4;
        Close(Number(theirs), Number(TorchDistillation.SoftTargets(t, s, 1, Reduction.BatchMean)));
    }

    [Fact]
    public void What_cannot_be_meant_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor t = torch.zeros(2, 3), labels = torch.zeros(2, dtype: torch.ScalarType.Int64);
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>("studentLogits", () => TorchDistillation.SoftTargets(t, torch.zeros(3), 1, Reduction.Sum)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("temperature", () => TorchDistillation.SoftTargets(t, t, 0, Reduction.Sum));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => TorchDistillation.GeneralisedJensenShannon(t, t, -0.1, 1, Reduction.Sum));
        Assert.Throws<ArgumentOutOfRangeException>("otherWeight", () => TorchDistillation.Decoupled(labels, t, t, 1, -1, 1, Reduction.Sum));
        Assert.Throws<ArgumentOutOfRangeException>("crossEntropyWeight", () => TorchDistillation.DecoupledKullbackLeibler(t, t, 1, double.NaN, Reduction.Sum));
        Assert.Contains("Float32", Assert.Throws<ArgumentException>("labels", () =>
            TorchDistillation.Decoupled(torch.zeros(2), t, t, 1, 1, 1, Reduction.Sum)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("teacherLogits", () => TorchDistillation.Decoupled(labels, torch.zeros(2, 2), torch.zeros(2, 2), 1, 1, 1, Reduction.Sum));
        Assert.Throws<ArgumentException>("teacherLogits", () => TorchDistillation.SoftTargets(labels, labels, 1, Reduction.Sum));
    }

    private static (double Value, double[] Gradient) WithGradient(Func<double[], double> loss)
    {
        double[] gradient = new double[5];
        return (loss(gradient), gradient);
    }
}
