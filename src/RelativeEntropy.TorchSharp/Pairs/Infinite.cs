using TorchSharp.Modules;
using static RelativeEntropy.Tensors.TorchDistributions;
using static TorchSharp.torch.distributions;

namespace RelativeEntropy.Tensors.Pairs;

/// <summary>Pairs in which q never covers p, whatever the parameters.</summary>
internal static class Infinite
{
    public static void Register()
    {
        RegisterInfinite<Beta, Pareto>();
        RegisterInfinite<Exponential, Beta>();
        RegisterInfinite<Exponential, Pareto>();
        RegisterInfinite<Exponential, Uniform>();
        RegisterInfinite<Gamma, Beta>();
        RegisterInfinite<Gamma, Pareto>();
        RegisterInfinite<Gamma, Uniform>();
        OfTheWholeLine<Gumbel>();
        OfTheWholeLine<Laplace>();
        OfTheWholeLine<Normal>();
        RegisterInfinite<Pareto, Beta>();
        RegisterInfinite<Pareto, Uniform>();
    }

    /// <summary>+infinity in the broadcast batch shape, of the promoted type and on the device.</summary>
    public static Tensor Like(Distribution p, Distribution q) => torch.full_like(Mean(p) + Mean(q), double.PositiveInfinity);

    private static Tensor Mean(Distribution d) => (d is Gamma gamma ? Parameters.Moments(gamma).Mean : d.mean).detach();

    private static void OfTheWholeLine<TP>()
        where TP : Distribution
    {
        RegisterInfinite<TP, Beta>();
        RegisterInfinite<TP, Exponential>();
        RegisterInfinite<TP, Gamma>();
        RegisterInfinite<TP, Pareto>();
        RegisterInfinite<TP, Uniform>();
    }
}
