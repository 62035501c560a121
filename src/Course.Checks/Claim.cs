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
        Say(statement, [(left, right)], AreEqual, tolerance);

    /// <summary>Two functions are equal on every case, within a tolerance.</summary>
    /// <typeparam name="T">What the functions are of.</typeparam>
    /// <param name="statement">What is claimed, in the chapter's symbols.</param>
    /// <param name="cases">The cases, at least one.</param>
    /// <param name="left">The left side for a case.</param>
    /// <param name="right">The right side for a case.</param>
    /// <param name="tolerance">The largest difference, relative to the larger side where that is above one.</param>
    /// <exception cref="InvalidOperationException">They differ by more for a case, or one is NaN, or there is no case.</exception>
    public static void Equal<T>(string statement, IEnumerable<T> cases, Func<T, double> left, Func<T, double> right, double tolerance) =>
        SayOfAll(statement, [.. cases.Select(c => (left(c), right(c)))], AreEqual, tolerance);

    /// <summary>A number is at most another, or above it by no more than rounding.</summary>
    /// <param name="statement">What is claimed, in the chapter's symbols.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="right">Its right side.</param>
    /// <param name="tolerance">By how much rounding may put the left side above, relative to the larger side where that is above one.</param>
    /// <exception cref="InvalidOperationException">It is not, or one is NaN.</exception>
    public static void AtMost(string statement, double left, double right, double tolerance = 0) =>
        Say(statement, [(left, right)], IsAtMost, tolerance);

    /// <summary>A function is at most another on every case, or above it by no more than rounding.</summary>
    /// <typeparam name="T">What the functions are of.</typeparam>
    /// <param name="statement">What is claimed, in the chapter's symbols.</param>
    /// <param name="cases">The cases, at least one.</param>
    /// <param name="left">The left side for a case.</param>
    /// <param name="right">The right side for a case.</param>
    /// <param name="tolerance">By how much rounding may put the left side above, relative to the larger side where that is above one.</param>
    /// <exception cref="InvalidOperationException">It is not for a case, or one is NaN, or there is no case.</exception>
    public static void AtMost<T>(string statement, IEnumerable<T> cases, Func<T, double> left, Func<T, double> right, double tolerance = 0) =>
        SayOfAll(statement, [.. cases.Select(c => (left(c), right(c)))], IsAtMost, tolerance);

    // Both are false where a side is NaN.
    private static bool AreEqual(double left, double right, double tolerance) =>
        left == right || Math.Abs(left - right) <= tolerance * Scale(left, right);

    private static bool IsAtMost(double left, double right, double tolerance) =>
        left <= right || left - right <= tolerance * Scale(left, right);

    private static double Scale(double left, double right) =>
        double.IsFinite(left) && double.IsFinite(right) ? Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right))) : 0;

    private static void SayOfAll(string statement, (double Left, double Right)[] sides, Func<double, double, double, bool> holds, double tolerance)
    {
        if (sides.Length == 0)
            throw new InvalidOperationException($"{statement}: there is no case");
        Say($"{statement} ({sides.Length} cases)", sides, holds, tolerance);
    }

    private static void Say(string statement, (double Left, double Right)[] sides, Func<double, double, double, bool> holds, double tolerance)
    {
        foreach ((double left, double right) in sides)
        {
            if (!holds(left, right, tolerance))
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{statement}: does not hold where the sides are {left:R} and {right:R}"));
        }
        Console.WriteLine(tolerance == 0 ? $"holds: {statement}" : string.Create(CultureInfo.InvariantCulture, $"holds: {statement}, within {tolerance:0E+0}"));
    }
}
