namespace RelativeEntropy.Numerics;

/// <summary>What a setting of a method must satisfy. A setting is chosen, not measured: NaN is refused.</summary>
internal static class SettingCheck
{
    public static double Positive(double value, string name) => value is > 0 and <= double.MaxValue
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} = {value}; it must be positive and finite."));

    public static double NotNegative(double value, string name) => value is >= 0 and <= double.MaxValue
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} = {value}; it must be at least 0 and finite."));

    public static double InsideUnit(double value, string name) => value is > 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} = {value}; it must be above 0 and below 1."));

    public static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} = {value}; it must be at least {least}."));
}
