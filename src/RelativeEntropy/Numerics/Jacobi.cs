namespace RelativeEntropy.Numerics;

/// <summary>Rotations in the plane until what should vanish does (Jacobi 1846; one-sided: Hestenes 1958).</summary>
internal static class Jacobi
{
    private const int Sweeps = 60;
    private const double Negligible = 1.1102230246251565e-16;
    private const double NegligibleRow = 1e-30;

    /// <summary>The eigenvalues of a symmetric matrix on its diagonal, and the eigenvectors as the rows of <paramref name="vectors"/>.</summary>
    public static void Eigen(Span<double> a, int d, Span<double> vectors)
    {
        vectors.Clear();
        for (int i = 0; i < d; i++)
            vectors[i * d + i] = 1;
        bool rotated = true;
        for (int sweep = 0; rotated && sweep < Sweeps; sweep++)
        {
            rotated = false;
            for (int p = 0; p < d; p++)
            {
                for (int q = p + 1; q < d; q++)
                {
                    double off = a[p * d + q];
                    if (!(Math.Abs(off) > Negligible * Math.Sqrt(Math.Abs(a[p * d + p])) * Math.Sqrt(Math.Abs(a[q * d + q]))))
                        continue;
                    rotated = true;
                    (double c, double s) = Rotation(a[p * d + p], a[q * d + q], off);
                    for (int k = 0; k < d; k++)
                        (a[p * d + k], a[q * d + k]) = (c * a[p * d + k] - s * a[q * d + k], s * a[p * d + k] + c * a[q * d + k]);
                    for (int k = 0; k < d; k++)
                        (a[k * d + p], a[k * d + q]) = (c * a[k * d + p] - s * a[k * d + q], s * a[k * d + p] + c * a[k * d + q]);
                    a[p * d + q] = a[q * d + p] = 0;
                    Rotate(vectors.Slice(p * d, d), vectors.Slice(q * d, d), c, s);
                }
            }
        }
    }

    /// <summary>Rotates the rows of a square matrix until they are orthogonal: J A = diag(norms) V. J goes to <paramref name="rotations"/>;
    /// the norms are the singular values.</summary>
    /// <remarks>More rows than the rank cannot be orthogonal to each other, what is left of them is rounding: below 1e-30 of the whole it
    /// counts as zero.</remarks>
    public static void Orthogonalise(Span<double> a, int d, Span<double> rotations, Span<double> norms)
    {
        rotations.Clear();
        for (int i = 0; i < d; i++)
            rotations[i * d + i] = 1;
        double negligible = 0;
        foreach (double x in a)
            negligible = Math.FusedMultiplyAdd(x, NegligibleRow * NegligibleRow * x, negligible);
        bool rotated = true;
        for (int sweep = 0; rotated && sweep < Sweeps; sweep++)
        {
            rotated = false;
            for (int p = 0; p < d; p++)
            {
                for (int q = p + 1; q < d; q++)
                {
                    Span<double> x = a.Slice(p * d, d), y = a.Slice(q * d, d);
                    double xx = 0, yy = 0, xy = 0;
                    for (int k = 0; k < d; k++)
                    {
                        xx = Math.FusedMultiplyAdd(x[k], x[k], xx);
                        yy = Math.FusedMultiplyAdd(y[k], y[k], yy);
                        xy = Math.FusedMultiplyAdd(x[k], y[k], xy);
                    }

                    if (Math.Min(xx, yy) <= negligible || !(Math.Abs(xy) > d * Negligible * Math.Sqrt(xx) * Math.Sqrt(yy)))
                        continue;
                    rotated = true;
                    (double c, double s) = Rotation(xx, yy, xy);
                    Rotate(x, y, c, s);
                    Rotate(rotations.Slice(p * d, d), rotations.Slice(q * d, d), c, s);
                }
            }
        }

        for (int p = 0; p < d; p++)
        {
            ScaledSquares squares = default;
            foreach (double x in a.Slice(p * d, d))
                squares.Add(x);
            norms[p] = squares.Root * squares.Root <= negligible ? 0 : squares.Root;
        }
    }

    // The smaller angle that makes the off-diagonal element of [[x, off], [off, y]] vanish.
    private static (double C, double S) Rotation(double x, double y, double off)
    {
        double theta = (y - x) / (2 * off);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + double.Hypot(1, theta));
        double c = 1 / Math.Sqrt(1 + t * t);
        return (c, t * c);
    }

    private static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        for (int k = 0; k < x.Length; k++)
            (x[k], y[k]) = (c * x[k] - s * y[k], s * x[k] + c * y[k]);
    }
}
