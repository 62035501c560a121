using System.Text.Json;

namespace RelativeEntropy.Tests;

/// <summary>What tests/peers/peers.py recorded: inputs, the truth, and the answers of SciPy and PyTorch.</summary>
public sealed record Peers(Dictionary<string, string> Versions, PeerCase[] Cases)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "peers");

    public static Peers Recorded { get; } =
        JsonSerializer.Deserialize<Peers>(File.ReadAllText(Path.Combine(Folder, "peers.json")), PeerCase.Json)!;

    public static string CommittedPage => File.ReadAllText(Path.Combine(Folder, "peers.md")).ReplaceLineEndings("\n");

    /// <summary>docs/peers.md.</summary>
    public string Page() => $"""
        # Peers

        The same inputs through this library, SciPy and PyTorch. This page is written from `tests/peers/peers.json`; do not edit it. From the root of the
        repository, on {Versions["system"]} with python3-scipy {Versions["scipy"]}, python3-torch {Versions["torch"]}, python3-numpy {Versions["numpy"]} and python3-mpmath {Versions["mpmath"]}:

            python3 tests/peers/peers.py
            PEERS_PAGE=$PWD/docs/peers.md dotnet test --project tests/RelativeEntropy.Tests --filter-class '*PeerTests'

        All computations are in float64. The truth is computed with mpmath with 100 digits from the doubles that are given; where probabilities sum to one only to
        rounding, it is the sum of p log(p/q) - p + q, which differs from the sum of p log(p/q) by as much as the masses differ. A test asserts that each of our
        values is right to 13 digits. A peer counts as wrong where its relative error is above {PeerCase.Tolerance:g1}.

        ## Where a peer is wrong

        {string.Join("\n", Cases.Where(c => c.Peers.Any(c.IsWrong)).Select(Section))}
        ## Where all agree

        {string.Join("\n", Cases.Where(c => !c.Peers.Any(c.IsWrong)).Select(Section))}
        """;

    private static string Section(PeerCase c) => $"""
        ### {char.ToUpperInvariant(c.Name[0])}{c.Name[1..]}

        {string.Join("; ", c.Inputs.Select(input => $"{input.Key} = {Written(input.Value)}"))}. {c.Why}

        | | value | relative error |
        |---|---:|---:|
        | truth | {c.Truth} | |
        {Ours(c)}{string.Join('\n', c.Peers.Select(peer => $"| `{peer.Expression}` | {peer.Value:R} | {(c.IsWrong(peer) ? $"**{c.ErrorOf(peer.Value):g2}**" : $"{c.ErrorOf(peer.Value):g2}")} |"))}

        """;

    private static string Ours(PeerCase c) => c.Ours is double ours ? $"| `{c.Function}` | {ours:R} | {c.ErrorOf(ours):g2} |\n" : "";

    private static string Written(JsonElement input) => input.ValueKind == JsonValueKind.Array
        ? $"({string.Join(", ", input.EnumerateArray().Select(Written))})"
        : $"{input.Deserialize<double>(PeerCase.Json):R}";
}

/// <summary>An answer of a peer.</summary>
public sealed record PeerAnswer(string Expression, double Value);

/// <summary>One input.</summary>
public sealed record PeerCase(string Name, string Function, Dictionary<string, JsonElement> Inputs, string Truth, PeerAnswer[] Peers, string Why)
{
    /// <summary>The relative error above which a peer counts as wrong.</summary>
    public const double Tolerance = 1e-10;

    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public double TrueValue => double.Parse(Truth);

    /// <summary>What the library gives; null where it has no such function yet.</summary>
    public double? Ours => Function switch
    {
        "" => null,
        "Divergence.KullbackLeibler" => Divergence.KullbackLeibler(Span("p"), Span("q")),
        "Divergence.JensenShannonDistance" => Divergence.JensenShannonDistance(Span("p"), Span("q")),
        "Divergence.TotalVariation" => Divergence.TotalVariation(Span("p"), Span("q")),
        "Divergence.Wasserstein1" => Divergence.Wasserstein1(Span("p"), Span("q"), Span("positions")),
        "Entropy.Shannon" => Entropy.Shannon(Span("p")),
        "Logits.KullbackLeibler" => Logits.KullbackLeibler(Span("a"), Span("b")),
        "Logits.LogSumExp" => Logits.LogSumExp(Span("a")),
        "Gaussian.KullbackLeibler" => Gaussian.KullbackLeibler(Number("mean0"), Number("scale0"), Number("mean1"), Number("scale1")),
        "Gaussian.Entropy" => Gaussian.Entropy(Number("scale")),
        "DiagonalGaussian.KullbackLeiblerToStandard" => DiagonalGaussian.KullbackLeiblerToStandard(Span("mean"), Span("logVariance")),
        "MultivariateGaussian.KullbackLeibler" => MultivariateGaussian.KullbackLeibler(Span("mean0"), Span("covariance0"), Span("mean1"), Span("covariance1")),
        "LowRankGaussian.KullbackLeibler" => LowRankGaussian.KullbackLeibler(
            Span("mean0"), Span("factor0"), Span("diagonal0"), Span("mean1"), Span("factor1"), Span("diagonal1")),
        _ => throw new InvalidOperationException($"{Name}: {Function} is not known here."),
    };

    public bool IsWrong(PeerAnswer peer) => !(ErrorOf(peer.Value) <= Tolerance);

    /// <summary>Relative; infinite where the truth is zero or infinite and the value is not.</summary>
    public double ErrorOf(double value) => value == TrueValue ? 0 : double.IsNaN(value) ? double.NaN
        : TrueValue == 0 || !double.IsFinite(TrueValue) || !double.IsFinite(value) ? double.PositiveInfinity
        : Math.Abs(value - TrueValue) / Math.Abs(TrueValue);

    private double[] Span(string name) => Inputs[name].Deserialize<double[]>(Json)!;

    private double Number(string name) => Inputs[name].Deserialize<double>(Json);
}
