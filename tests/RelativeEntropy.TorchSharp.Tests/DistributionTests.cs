using System.Globalization;
using System.Text.Json;
using static RelativeEntropy.Tensors.Tests.Tensors;
using static RelativeEntropy.Tensors.TorchDistributions;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>kl_divergence of TorchSharp's distributions beside that of PyTorch, at parameters at which PyTorch is right.</summary>
public sealed class DistributionTests
{
    public static TheoryData<string> Names => [.. Peer.Recorded.Pairs.Select(pair => pair.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        PeerPair pair = Peer.Recorded.Pairs.Single(p => p.Name == name);
        foreach (torch.Device device in Devices)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Dictionary<string, Tensor> first = On(device, pair.PParameters), second = On(device, pair.QParameters);
            Tensor value = kl_divergence(PeerPair.Create(pair.P, first), PeerPair.Create(pair.Q, second));
            AllClose(pair.Value, Numbers(value), 1e-12);
            Assert.Equal(device.type, value.device_type);
            value.sum().backward();
            GradientsAre(pair.PGradient, first);
            GradientsAre(pair.QGradient, second);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_graph_the_values_are_the_same(string name)
    {
        PeerPair pair = Peer.Recorded.Pairs.Single(p => p.Name == name);
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGraph = torch.no_grad();
        Tensor value = kl_divergence(
            PeerPair.Create(pair.P, PeerPair.Read(pair.PParameters)), PeerPair.Create(pair.Q, PeerPair.Read(pair.QParameters)));
        Assert.False(value.requires_grad);
        AllClose(pair.Value, Numbers(value), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_float32_it_stays_float32_and_right_to_its_digits(string name)
    {
        PeerPair pair = Peer.Recorded.Pairs.Single(p => p.Name == name);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = kl_divergence(Single(pair.P, pair.PParameters), Single(pair.Q, pair.QParameters));
        Assert.Equal(torch.ScalarType.Float32, value.dtype);
        AllClose(pair.Value, Numbers(value), 2e-5);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Batches_broadcast(string name)
    {
        PeerPair pair = Peer.Recorded.Pairs.Single(p => p.Name == name);
        using DisposeScope scope = torch.NewDisposeScope();
        Dictionary<string, Tensor> first = PeerPair.Read(pair.PParameters), second = PeerPair.Read(pair.QParameters);
        Tensor table = kl_divergence(
            PeerPair.Create(pair.P, first.ToDictionary(p => p.Key, p => p.Value.unsqueeze(1))), PeerPair.Create(pair.Q, second));
        Assert.Equal([4L, 4L], table.shape);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Tensor one = kl_divergence(
                    PeerPair.Create(pair.P, first.ToDictionary(p => p.Key, p => p.Value[i])), PeerPair.Create(pair.Q, second.ToDictionary(p => p.Key, p => p.Value[j])));
                Assert.Empty(one.shape);
                Close(Number(one), Number(table[i, j]), 1e-13);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_divergence_of_a_distribution_from_itself_is_zero(string name)
    {
        PeerPair pair = Peer.Recorded.Pairs.Single(p => p.Name == name);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor value = kl_divergence(
            PeerPair.Create(pair.P, PeerPair.Read(pair.PParameters)), PeerPair.Create(pair.P, PeerPair.Read(pair.PParameters)));
        Assert.All(Numbers(value), x => Assert.Equal(0, x, 0.0));
    }

    private static Distribution Single(string family, Dictionary<string, JsonElement> parameters) =>
        PeerPair.Create(family, PeerPair.Read(parameters).ToDictionary(p => p.Key, p => p.Value.to(torch.ScalarType.Float32)));

    private static Dictionary<string, Tensor> On(torch.Device device, Dictionary<string, JsonElement> parameters) =>
        PeerPair.Read(parameters).ToDictionary(p => p.Key, p => p.Value.to(device).detach().requires_grad_(p.Key != "total_count"));

    private static void GradientsAre(Dictionary<string, JsonElement> expected, Dictionary<string, Tensor> parameters)
    {
        foreach ((string parameter, JsonElement gradient) in expected)
        {
            double[] truth = Numbers(PeerPair.Read(gradient));
            AllClose(truth, parameters[parameter].grad is { } g ? Numbers(g) : new double[truth.Length], 1e-11);
        }
    }

    private static void AllClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                string.Create(CultureInfo.InvariantCulture, $"element {i}: {actual[i]:R} where PyTorch has {expected[i]:R}"));
        }
    }
}
