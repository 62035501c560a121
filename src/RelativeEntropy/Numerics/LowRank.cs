using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>
/// Two covariances W W' + diag v of one dimension d, padded to one rank r, with M = I + W1' V1^-1 W1 = N N' and K = V1^-1 W1 N^-T:
/// the inverse of the second is V1^-1 - K K' (Woodbury 1950), its determinant det V1 det M.
/// </summary>
internal ref struct LowRank
{
    private int _d, _r;
    private Span<double> _w0, _w1, _k, _step, _solved, _n, _m0, _c, _v0, _v1, _x, _y;

    /// <summary>The rank; the lengths, finite means and factors, positive variances checked.</summary>
    public static int CheckArguments<T>(ReadOnlySpan<T> mean, ReadOnlySpan<T> factor, ReadOnlySpan<T> diagonal, bool isFirst)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        (string meanName, string factorName, string diagonalName) = isFirst ? ("mean0", "factor0", "diagonal0") : ("mean1", "factor1", "diagonal1");
        int d = mean.Length;
        Check.SameNonZeroLength(d, diagonal.Length, meanName, diagonalName);
        if (factor.Length % d != 0)
            throw new ArgumentException(FormattableString.Invariant($"{factorName} has {factor.Length} elements; a matrix of {d} rows has a multiple of {d}."), factorName);
        Check.FiniteOrNaN(mean, meanName);
        Check.FiniteOrNaN(factor, factorName);
        Check.PositiveOrNaN(diagonal, diagonalName);
        return factor.Length / d;
    }

    /// <summary>An element of W W' + diag v, and its difference from a number, as if computed in twice the precision.</summary>
    public static (double Element, double Difference) Element<T>(ReadOnlySpan<T> factor, ReadOnlySpan<T> diagonal, int r, int i, int j, double other)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        CompensatedSum sum = default;
        for (int k = 0; k < r; k++)
            sum.Add(new TwoPart(double.CreateTruncating(factor[i * r + k]), 0).Times(double.CreateTruncating(factor[j * r + k])));
        if (i == j)
            sum.Add(double.CreateTruncating(diagonal[i]));
        double element = sum.Value;
        sum.Add(-other);
        return (element, sum.Value);
    }

    public static LowRank In(Span<double> work, int d, int r)
    {
        int dr = d * r, rr = r * r;
        Span<double> small = work[(6 * dr)..], vectors = small[(11 * rr)..];
        return new()
        {
            _d = d,
            _r = r,
            _w0 = work[..dr],
            _w1 = work.Slice(dr, dr),
            _k = work.Slice(2 * dr, dr),
            _step = work.Slice(3 * dr, dr),
            _solved = work.Slice(4 * dr, dr),
            _n = small[..rr],
            _m0 = small.Slice(rr, rr),
            _c = small.Slice(2 * rr, 9 * rr),
            _v0 = vectors[..d],
            _v1 = vectors.Slice(d, d),
            _x = vectors.Slice(2 * d, r),
            _y = vectors.Slice(2 * d + r, r),
        };
    }

    public void Load<T>(ReadOnlySpan<T> factor0, ReadOnlySpan<T> diagonal0, int r0, ReadOnlySpan<T> factor1, ReadOnlySpan<T> diagonal1, int r1)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < _d; i++)
        {
            _v0[i] = double.CreateTruncating(diagonal0[i]);
            _v1[i] = double.CreateTruncating(diagonal1[i]);
            for (int k = 0; k < _r; k++)
            {
                _w0[i * _r + k] = k < r0 ? double.CreateTruncating(factor0[i * r0 + k]) : 0;
                _w1[i * _r + k] = k < r1 ? double.CreateTruncating(factor1[i * r1 + k]) : 0;
            }
        }

        FactorCapacitance(_w1, _v1, _n);
        for (int i = 0; i < _d; i++)
        {
            Span<double> row = _k.Slice(i * _r, _r);
            for (int k = 0; k < _r; k++)
                row[k] = _w1[i * _r + k] / _v1[i];
            Triangular.Solve(_n, _r, row);
        }
    }

    /// <summary>(m0 - m1)' S1^-1 (m0 - m1), as the least of |V1^(-1/2) (m0 - m1 - W1 x)|^2 + |x|^2: a sum of squares.</summary>
    public readonly double SquaredLength<T>(ReadOnlySpan<T> mean0, ReadOnlySpan<T> mean1)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        _x.Clear();
        for (int i = 0; i < _d; i++)
        {
            double difference = double.CreateTruncating(mean0[i]) - double.CreateTruncating(mean1[i]);
            for (int k = 0; k < _r; k++)
                _x[k] = Math.FusedMultiplyAdd(_k[i * _r + k], difference, _x[k]);
        }

        Triangular.SolveTransposed(_n, _r, _x);
        CompensatedSum sum = default;
        for (int i = 0; i < _d; i++)
        {
            double rest = double.CreateTruncating(mean0[i]) - double.CreateTruncating(mean1[i]);
            for (int k = 0; k < _r; k++)
                rest = Math.FusedMultiplyAdd(-_w1[i * _r + k], _x[k], rest);
            sum.Add(NormalTerms.SquaredDifference(rest, 0, _v1[i]));
        }

        foreach (double x in _x)
            sum.Add(x * x);
        return sum.Value;
    }

    /// <summary>
    /// tr F - log det(I + F) for F = S1^-1 (S0 - S1) = D + P Q', where D = diag(v0/v1 - 1), P = [K, S1^-1 (W0 - W1), S1^-1 W1] and
    /// Q = [-(v0 - v1) K, W0, W0 - W1]: every first-order term cancels on paper. NaN where the covariances are not near enough.
    /// </summary>
    public readonly double NearSpread()
    {
        int size = 3 * _r;
        CompensatedSum sum = default;
        Span<double> product = _m0;
        product.Clear();
        for (int i = 0; i < _d; i++)
        {
            if (!(Math.Abs(_v0[i] - _v1[i]) <= 0.5 * _v1[i]))
                return double.NaN;
            sum.Add(LogRatio.ItakuraSaito(_v0[i], _v1[i]));
            for (int k = 0; k < _r; k++)
            {
                _step[i * _r + k] = _w0[i * _r + k] - _w1[i * _r + k];
                for (int j = 0; j <= k; j++)
                {
                    product[j * _r + k] = Math.FusedMultiplyAdd(_k[i * _r + j], _step[i * _r + k], product[j * _r + k]);
                    if (j < k)
                        product[k * _r + j] = Math.FusedMultiplyAdd(_k[i * _r + k], _step[i * _r + j], product[k * _r + j]);
                }
            }
        }

        _c.Clear();
        for (int i = 0; i < _d; i++)
        {
            double u = (_v0[i] - _v1[i]) / _v1[i], dot = 0;
            _k.Slice(i * _r, _r).CopyTo(_y);
            Triangular.SolveTransposed(_n, _r, _y);
            for (int k = 0; k < _r; k++)
            {
                double solved = _step[i * _r + k] / _v1[i];
                for (int j = 0; j < _r; j++)
                    solved = Math.FusedMultiplyAdd(-_k[i * _r + j], product[j * _r + k], solved);
                _solved[i * _r + k] = solved;
            }

            for (int a = 0; a < size; a++)
            {
                double left = Left(i, a);
                dot = Math.FusedMultiplyAdd(left, Right(i, a), dot);
                for (int b = 0; b < size; b++)
                    _c[a * size + b] += left / (1 + u) * Right(i, b);
            }

            sum.Add(u / (1 + u) * dot);
        }

        // I + C = L U: tr C - log det(I + C) is the sum of w - log(1 + w) over the diagonal 1 + w of U, and of the products that w left of C's.
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                double element = _c[i * size + j];
                for (int k = 0; k < Math.Min(i, j); k++)
                {
                    double part = _c[i * size + k] * _c[k * size + j];
                    element -= part;
                    if (i == j)
                        sum.Add(part);
                }

                _c[i * size + j] = j < i ? element / (1 + _c[j * size + j]) : element;
            }

            double w = _c[i * size + i];
            if (!(Math.Abs(w) <= 0.5))
                return double.NaN;
            sum.Add(Elementary.XMinusLog1p(w));
        }

        return sum.Value;
    }

    /// <summary>The same from its parts, which cancel where the covariances are near.</summary>
    public readonly double FarSpread()
    {
        CompensatedSum sum = default;
        for (int i = 0; i < _d; i++)
        {
            sum.Add(LogRatio.ItakuraSaito(_v0[i], _v1[i]));
            for (int k = 0; k < _r; k++)
                sum.Add(-_v0[i] * _k[i * _r + k] * _k[i * _r + k]);
        }

        for (int column = 0; column < _r; column++)
        {
            _x.Clear();
            for (int i = 0; i < _d; i++)
            {
                for (int k = 0; k < _r; k++)
                    _x[k] = Math.FusedMultiplyAdd(_k[i * _r + k], _w0[i * _r + column], _x[k]);
            }

            Triangular.SolveTransposed(_n, _r, _x);
            for (int i = 0; i < _d; i++)
            {
                double rest = _w0[i * _r + column];
                for (int k = 0; k < _r; k++)
                    rest = Math.FusedMultiplyAdd(-_w1[i * _r + k], _x[k], rest);
                sum.Add(rest * rest / _v1[i]);
            }

            foreach (double x in _x)
                sum.Add(x * x);
        }

        FactorCapacitance(_w0, _v0, _m0);
        for (int k = 0; k < _r; k++)
            sum.Add(2 * LogRatio.Of(_n[k * _r + k], _m0[k * _r + k]));
        return sum.Value;
    }

    private readonly double Left(int i, int a) =>
        a < _r ? (_v1[i] - _v0[i]) * _k[i * _r + a]
        : a < 2 * _r ? _w0[i * _r + a - _r]
        : _step[i * _r + a - 2 * _r];

    private readonly double Right(int i, int b) =>
        b < _r ? _k[i * _r + b]
        : b < 2 * _r ? _solved[i * _r + b - _r]
        : _y[b - 2 * _r];

    /// <summary>The Cholesky factor of I + W' V^-1 W.</summary>
    private readonly void FactorCapacitance(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> factor)
    {
        for (int j = 0; j < _r; j++)
        {
            for (int k = 0; k <= j; k++)
            {
                CompensatedSum sum = default;
                sum.Add(j == k ? 1.0 : 0.0);
                for (int i = 0; i < _d; i++)
                    sum.Add(w[i * _r + j] / v[i] * w[i * _r + k]);
                factor[j * _r + k] = sum.Value;
            }
        }

        Cholesky.Factor(factor, _r);
    }
}
