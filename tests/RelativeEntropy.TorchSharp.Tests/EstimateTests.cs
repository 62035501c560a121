using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>k1, k2 and k3: values, their means, and the truth about their gradients.</summary>
public sealed class EstimateTests
{
    [Fact]
    public void Terms_are_their_formulas_and_keep_their_digits()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double[] logP = [-1, -2, -0.5, -3], logQ = [-1.5, -1, -0.5 + 1e-9, -3];
        double[] k1 = Numbers(TorchEstimate.K1(Of(logP), Of(logQ))), k2 = Numbers(TorchEstimate.K2(Of(logP), Of(logQ))), k3 = Numbers(TorchEstimate.K3(Of(logP), Of(logQ)));
        for (int i = 0; i < 4; i++)
        {
            double x = logP[i] - logQ[i];
            Assert.Equal(x, k1[i]);
            Close(x * x / 2, k2[i], 1e-15);
            Close(FDivergence.OfLogRatios(Generator.Reverse.Centred, [logQ[i] - logP[i]]), k3[i], 1e-13);
        }
    }

    [Fact]
    public void K1_and_K3_have_the_divergence_as_their_mean()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double[] p = Distributions(1, 5, 1)[0], q = Distributions(1, 5, 2)[0];
        Tensor logP = Of(p).log(), logQ = Of(q).log();
        double truth = Divergence.KullbackLeibler(p, q);
        Close(truth, Number((Of(p) * TorchEstimate.K1(logP, logQ)).sum()));
        Close(truth, Number((Of(p) * TorchEstimate.K3(logP, logQ)).sum()));
    }

    [Fact]
    public void As_losses_only_the_second_has_the_gradient_of_the_divergence_by_the_sampled_side()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double[] a = [0.2, -0.5, 1], b = [0.1, 0.4, -0.3], byP = new double[3], byQ = new double[3];
        Logits.KullbackLeiblerGradient(a, b, byP, default);
        Logits.KullbackLeiblerGradient(b, a, default, byQ);
        double[] zero = new double[3];
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(zero[i], MeanGradient(TorchEstimate.K1)[i], 1e-15));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(byP[i], MeanGradient(TorchEstimate.K2)[i], 1e-15));
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(byQ[i], MeanGradient(TorchEstimate.K3)[i], 1e-15));

        // The mean over samples of p, each held fixed.
        double[] MeanGradient(Func<Tensor, Tensor, Tensor> estimator)
        {
            Tensor logits = Of(a).requires_grad_(true), logP = logits.log_softmax(0), logQ = Of(b).log_softmax(0);
            (logP.exp().detach() * estimator(logP, logQ)).sum().backward();
            return Numbers(logits.grad!);
        }
    }
}
