namespace Course.Checks;

/// <summary>How far an answer is from a value.</summary>
internal static class Deviation
{
    // The answer, the value and their difference are rounded; so is what each was last computed from.
    private const double Rounding = 4 * Eps;
    private const double Eps = 1.1102230246251565E-16;

    /// <summary>
    /// Whether an answer is as near to a value as it must be. Arrays are compared element by element, each with what the largest one
    /// allows. NaN is equal to NaN and an infinity to itself, and to nothing else.
    /// </summary>
    /// <param name="given">The answer.</param>
    /// <param name="value">What it is compared with.</param>
    /// <param name="precision">How near it must be.</param>
    /// <param name="floor">The smallest magnitude that errors are taken relative to: below it they count as at it.</param>
    public static bool IsWithin<T>(T? given, T value, Precision precision, double floor = 0) => (given, value) switch
    {
        (double g, double v) => IsNear(g, v, precision, Scale([v], floor)),
        (double[] g, double[] v) when g.Length == v.Length =>
            g.Zip(v).All(pair => IsNear(pair.First, pair.Second, precision, Scale(v, floor))),
        _ => false,
    };

    /// <summary>The magnitude that the error of a value is taken relative to: that of its largest number.</summary>
    public static double Scale(IEnumerable<double> value, double floor) =>
        value.Where(double.IsFinite).Select(Math.Abs).Append(floor).Max();

    /// <summary>Whether an answer is a number, or as many numbers, as the value.</summary>
    public static bool AreComparable<T>(T? given, T value) => (given, value) is (double, double)
        || (given, value) is (double[] g, double[] v) && g.Length == v.Length;

    /// <summary>The deviation in words that do not give the value away.</summary>
    public static string Describe<T>(T? given, T value) => (given, value) switch
    {
        (null, _) => "null",
        (double g, double v) => $"{Words.Of(g)}, {Side(g, v)}",
        (double[] g, double[] v) when g.Length != v.Length => $"{g.Length} numbers long instead of {v.Length}",
        (double[] g, double[] v) => WorstOf(g, v),
        _ => "of another kind than asked for",
    };

    private static string WorstOf(double[] given, double[] value)
    {
        int worst = Enumerable.Range(0, given.Length).MaxBy(i => Error(given[i], value[i]));
        return $"off at index {worst}: {Words.Of(given[worst])}, {Side(given[worst], value[worst])}";
    }

    private static string Side(double given, double value) =>
        double.IsNaN(given) ? "which is not a number"
        : double.IsNaN(value) ? "which is not right: the value is not a number"
        : double.IsInfinity(given) && double.IsFinite(value) ? "which is not right: the value is finite"
        : IsOfTheSize(given, value) ? "which is near, but not right"
        : given > value ? "which is too large"
        : "which is too small";

    /// <summary>
    /// Whether a number has the sign of a value and is within a factor of about two of it: between the half and the double of the power of
    /// two that is nearest to it. Measured from the value itself, the two ends would tell it to anybody who halves his way to them.
    /// </summary>
    private static bool IsOfTheSize(double given, double value)
    {
        double power = Math.Pow(2, Math.Round(Math.Log2(Math.Abs(value))));
        return Math.Sign(given) == Math.Sign(value) && Math.Abs(given) >= power / 2 && Math.Abs(given) <= 2 * power;
    }

    private static bool IsNear(double given, double value, Precision precision, double scale) =>
        Error(given, value) <= precision.LargestError(scale) + Rounding * scale;

    private static double Error(double given, double value) =>
        given.Equals(value) ? 0
        : !double.IsFinite(given) || !double.IsFinite(value) ? double.PositiveInfinity
        : Math.Abs(given - value);
}
