namespace RelativeEntropy.Tensors.Numerics;

/// <summary>
/// Elementary functions that keep their digits where the plain form cancels. Each is differentiable: what a mask leaves out is replaced before
/// it is computed, so that no NaN comes back through it.
/// </summary>
internal static class Elementary
{
    // Scalars are made once. A number that becomes one at each call leaves a small block of native memory to the finalizer, and between large blocks that
    // come and go such leftovers break every hole: a loop over chunks then takes new memory for each.

    // Below this size the series, above it the plain form, which has lost a digit and a half there.
    private static readonly Scalar Near = 0.1;

    // Where e^x has long overflowed in every type.
    private static readonly Scalar Overflowed = 750;

    private static readonly Scalar Infinity = double.PositiveInfinity, MinusInfinity = double.NegativeInfinity;

    private static readonly Scalar Zero = 0, Half = 0.5, One = 1, Two = 2, Six = 6, Twenty = 20, FortyTwo = 42, SeventyTwo = 72;

    // 2/13, 2/11, ..., 2/3: of the series of 2 artanh s.
    private static readonly Scalar[] Artanh = [.. new[] { 13, 11, 9, 7, 5, 3 }.Select(n => (Scalar)(2.0 / n))];

    /// <summary>log x, -infinity with gradient zero at 0.</summary>
    public static Tensor Log(Tensor x)
    {
        Tensor none = x.eq(Zero);
        return x.masked_fill(none, One).log().masked_fill(none, MinusInfinity);
    }

    /// <summary>e^x; +infinity with gradient zero where it overflows.</summary>
    public static Tensor Exp(Tensor x)
    {
        Tensor over = x > Math.Log(torch.finfo(x.dtype).max);
        return x.masked_fill(over, Zero).exp().masked_fill(over, Infinity);
    }

    /// <summary>e^x - 1 - x, never negative; +infinity with gradient zero at both infinities.</summary>
    public static Tensor ExpExcess(Tensor x)
    {
        Tensor near = x.abs() < Near, infinite = x.isinf();
        Tensor far = x.masked_fill(near | infinite, One);
        Tensor excess = torch.where(near, ExpExcessNear(x.masked_fill(~near, Zero)), far.expm1() - far.clamp_max(Overflowed));
        return excess.masked_fill(infinite, Infinity);
    }

    /// <summary>x - log(1 + x), never negative, for x not next to -1: what is near zero there is better given as a ratio.</summary>
    public static Tensor XMinusLog1p(Tensor x)
    {
        Tensor near = x.abs() < Near;
        Tensor far = x.masked_fill(near, One);
        return torch.where(near, XMinusLog1pNear(x.masked_fill(~near, Zero)), far - far.log1p());
    }

    /// <summary>y/x - 1 - log(y/x), never negative, for positive x and y, from their difference y - x.</summary>
    public static Tensor RatioExcess(Tensor x, Tensor y, Tensor difference)
    {
        Tensor near = IsNear(difference, x, Near);
        Tensor far = y.masked_fill(near, One) / x.masked_fill(near, One), logFar = (y.log() - x.log()).masked_fill(near, Zero);
        return torch.where(near, XMinusLog1pNear(Change(difference, x, near)), far - One - logFar);
    }

    /// <inheritdoc cref="RatioExcess(Tensor, Tensor, Tensor)"/>
    public static Tensor RatioExcess(Tensor x, Tensor y) => RatioExcess(x, y, y - x);

    /// <summary>x log(x/y) - x + y, never negative, for positive x and y, from their difference y - x.</summary>
    public static Tensor RelativeEntropy(Tensor x, Tensor y, Tensor difference)
    {
        Tensor near = IsNear(difference, x, Near), change = Change(difference, x, near);
        Tensor logFar = (y.log() - x.log()).masked_fill(near, Zero);
        return torch.where(near, x * XMinusLog1pNear(change), difference - x * logFar);
    }

    /// <summary>log(x/y) for positive x and y, by log(1 + (x - y)/y) where x is near y.</summary>
    public static Tensor LogRatio(Tensor x, Tensor y)
    {
        Tensor difference = x - y, near = IsNear(difference, y, Half);
        return torch.where(near, Change(difference, y, near).log1p(), (x.log() - y.log()).masked_fill(near, Zero));
    }

    /// <summary>
    /// difference^2/by for a positive by, where neither the square underflows nor the quotient overflows unless the whole does.
    /// </summary>
    public static Tensor SquareOver(Tensor difference, Tensor by)
    {
        Tensor small = difference.abs() < Math.Sqrt(torch.finfo(difference.dtype).tiny), tiny = difference.masked_fill(~small, Zero);
        return torch.where(small, tiny / by * tiny, difference.masked_fill(small, Zero).square() / by);
    }

    /// <summary>
    /// log of the sum of e^x along a dimension; +infinity where one element is, -infinity where all are, both with gradient zero.
    /// </summary>
    public static Tensor LogSumExp(Tensor x, long dim)
    {
        Tensor least = x.eq(MinusInfinity).all(dim, keepdim: true), most = x.eq(Infinity).any(dim, keepdim: true);
        Tensor value = x.masked_fill(least | most, Zero).logsumexp(dim);
        return value.masked_fill(least.squeeze(dim), MinusInfinity).masked_fill(most.squeeze(dim), Infinity);
    }

    private static Tensor IsNear(Tensor difference, Tensor x, Scalar share) => difference.abs() < share * x;

    // What is not near is replaced before it is divided: the slope of a quotient overflows long before the quotient,
    // and nothing times infinity is NaN.
    private static Tensor Change(Tensor difference, Tensor x, Tensor near) =>
        difference.masked_fill(~near, Zero) / x.masked_fill(~near, One);

    // 2 sinh^2(x/2) + (sinh x - x).
    private static Tensor ExpExcessNear(Tensor x)
    {
        Tensor square = x * x;
        Tensor odd = Sum(square / Twenty * Sum(square / FortyTwo * Sum(square / SeventyTwo, One), One), One);
        return Sum(Two * (x / Two).sinh().square(), x * square / Six * odd);
    }

    // With s = x/(2 + x), log(1 + x) = 2 artanh s.
    private static Tensor XMinusLog1pNear(Tensor x)
    {
        Tensor s = x / Sum(x, Two), square = s * s;
        Tensor series = Sum(Artanh[0] * square, Artanh[1]);
        foreach (Scalar coefficient in Artanh.AsSpan(2))
            series = Sum(series * square, coefficient);
        return s * (x - square * series);
    }

    // The operators make a Scalar of the factor 1 of their second argument.
    private static Tensor Sum(Tensor x, Tensor y) => x.add(y, One);

    private static Tensor Sum(Tensor x, Scalar y) => x.add(y, One);
}
