using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>How a solution by conjugate gradients came about.</summary>
/// <remarks>The default value is that of no step and no residual, not converged.</remarks>
/// <param name="Iterations">Steps taken, which is the number of products formed (one more where <paramref name="NonPositiveCurvature"/> holds).</param>
/// <param name="ResidualNorm">The length of b - F x as the recursion carries it; NaN if the data or a product held NaN or overflowed.</param>
/// <param name="Converged">Whether the residual fell to the tolerance.</param>
/// <param name="NonPositiveCurvature">Whether a direction d with d'F d at most 0 was met: F is not positive definite, and the solution is the last one before it.</param>
public readonly record struct ConjugateGradientResult(int Iterations, double ResidualNorm, bool Converged, bool NonPositiveCurvature);

public static partial class TrustRegion
{
    /// <summary>How many elements of work the functions of this class need for <paramref name="parameters"/> parameters: 4 n.</summary>
    /// <param name="parameters">n, at least 1.</param>
    /// <returns>The length that serves both <see cref="ConjugateGradient"/> and <see cref="Step"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive, or so large that the length exceeds an array's.</exception>
    public static int WorkLength(int parameters) => parameters is >= 1 and <= 500_000_000
        ? 4 * parameters
        : throw new ArgumentOutOfRangeException(nameof(parameters), parameters, FormattableString.Invariant($"parameters = {parameters}; it must be in [1, 500000000]."));

    /// <summary>Solves F x = b for a symmetric positive definite F known only by its products, by the method of conjugate gradients.</summary>
    /// <remarks>
    /// From x = 0, each step minimises x'F x/2 - b'x over one direction more, conjugate to all before: in exact arithmetic the solution stands after as
    /// many steps as F has distinct eigenvalues, and after few steps the error in the directions that matter most is gone. For what is not definite the
    /// iteration stops at the first direction of no positive curvature. b enters scaled by a power of two to a largest element in [1, 2), so that neither
    /// a tiny nor a huge one leaves the range. The attainable error of x is about eps k |x|, with eps = 2^-52 and the condition number k of F.
    /// One product and O(n) per step. Source: Hestenes and Stiefel (1952).
    /// </remarks>
    /// <param name="product">The product with F.</param>
    /// <param name="rightSide">b, n finite numbers.</param>
    /// <param name="solution">Where x goes, n numbers, whatever it held; all NaN if the data or a product held NaN or overflowed.</param>
    /// <param name="iterations">The most steps to take, at least 1.</param>
    /// <param name="tolerance">The residual to reach, as a part of the length of b: at least 0; at 0 the iteration ends with a residual of 0 or with the steps.</param>
    /// <param name="work">At least <see cref="WorkLength"/>(n) elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>Steps, residual, and whether it converged. Not to converge is an outcome, no error.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="product"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="rightSide"/> is empty or has an infinite element; <paramref name="solution"/> is
    /// shorter or overlaps it; the work buffer is too short or overlaps an argument.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is not positive; <paramref name="tolerance"/> is negative, infinite or NaN.</exception>
    public static ConjugateGradientResult ConjugateGradient(
        FisherVectorProduct product, ReadOnlySpan<double> rightSide, Span<double> solution, int iterations, double tolerance, Span<double> work = default)
    {
        ArgumentNullException.ThrowIfNull(product);
        Check.NotEmpty(rightSide.Length, nameof(rightSide));
        Check.FiniteOrNaN(rightSide, nameof(rightSide));
        Check.Apart(rightSide, solution, rightSide.Length, nameof(solution));
        SettingCheck.AtLeast(1, iterations, nameof(iterations));
        SettingCheck.NotNegative(tolerance, nameof(tolerance));
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength(rightSide.Length))
            .ApartFrom(rightSide, nameof(rightSide)).ApartFrom<double>(solution, nameof(solution));
        solution = solution[..rightSide.Length];
        ConjugateGradientResult result = Solve(product, damping: 0, rightSide, solution, iterations, tolerance, buffer.Span, out int exponent);
        foreach (ref double x in solution)
            x = Math.ScaleB(x, exponent);
        return result;
    }

    // x with (F + damping I) x 2^exponent = b; three vectors of work.
    private static ConjugateGradientResult Solve(
        FisherVectorProduct product, double damping, ReadOnlySpan<double> b, Span<double> x, int iterations, double tolerance, Span<double> work, out int exponent)
    {
        int n = b.Length;
        Span<double> residual = work[..n], direction = work.Slice(n, n), image = work.Slice(2 * n, n);
        double largest = Vectors.Largest(b);
        exponent = largest > 0 ? Math.ILogB(largest) : 0;
        for (int i = 0; i < n; i++)
            residual[i] = direction[i] = Math.ScaleB(b[i], -exponent);
        x.Clear();

        double squared = Vectors.Dot(residual, residual), goal = tolerance * Math.Sqrt(squared);
        bool nonPositive = false;
        int step = 0;
        while (step < iterations && Math.Sqrt(squared) > goal)
        {
            Apply(product, damping, direction, image);
            double curvature = Vectors.Dot(direction, image), length = squared / curvature;
            nonPositive = curvature <= 0;
            if (nonPositive)
                break;
            step++;
            for (int i = 0; i < n; i++)
            {
                x[i] = Math.FusedMultiplyAdd(length, direction[i], x[i]);
                residual[i] = Math.FusedMultiplyAdd(-length, image[i], residual[i]);
            }

            double next = Vectors.Dot(residual, residual), share = next / squared;
            for (int i = 0; i < n; i++)
                direction[i] = Math.FusedMultiplyAdd(share, direction[i], residual[i]);
            squared = next;
        }

        if (!double.IsFinite(squared))
        {
            x.Fill(double.NaN);
            return new(step, double.NaN, Converged: false, NonPositiveCurvature: false);
        }

        return new(step, Math.ScaleB(Math.Sqrt(squared), exponent), Math.Sqrt(squared) <= goal, nonPositive);
    }

    private static void Apply(FisherVectorProduct product, double damping, ReadOnlySpan<double> vector, Span<double> destination)
    {
        product(vector, destination);
        for (int i = 0; damping > 0 && i < vector.Length; i++)
            destination[i] = Math.FusedMultiplyAdd(damping, vector[i], destination[i]);
    }
}
