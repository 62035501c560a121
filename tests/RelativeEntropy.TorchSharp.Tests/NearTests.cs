using System.Globalization;
using RelativeEntropy.Tensors.Numerics;
using RelativeEntropy.Tensors.Pairs;
using static RelativeEntropy.Tensors.Tests.Tensors;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Near-equal and extreme parameters, against 60 digits: no form here cancels.</summary>
public sealed class NearTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Peer.Recorded.Hard.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Digits_are_kept(int index)
    {
        HardCase c = Peer.Recorded.Hard[index];
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor[] a = [.. c.Arguments.Select(PeerPair.Read)];
        Tensor value = c.Function switch
        {
            "Gamma" => GammaFamily.Gamma(a[0], a[1], a[2], a[3]),
            "Dirichlet" => GammaFamily.Dirichlet(a[0], a[1]),
            "Gumbel" => SameFamily.OfGumbelParameters(a[0], a[1], a[2], a[3]),
            "Laplace" => SameFamily.OfLaplaceParameters(a[0], a[1], a[2], a[3]),
            "Normal" => TorchGaussian.KullbackLeibler(a[0], a[1], a[2], a[3]),
            "Logits" => TorchLogits.KullbackLeibler(a[0], a[1], -1),
            "Measures" => TorchDivergence.KullbackLeibler(a[0], a[1], -1),
            _ => throw new InvalidOperationException(c.Function),
        };
        Close(double.Parse(c.Truth, CultureInfo.InvariantCulture), Number(value), 1e-13);
    }
}
