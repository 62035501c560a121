using System.Globalization;

namespace Course.Checks;

/// <summary>
/// A chapter's statement, checked where it stands: it prints one line that says what holds and to which tolerance, and throws
/// where it does not hold, so that no chapter runs to its end with a false statement in it.
/// </summary>
public static class Claim
{
    /// <summary>Two numbers are equal within a tolerance.</summary>
    /// <param name="statement">What is claimed, in the chapter's symbols.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="right">Its right side.</param>
    /// <param name="tolerance">The largest difference, relative to the larger side where that is above one.</param>
    /// <exception cref="InvalidOperationException">They differ by more, or one is NaN.</exception>
    public static void Equal(string statement, double left, double right, double tolerance) =>
        Say(statement, left.Equals(right) || Math.Abs(left - right) <= tolerance * Scale(left, right), tolerance, left, right);

    /// <summary>Two sequences of numbers are equal, element by element, within a tolerance.</summary>
    /// <inheritdoc cref="Equal(string, double, double, double)"/>
    public static void Equal(string statement, IEnumerable<double> left, IEnumerable<double> right, double tolerance)
    {
        (double Left, double Right)[] pairs = [.. left.Zip(right)];
        (double l, double r) = pairs.MaxBy(p => Math.Abs(p.Left - p.Right) / Scale(p.Left, p.Right));
        Equal($"{statement} ({pairs.Length} cases)", l, r, tolerance);
    }

    /// <summary>A number is at most another, or above it by no more than rounding.</summary>
    /// <param name="statement">What is claimed, in the chapter's symbols.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="right">Its right side.</param>
    /// <param name="tolerance">By how much rounding may put the left side above, relative to the larger side where that is above one.</param>
    /// <exception cref="InvalidOperationException">It is not, or one is NaN.</exception>
    public static void AtMost(string statement, double left, double right, double tolerance = 0) =>
        Say(statement, left <= right || left - right <= tolerance * Scale(left, right), tolerance, left, right);

    /// <summary>The numbers of a sequence are, one by one, at most those of another.</summary>
    /// <inheritdoc cref="AtMost(string, double, double, double)"/>
    public static void AtMost(string statement, IEnumerable<double> left, IEnumerable<double> right, double tolerance = 0)
    {
        (double Left, double Right)[] pairs = [.. left.Zip(right)];
        (double l, double r) = pairs.MaxBy(p => (p.Left - p.Right) / Scale(p.Left, p.Right));
        AtMost($"{statement} ({pairs.Length} cases)", l, r, tolerance);
    }

    private static double Scale(double left, double right) => Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right)));

    private static void Say(string statement, bool holds, double tolerance, double left, double right)
    {
        if (!holds)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{statement}: does not hold, the sides are {left:R} and {right:R}"));
        Console.WriteLine(tolerance == 0 ? $"holds: {statement}" : string.Create(CultureInfo.InvariantCulture, $"holds: {statement}, within {tolerance:0E+0}"));
    }
}
