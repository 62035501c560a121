namespace Course.Models;

/// <summary>
/// The natural logarithm from arithmetic alone. <see cref="RelativeEntropy.Terms"/> has one as good, but may improve its last bit in another version, and
/// what is drawn from a seed may not: one other bit in the noise, and a learner's history is another.
/// </summary>
internal static class Logarithm
{
    // ln 2 = Ln2 + Ln2Tail to 107 bits.
    private const double Ln2 = 0.6931471805599453, Ln2Tail = 2.3190468138462996e-17;
    private const long ExponentMask = unchecked((long)0xFFF0_0000_0000_0000), HalfExponent = 1L << 51;

    /// <summary>ln x for a positive normal x, error below 1 unit in the last place.</summary>
    /// <remarks>x = 2^k m with m in [2/3, 4/3], s = (m - 1)/(m + 1): ln x = k ln 2 + 2 artanh s, and the rounding of s is put back.</remarks>
    /// <param name="x">At least 2^-1022, finite.</param>
    /// <returns>ln x.</returns>
    public static double Of(double x)
    {
        long shift = BitConverter.DoubleToInt64Bits(x) - BitConverter.DoubleToInt64Bits(1) + HalfExponent;
        double k = shift >> 52, m = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) - (shift & ExponentMask));
        double sum = m + 1, sumTail = m - (sum - 1), reciprocal = 1 / sum;
        double s = (m - 1) * reciprocal, sTail = (Math.FusedMultiplyAdd(-s, sum, m - 1) - s * sumTail) * reciprocal;
        double rest = 2 * sTail + s * (s * s) * Series(s * s);

        double whole = k * Ln2, wholeTail = Math.FusedMultiplyAdd(k, Ln2, -whole) + k * Ln2Tail;
        double head = whole + 2 * s, virtualS = head - whole;
        double headTail = (whole - (head - virtualS)) + (2 * s - virtualS);
        return head + (headTail + (wholeTail + rest));
    }

    /// <summary>Q(t) of 2 artanh s = 2 s + s^3 Q(s^2) on |s| at most 1/5: a near-minimax fit, absolute error 4e-17.</summary>
    private static double Series(double t)
    {
        double u = t * t;
        double even = Math.FusedMultiplyAdd(u, 0.13209708242059462, 0.18181737626302938);
        double odd = Math.FusedMultiplyAdd(u, 0.13609030262858499, 0.15388867805613718);
        even = Math.FusedMultiplyAdd(u, even, 0.28571428567275936);
        odd = Math.FusedMultiplyAdd(u, odd, 0.2222222304835159);
        even = Math.FusedMultiplyAdd(u, even, 0.6666666666666666);
        odd = Math.FusedMultiplyAdd(u, odd, 0.4000000000000794);
        return Math.FusedMultiplyAdd(t, odd, even);
    }
}
