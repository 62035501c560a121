using System.Globalization;

namespace Course.Checks;

/// <summary>How far an answer is from a value.</summary>
internal static class Deviation
{
    /// <summary>
    /// The relative error; for arrays the largest of their elements', relative to the largest element. Zero where both are NaN or
    /// the same infinity; infinite where only one is, where the lengths differ, and where there is no answer.
    /// </summary>
    /// <param name="given">The answer.</param>
    /// <param name="value">What it is compared with.</param>
    /// <param name="floor">The smallest magnitude that errors are taken relative to: below it they count as at it.</param>
    public static double Between<T>(T? given, T value, double floor = 0) => (given, value) switch
    {
        (double g, double v) => Relative(g, v, Math.Max(Math.Abs(v), floor)),
        (double[] g, double[] v) when g.Length == v.Length => g.Zip(v, (a, b) => Relative(a, b, Math.Max(v.Max(Math.Abs), floor))).Append(0).Max(),
        _ => double.PositiveInfinity,
    };

    /// <summary>Whether an answer is a number, or as many numbers, as the value.</summary>
    public static bool AreComparable<T>(T? given, T value) => (given, value) is (double, double)
        || (given, value) is (double[] g, double[] v) && g.Length == v.Length;

    /// <summary>The deviation in words that do not give the value away.</summary>
    public static string Describe<T>(T? given, T value) => (given, value) switch
    {
        (null, _) => "null",
        (double g, double v) => $"{Words.Of(g)}, {Size(g, Between(given, value))}",
        (double[] g, double[] v) when g.Length != v.Length => $"{g.Length} numbers long instead of {v.Length}",
        (double[] g, double[] v) => FirstOff(g, v),
        _ => "of another kind than asked for",
    };

    private static string FirstOff(double[] given, double[] value)
    {
        double scale = value.Max(Math.Abs);
        int worst = Enumerable.Range(0, given.Length).MaxBy(i => Relative(given[i], value[i], scale));
        return $"off at index {worst}: {Words.Of(given[worst])}, {Size(given[worst], Relative(given[worst], value[worst], scale))}";
    }

    private static string Size(double given, double error) =>
        double.IsNaN(given) ? "which is not a number"
        : double.IsInfinity(given) ? "which is not right: the value is finite"
        : double.IsInfinity(error) ? "which is far off"
        : $"a relative error of {error.ToString("0.#E+0", CultureInfo.InvariantCulture)}";

    private static double Relative(double given, double value, double scale) =>
        given.Equals(value) ? 0
        : !double.IsFinite(given) || !double.IsFinite(value) ? double.PositiveInfinity
        : Math.Abs(given - value) / scale;
}
