namespace Course.Models.Tests;

/// <summary>What the tests share: random vectors, inner products, and derivatives by finite differences.</summary>
internal static class Numbers
{
    /// <summary>2^-52.</summary>
    public const double Roundoff = 2.220446049250313e-16;

    public static double[] Normal(int count, long seed, double scale = 1)
    {
        double[] numbers = new double[count];
        new SeededRandom(seed).Normal(numbers);
        return [.. numbers.Select(x => scale * x)];
    }

    /// <summary>A number that all bits of all values have a part in.</summary>
    public static long Hash(IEnumerable<double> values) => values.Aggregate(17L, (hash, value) => unchecked(hash * 31 + BitConverter.DoubleToInt64Bits(value)));

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    public static double[] Moved(double[] point, double[] direction, double step) => [.. point.Zip(direction, (x, d) => x + step * d)];

    /// <summary>
    /// The derivative of a smooth function along a direction: central differences of second order, extrapolated once. With h = 1e-3 the rest is of order
    /// h^4 = 1e-12 and rounding of order 1e-16 / h = 1e-13, both relative to the size of the function and its derivatives.
    /// </summary>
    public static double Slope(Func<double[], double> function, double[] point, double[] direction)
    {
        const double h = 1e-3;
        return (4 * Difference(h / 2) - Difference(h)) / 3;

        double Difference(double step) => (function(Moved(point, direction, step)) - function(Moved(point, direction, -step))) / (2 * step);
    }

    /// <summary>Each element of a gradient, and the slope along a random direction, agree with finite differences to 1e-9 of the gradient's size.</summary>
    public static void AssertGradient(Func<double[], double> function, double[] point, double[] gradient)
    {
        double size = Math.Max(1, Math.Sqrt(Dot(gradient, gradient)));
        for (int i = 0; i < point.Length; i++)
        {
            double[] axis = new double[point.Length];
            axis[i] = 1;
            Assert.True(Math.Abs(Slope(function, point, axis) - gradient[i]) <= 1e-9 * size, $"derivative {i}: {gradient[i]}, by differences {Slope(function, point, axis)}");
        }
    }
}
