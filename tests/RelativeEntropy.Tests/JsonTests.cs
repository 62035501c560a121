using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;

namespace RelativeEntropy.Tests;

/// <summary>Every public type that holds values comes back from System.Text.Json as it went, or is refused: never as another
/// value.</summary>
public sealed class JsonTests
{
    private static readonly Dictionary<Type, object[]> Samples = new()
    {
        [typeof(LogBase)] = [LogBase.Nats, LogBase.Bits, LogBase.Hartleys, LogBase.Of(Math.E), LogBase.Of(1.5)],
        [typeof(AdaptivePenalty)] = [new AdaptivePenalty(0.4, 6), default(AdaptivePenalty), new AdaptivePenalty(0.4, 6).Next(double.NaN)],
        [typeof(ProportionalPenalty)] =
        [
            new ProportionalPenalty(0.4, 6, 10_000, 0.01, 10), default(ProportionalPenalty),
            new ProportionalPenalty(0.4, 6, 10_000, 0.01, 10).Next(double.NaN),
        ],
        [typeof(Estimate)] = [new Estimate(0.25, 0.125), default(Estimate), new Estimate(0.25, double.NaN)],
        [typeof(PatchGrid)] = [new PatchGrid(4, 6, 3, 2, 3), default(PatchGrid)],
        [typeof(TrustRegionOptions)] =
        [
            new TrustRegionOptions(),
            new TrustRegionOptions
            {
                Radius = 0.5, Damping = 0, Iterations = 3, BacktrackRatio = 0.25, MaximumBacktracks = 0, AcceptanceRatio = 0,
            },
        ],
        [typeof(GaussianGradient)] = [new GaussianGradient(1, -2, 3, -4), new GaussianGradient(double.NaN, 0, 0, 0)],
        [typeof(BottleneckPoint)] = [new BottleneckPoint(0.1, 0.2, 0.3, 4, true)],
        [typeof(ChannelCapacity)] = [new ChannelCapacity(0.1, double.PositiveInfinity, 4, true), new ChannelCapacity(0.1, 0.2, 4, true)],
        [typeof(RateDistortionPoint)] = [new RateDistortionPoint(0.1, 0.2, 0.3, 4, true)],
        [typeof(QuadratureResult)] = [new QuadratureResult(0.1, 1e-12, 3, true), new QuadratureResult(double.PositiveInfinity, 0, 3, true)],
        [typeof(SummationResult)] = [new SummationResult(0.1, 1e-15, 3, true), new SummationResult(0.1, double.PositiveInfinity, 3, false)],
        [typeof(TransportLoss)] = [new TransportLoss(0.1, 0.2, 3, true)],
        [typeof(ConjugateGradientResult)] = [new ConjugateGradientResult(1, 0.2, true, true)],
        [typeof(SurrogateValue)] = [new SurrogateValue(0.1, 0.2)],
        [typeof(TrustRegionStep)] = [new TrustRegionStep(TrustRegionOutcome.OutsideRadius, 0.1, 0.2, 0.3, 0.4, 5, new(1, 0.2, true, true))],
        [typeof(BetaBernoulli)] = [new BetaBernoulli(2, 3)],
        [typeof(GammaPoisson)] = [new GammaPoisson(2, 3)],
        [typeof(NormalNormal)] = [new NormalNormal(1, 2, 3)],
        [typeof(NormalGamma)] = [new NormalGamma(1, 2, 3, 4)],
        [typeof(DirichletCategorical)] = [new DirichletCategorical([1, 2])],
        [typeof(LinearGaussianModel)] = [new LinearGaussianModel([0], [1], [1, 2], [0, 0], [1, 1])],
        [typeof(CollapseReport)] = [Vae.Diagnose([1.0, -1.0], [0, 0], 1)],
        [typeof(Generator)] = [Generator.KullbackLeibler],
        [typeof(Accumulator)] = [Added(new KullbackLeiblerAccumulator(), (sum, x) => sum.Add(x, [0.25, 0.75]))],
        [typeof(KullbackLeiblerAccumulator)] = [Added(new KullbackLeiblerAccumulator(), (sum, x) => sum.Add(x, [0.25, 0.75]))],
        [typeof(CrossEntropyAccumulator)] = [Added(new CrossEntropyAccumulator(), (sum, x) => sum.Add(x, [0.25, 0.75]))],
        [typeof(EntropyAccumulator)] = [Added(new EntropyAccumulator(), (sum, x) => sum.Add(x))],
        [typeof(MomentAccumulator)] = [Added(new MomentAccumulator(), (sum, x) => sum.Add(x))],
        [typeof(LogitsAccumulator)] = [Added(new LogitsAccumulator(), (sum, x) => sum.Add(x, [0.25, 0.75]))],
        [typeof(Histogram)] = [new Histogram([0, 1, 3], OutsideRule.OwnCells)],
        [typeof(PopulationStability)] = [new PopulationStability(0.2), default(PopulationStability)],
        [typeof(GTestResult)] = [new GTestResult(1.5, 3, 0.25), default(GTestResult)],
        [typeof(BootstrapInterval)] = [new BootstrapInterval(0.2, 0.1, 0.3), default(BootstrapInterval)],
    };

    private static readonly JsonSerializerOptions WithNaN = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly Type[] Refusals =
    [
        typeof(JsonException), typeof(NotSupportedException), typeof(ArgumentException), typeof(ArgumentOutOfRangeException),
        typeof(InvalidOperationException),
    ];

    private static IEnumerable<Type> ValueTypes => typeof(Divergence).Assembly.GetExportedTypes()
        .Where(type => !(type.IsAbstract && type.IsSealed) && !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type));

    public static TheoryData<Type> Types => [.. ValueTypes];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_value_survives_or_is_refused(Type type)
    {
        Assert.True(Samples.ContainsKey(type), $"{type.Name} has no sample in this test");
        foreach (object sample in Samples[type])
        {
            foreach (JsonSerializerOptions options in new[] { JsonSerializerOptions.Default, WithNaN, JsonSerializerOptions.Web })
            {
                object? back = null;
                Exception? refusal = Record.Exception(() =>
                    back = JsonSerializer.Deserialize(JsonSerializer.Serialize(sample, type, options), type, options));
                if (refusal is null)
                    Assert.True(AreEqual(sample, back), $"{sample} came back as {back}");
                else
                    Assert.Contains(refusal.GetType(), Refusals);
            }
        }
    }

    [Fact]
    public void What_is_made_to_be_kept_survives()
    {
        object[] values =
        [
            .. Samples[typeof(LogBase)], .. Samples[typeof(TrustRegionOptions)], new AdaptivePenalty(0.4, 6), new PatchGrid(4, 6, 3, 2, 3),
            new ProportionalPenalty(0.4, 6, 10_000, 0.01, 10).Next(7, 64), new Estimate(0.25, 0.125),
            new BetaBernoulli(2, 3), new PopulationStability(0.2), new GTestResult(1.5, 3, 0.25), new BootstrapInterval(0.2, 0.1, 0.3),
        ];
        foreach (object value in values)
            Assert.Equal(value, JsonSerializer.Deserialize(JsonSerializer.Serialize(value), value.GetType()));
    }

    [Theory]
    [InlineData("""{"Value":2}"""), InlineData("\"bits\""), InlineData("\"\""), InlineData("null")]
    [InlineData("1"), InlineData("-2"), InlineData("1e400")]
    public void A_base_is_refused_that_is_none(string json)
    {
        var refusal = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LogBase>(json));
        Assert.Contains("greater than 1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"Penalty":0,"Target":0}"""), InlineData("""{"Penalty":0.4}""")]
    [InlineData("""{"Penalty":-1,"Target":6}""")]
    public void A_penalty_is_refused_that_its_constructor_refuses(string json)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => JsonSerializer.Deserialize<AdaptivePenalty>(json));
        Assert.Contains("must be positive and finite", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_of_every_value_type_has_a_stated_meaning()
    {
        Dictionary<string, string> documentation = XDocument.Load(Path.ChangeExtension(typeof(Divergence).Assembly.Location, "xml"))
            .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, m => m.Value);
        foreach (Type type in ValueTypes.Where(type => type.IsValueType))
            Assert.Contains("default value", documentation[$"T:{type.FullName}"], StringComparison.OrdinalIgnoreCase);
    }

    private static TAccumulator Added<TAccumulator>(TAccumulator sum, Action<TAccumulator, double[]> add)
    {
        add(sum, [0.375, 0.625]);
        return sum;
    }

    private static bool AreEqual(object? one, object? other)
    {
        if (Equals(one, other))
            return true;
        if (one is null || other is null || one.GetType() != other.GetType() || one.GetType().IsPrimitive || one is string)
            return false;
        if (one is Accumulator sum)
            return sum.ToBytes().SequenceEqual(((Accumulator)other).ToBytes());
        if (one is IEnumerable many)
            return many.Cast<object>().SequenceEqual(((IEnumerable)other).Cast<object>());
        return !one.GetType().IsValueType && one.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => !p.PropertyType.IsByRefLike).All(p => AreEqual(p.GetValue(one), p.GetValue(other)));
    }
}
