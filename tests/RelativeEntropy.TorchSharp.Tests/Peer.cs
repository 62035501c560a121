using System.Text.Json;
using System.Text.Json.Serialization;

namespace RelativeEntropy.Tensors.Tests;

/// <summary>tests/peers/torch_distributions.json: what PyTorch says, and mpmath where parameters are near.</summary>
internal sealed record Peer(
    [property: JsonPropertyName("torch")] IReadOnlyList<PeerPair> Pairs,
    [property: JsonPropertyName("hard")] IReadOnlyList<HardCase> Hard)
{
    public static Peer Recorded { get; } = JsonSerializer.Deserialize<Peer>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "peers", "torch_distributions.json")), JsonSerializerOptions.Web)!;
}

/// <summary>A pair of distributions in batches, its divergences, and the gradients of their sum by each parameter.</summary>
internal sealed record PeerPair(
    string P, string Q,
    [property: JsonPropertyName("p_parameters")] Dictionary<string, JsonElement> PParameters,
    [property: JsonPropertyName("q_parameters")] Dictionary<string, JsonElement> QParameters,
    double[] Value,
    [property: JsonPropertyName("p_gradient")] Dictionary<string, JsonElement> PGradient,
    [property: JsonPropertyName("q_gradient")] Dictionary<string, JsonElement> QGradient)
{
    public string Name => $"{P} || {Q}";

    /// <summary>Numbers nested to any depth.</summary>
    public static Tensor Read(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? torch.stack([.. element.EnumerateArray().Select(Read)])
        : torch.tensor(element.GetDouble(), dtype: torch.ScalarType.Float64);

    public static Dictionary<string, Tensor> Read(Dictionary<string, JsonElement> parameters) => parameters.ToDictionary(p => p.Key, p => Read(p.Value));

    /// <summary>TorchSharp's distribution of that name.</summary>
    public static Distribution Create(string family, Dictionary<string, Tensor> p) => family switch
    {
        "Bernoulli" => torch.distributions.Bernoulli(p["probs"]),
        "Beta" => torch.distributions.Beta(p["concentration1"], p["concentration0"]),
        "Binomial" => torch.distributions.Binomial(p["total_count"], p["probs"]),
        "Categorical" => torch.distributions.Categorical(p["probs"]),
        "Cauchy" => torch.distributions.Cauchy(p["loc"], p["scale"]),
        "Chi2" => torch.distributions.Chi2(p["df"]),
        "Dirichlet" => torch.distributions.Dirichlet(p["concentration"]),
        "Exponential" => torch.distributions.Exponential(p["rate"]),
        "Gamma" => torch.distributions.Gamma(p["concentration"], p["rate"]),
        "Geometric" => torch.distributions.Geometric(p["probs"]),
        "Gumbel" => torch.distributions.Gumbel(p["loc"], p["scale"]),
        "HalfNormal" => torch.distributions.HalfNormal(p["scale"]),
        "Laplace" => torch.distributions.Laplace(p["loc"], p["scale"]),
        "LogNormal" => torch.distributions.LogNormal(p["loc"], p["scale"]),
        "MultivariateNormal" => torch.distributions.MultivariateNormal(p["loc"], scale_tril: p["scale_tril"]),
        "Normal" => torch.distributions.Normal(p["loc"], p["scale"]),
        "OneHotCategorical" => torch.distributions.OneHotCategorical(p["probs"]),
        "Pareto" => torch.distributions.Pareto(p["scale"], p["alpha"]),
        "Poisson" => torch.distributions.Poisson(p["rate"]),
        "Uniform" => torch.distributions.Uniform(p["low"], p["high"]),
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "No such family."),
    };
}

/// <summary>A function at arguments that are near or extreme, and the truth.</summary>
internal sealed record HardCase(string Function, IReadOnlyList<JsonElement> Arguments, string Truth);
