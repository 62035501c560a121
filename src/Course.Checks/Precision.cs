namespace Course.Checks;

/// <summary>
/// How near to the truth a right answer is: what the statement asks for, in its own words; or, where it names no precision,
/// what rounding can do.
/// </summary>
public sealed record Precision
{
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    private readonly Func<double, double> _largestError;

    private Precision(string? words, Func<double, double> largestError)
    {
        Words = words;
        _largestError = largestError;
    }

    /// <summary>The words that the statement has for it; null where the statement names no precision.</summary>
    public string? Words { get; }

    /// <summary>So many places after the point: half a unit of the last one.</summary>
    public static Precision Decimals(int places) => new($"right to {Numbers[places]} decimal places", _ => 0.5 * Math.Pow(10, -places));

    /// <summary>So many significant digits: half a unit of the last one.</summary>
    public static Precision SignificantDigits(int digits) => new(
        $"right to {Numbers[digits]} significant digits",
        scale => 0.5 * Math.Pow(10, Math.Floor(Math.Log10(scale)) + 1 - digits));

    /// <summary>So many places after the point will do, too, as they do where the truth is small or zero.</summary>
    public Precision OrDecimals(int places) => new(
        $"{Words} or {Numbers[places]} decimal places",
        scale => Math.Max(LargestError(scale), 0.5 * Math.Pow(10, -places)));

    /// <summary>A relative error, a power of ten.</summary>
    public static Precision Relative(double error) => new($"right to a relative {PowerOfTen(error)}", scale => error * scale);

    /// <summary>An absolute error, a power of ten.</summary>
    public static Precision Absolute(double error) => new($"right to {PowerOfTen(error)}", _ => error);

    /// <summary>A relative error that no statement names, with its derivation beside it.</summary>
    public static implicit operator Precision(double error) => new(null, scale => error * scale);

    /// <summary>The largest error of a right answer, for a truth of this magnitude.</summary>
    public double LargestError(double scale) => _largestError(scale);

    private static string PowerOfTen(double error) => $"$10^{{{Math.Round(Math.Log10(error))}}}$";
}
