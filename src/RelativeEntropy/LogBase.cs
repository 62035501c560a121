using System.Text.Json;
using System.Text.Json.Serialization;
using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// The base of the logarithm, hence the unit of an entropy or a divergence: a result is divided by ln b once, at the end.
/// The default value is <see cref="Nats"/>.
/// </summary>
/// <remarks>As JSON it is "nats", or the number b.</remarks>
/// <example><code>
/// double bits = Entropy.Shannon([0.5, 0.25, 0.25], LogBase.Bits);     // 1.5
/// double trits = Entropy.Shannon([0.5, 0.25, 0.25], LogBase.Of(3));   // 0.9463946304
/// </code></example>
[JsonConverter(typeof(LogBaseConverter))]
public readonly record struct LogBase
{
    // ln b as an unevaluated sum; both zero for nats.
    private readonly double _logarithm;
    private readonly double _tail;
    private readonly double _base;

    private LogBase(double @base, double logarithm, double tail) =>
        (_base, _logarithm, _tail) = (@base, logarithm, tail);

    /// <summary>Natural logarithms: the unit is the nat.</summary>
    public static LogBase Nats => default;

    /// <summary>Logarithms to base 2: the unit is the bit (Shannon 1948).</summary>
    public static LogBase Bits => new(2, LogRatio.Ln2, LogRatio.Ln2Tail);

    /// <summary>Logarithms to base 10: the unit is the hartley, also called ban or dit (Hartley 1928).</summary>
    public static LogBase Hartleys => new(10, 2.302585092994046, -2.1707562233822494e-16);

    /// <summary>The number b; for <see cref="Nats"/> the double nearest to e.</summary>
    public double Value => _base == 0 ? Math.E : _base;

    /// <summary>Logarithms to any base above one, so that units stay positive.</summary>
    /// <param name="value">The base, finite and greater than 1. The result uses the base exactly as given:
    /// <see cref="Math.E"/> is a double near e, <see cref="Nats"/> is e itself.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN, infinite, or not above 1.</exception>
    public static LogBase Of(double value)
    {
        if (value is not (> 1 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(value), value, "The base of a logarithm must be finite and greater than 1.");
        if (value == Bits.Value)
            return Bits;
        if (value == Hartleys.Value)
            return Hartleys;
        TwoPart logarithm = LogRatio.Precise(value, 1);
        return new(value, logarithm.Value, logarithm.Tail);
    }

    /// <summary>The unit's name, with the base where it has none.</summary>
    public override string ToString() => _base switch
    {
        0 => "nats",
        2 => "bits",
        10 => "hartleys",
        _ => FormattableString.Invariant($"base {_base}"),
    };

    /// <summary>From nats to this unit, rounded once.</summary>
    internal double FromNats(TwoPart nats)
    {
        if (_base == 0 || !double.IsFinite(nats.Value))
            return nats.Rounded;
        double quotient = nats.Value / _logarithm;
        if (double.IsInfinity(quotient))
            return quotient;
        double remainder = Math.FusedMultiplyAdd(-quotient, _logarithm, nats.Value) + (nats.Tail - quotient * _tail);
        return quotient + remainder / _logarithm;
    }

    /// <inheritdoc cref="FromNats(TwoPart)"/>
    internal double FromNats(double nats) => FromNats(new TwoPart(nats, 0));
}

/// <summary>A base as JSON: by its number, but nats by their name, since e is no double.</summary>
internal sealed class LogBaseConverter : JsonConverter<LogBase>
{
    private const string Nats = "nats";

    public override LogBase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(Nats))
            return LogBase.Nats;
        if (reader.TokenType == JsonTokenType.Number && reader.GetDouble() is > 1 and <= double.MaxValue and var value)
            return LogBase.Of(value);
        throw new JsonException("The base of a logarithm is \"nats\" or a finite number greater than 1.");
    }

    public override void Write(Utf8JsonWriter writer, LogBase value, JsonSerializerOptions options)
    {
        if (value == LogBase.Nats)
            writer.WriteStringValue(Nats);
        else
            writer.WriteNumberValue(value.Value);
    }
}
