using MathNet.Numerics.LinearAlgebra;

namespace Course.Models;

/// <summary>Probabilistic principal component analysis, fitted by maximum likelihood in closed form: x = W z + mean + noise, z ~ N(0, I), noise ~ N(0, variance I).</summary>
/// <remarks>
/// With the eigenvalues l_1 >= ... >= l_n of the sample covariance (divided by the number of rows) and its eigenvectors u_j: the variance is the mean of
/// l_(d+1), ..., l_n, and column j of W is u_j sqrt(l_j - variance). W is determined up to a rotation of z; this one has orthogonal columns, the largest
/// element of each positive. Source: Tipping and Bishop (1999).
/// </remarks>
public sealed class ProbabilisticPca
{
    /// <summary>2^-52.</summary>
    private const double Roundoff = 2.220446049250313e-16;

    private ProbabilisticPca(double[] mean, double[] eigenvalues, double[] weights, double variance, int latentDimensions)
    {
        Mean = mean;
        Eigenvalues = eigenvalues;
        Weights = weights;
        Variance = variance;
        LatentDimensions = latentDimensions;
    }

    /// <summary>The sample mean, n numbers.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>The eigenvalues of the sample covariance, in descending order.</summary>
    public IReadOnlyList<double> Eigenvalues { get; }

    /// <summary>W, n x d, row-major.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The variance of the noise.</summary>
    public double Variance { get; }

    /// <summary>d.</summary>
    public int LatentDimensions { get; }

    /// <summary>n.</summary>
    public int DataDimensions => Mean.Count;

    /// <summary>Fits the model. Time O(rows n^2 + n^3).</summary>
    /// <param name="x">At least two rows, row-major.</param>
    /// <param name="dataDimensions">n, the length of a row, at least 2.</param>
    /// <param name="latentDimensions">d, below n.</param>
    /// <returns>The model of the greatest likelihood.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is not a whole number of rows, two at least, has a number that is not finite, or lies on a subspace of d dimensions, where the likelihood has no maximum.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is not positive, or d is not below n.</exception>
    public static ProbabilisticPca Fit(ReadOnlySpan<double> x, int dataDimensions, int latentDimensions)
    {
        int n = dataDimensions, d = latentDimensions;
        Shape.Positive(n, nameof(dataDimensions));
        Shape.Positive(d, nameof(latentDimensions));
        if (d >= n)
            throw new ArgumentOutOfRangeException(nameof(latentDimensions), d, FormattableString.Invariant($"latentDimensions = {d}; it must be below the {n} dimensions of the data."));
        int rows = Shape.Rows(x.Length, n, nameof(x));
        if (rows < 2)
            throw new ArgumentException("x has one row; a covariance needs two at least.", nameof(x));
        Shape.Finite(x, nameof(x));

        double[] mean = new double[n], centred = x.ToArray(), covariance = new double[n * n];
        DenseKernels.AddColumns(x, mean);
        for (int j = 0; j < n; j++)
            mean[j] /= rows;
        for (int i = 0; i < centred.Length; i++)
            centred[i] -= mean[i % n];
        DenseKernels.MultiplyAdd(centred, 1, n, centred, covariance, n, rows, n);
        for (int i = 0; i < covariance.Length; i++)
            covariance[i] /= rows;

        var decomposition = Matrix<double>.Build.Dense(n, n, covariance).Evd(Symmetricity.Symmetric);
        double[] eigenvalues = [.. decomposition.EigenValues.Select(value => Math.Max(value.Real, 0)).Reverse()];
        double variance = eigenvalues[d..].Average();
        if (variance <= eigenvalues[0] * n * Roundoff)
            throw new ArgumentException(FormattableString.Invariant($"x lies on a subspace of {d} dimensions up to rounding; take fewer latent dimensions."), nameof(x));

        double[] weights = new double[n * d];
        for (int j = 0; j < d; j++)
        {
            double[] vector = decomposition.EigenVectors.Column(n - 1 - j).ToArray();
            double sign = Math.Sign(vector.MaxBy(Math.Abs)), scale = sign * Math.Sqrt(eigenvalues[j] - variance);
            for (int i = 0; i < n; i++)
                weights[i * d + j] = scale * vector[i];
        }

        return new(mean, eigenvalues, weights, variance, d);
    }

    /// <summary>The mean over rows of log N(x; mean, W W' + variance I), in nats.</summary>
    /// <remarks>W'W is diagonal, so that determinant and inverse are those of d numbers: O(n d) for each row (Woodbury 1950).</remarks>
    /// <param name="x">One or more rows.</param>
    /// <returns>The mean. Of the rows fitted it is -(n log 2 pi + the sum of log l_j, those beyond d replaced by the variance, + n)/2.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is not a whole number of rows.</exception>
    public double LogLikelihood(ReadOnlySpan<double> x)
    {
        int n = DataDimensions, d = LatentDimensions, rows = Shape.Rows(x.Length, n, nameof(x));
        double[] spread = [.. Eigenvalues.Take(d)];
        double[] projection = new double[d];
        double logDeterminant = spread.Sum(Math.Log) + (n - d) * Math.Log(Variance), distance = 0;
        for (int row = 0; row < rows; row++)
        {
            double square = 0;
            Array.Clear(projection);
            for (int i = 0; i < n; i++)
            {
                double offset = x[row * n + i] - Mean[i];
                square += offset * offset;
                for (int j = 0; j < d; j++)
                    projection[j] += Weights[i * d + j] * offset;
            }

            distance += (square - projection.Zip(spread, (p, s) => p * p / s).Sum()) / Variance;
        }

        return -0.5 * (n * Math.Log(2 * Math.PI) + logDeterminant + distance / rows);
    }
}
