using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>A function leaves one tensor behind, its answer, with a graph and without.</summary>
public sealed class DisposalTests
{
    internal static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions = new()
    {
        ["KullbackLeibler"] = (p, q) => TorchDivergence.KullbackLeibler(p, q, -1),
        ["Jeffreys"] = (p, q) => TorchDivergence.Jeffreys(p, q, -1),
        ["JensenShannon"] = (p, q) => TorchDivergence.JensenShannon(p, q, 0.5, -1),
        ["TotalVariation"] = (p, q) => TorchDivergence.TotalVariation(p, q, -1),
        ["SquaredHellinger"] = (p, q) => TorchDivergence.SquaredHellinger(p, q, -1),
        ["Bhattacharyya"] = (p, q) => TorchDivergence.Bhattacharyya(p, q, -1),
        ["PearsonChiSquared"] = (p, q) => TorchDivergence.PearsonChiSquared(p, q, -1),
        ["Triangular"] = (p, q) => TorchDivergence.Triangular(p, q, -1),
        ["Renyi"] = (p, q) => TorchDivergence.Renyi(p, q, 2, -1),
        ["Tsallis"] = (p, q) => TorchDivergence.Tsallis(p, q, 2, -1),
        ["CrossEntropy"] = (p, q) => TorchDivergence.CrossEntropy(p, q, -1),
        ["Logits.KullbackLeibler"] = (p, q) => TorchLogits.KullbackLeibler(p, q, -1),
        ["Logits.JensenShannon"] = (p, q) => TorchLogits.JensenShannon(p, q, 0.5, -1),
        ["Logits.Renyi"] = (p, q) => TorchLogits.Renyi(p, q, 2, -1),
        ["Logits.CrossEntropy"] = (p, q) => TorchLogits.CrossEntropy(p, q, -1),
        ["Gaussian.KullbackLeibler"] = (p, q) => TorchGaussian.KullbackLeibler(p, q, q, p),
        ["Gaussian.KullbackLeiblerFromLogVariance"] = (p, q) => TorchGaussian.KullbackLeiblerFromLogVariance(p, q, q, p),
        ["Gaussian.KullbackLeiblerToStandard"] = TorchGaussian.KullbackLeiblerToStandard,
        ["FDivergence.Of"] = (p, q) => TorchFDivergence.Of(TensorGenerator.JensenShannon, p, q, -1),
        ["FDivergence.LowerBound"] = (p, q) => TorchFDivergence.LowerBound(TensorGenerator.KullbackLeibler, p, q),
        ["FDivergence.LowerBoundOfLogRatio"] = (p, q) => TorchFDivergence.LowerBoundOfLogRatio(TensorGenerator.JensenShannon, p, q),
        ["Estimate.K1"] = TorchEstimate.K1,
        ["Estimate.K2"] = TorchEstimate.K2,
        ["Estimate.K3"] = TorchEstimate.K3,
        ["Distillation.SoftTargets"] = (p, q) => TorchDistillation.SoftTargets(p, q, 2, Reduction.Mean),
        ["Distillation.ReverseSoftTargets"] = (p, q) => TorchDistillation.ReverseSoftTargets(p, q, 2, Reduction.None),
        ["Distillation.GeneralisedJensenShannon"] = (p, q) => TorchDistillation.GeneralisedJensenShannon(p, q, 0.5, 2, Reduction.BatchMean),
        ["Distillation.DecoupledKullbackLeibler"] = (p, q) => TorchDistillation.DecoupledKullbackLeibler(p, q, 1, 1, Reduction.Sum),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    public static TheoryData<string> Pairs => DistributionTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_leaves_its_answer_and_nothing_else(string name)
    {
        using Tensor p = Stack(Distributions(3, 4, 1)).requires_grad_(true), q = Stack(Distributions(3, 4, 2)).requires_grad_(true);
        LeavesOne(() => Functions[name](p, q));
        using IDisposable noGraph = torch.no_grad();
        LeavesOne(() => Functions[name](p, q));
    }

    [Fact]
    public void So_do_those_of_matrices_and_labels()
    {
        using Tensor mean = torch.ones(3), factor = torch.eye(3), labels = torch.tensor(new long[] { 1, 0 }), logits = torch.rand(2, 4);
        LeavesOne(() => TorchGaussian.KullbackLeiblerFromCholesky(mean, factor, mean, factor));
        LeavesOne(() => TorchGaussian.LowRankKullbackLeibler(mean, factor, mean, mean, factor, mean));
        LeavesOne(() => TorchDistillation.Decoupled(labels, logits, logits, 1, 1, 1, Reduction.Sum));
        LeavesOne(() => TensorGenerator.Gan.Slope(logits));
        LeavesOne(() => TensorGenerator.Gan.Conjugate(mean));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void So_does_a_pair_of_distributions_which_stay_usable(string name)
    {
        PeerPair pair = Peer.Recorded.Pairs.Single(p => p.Name == name);
        using DisposeScope scope = torch.NewDisposeScope();
        Distribution p = PeerPair.Create(pair.P, PeerPair.Read(pair.PParameters)), q = PeerPair.Create(pair.Q, PeerPair.Read(pair.QParameters));
        LeavesOne(() => TorchDistributions.kl_divergence(p, q));
        using IDisposable noGraph = torch.no_grad();
        LeavesOne(() => TorchDistributions.kl_divergence(p, q));
    }

    private static void LeavesOne(Func<Tensor> function)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        using Tensor answer = function();
        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.False(answer.IsInvalid);
    }
}
