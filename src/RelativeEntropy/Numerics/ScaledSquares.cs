namespace RelativeEntropy.Numerics;

/// <summary>The square root of a sum of squares that neither overflow nor underflow on the way (Blue 1978): each is divided by a power of two near the largest.</summary>
internal struct ScaledSquares
{
    private CompensatedSum _squares;
    private int _exponent;
    private bool _any;

    public void Add(double x)
    {
        if (x == 0)
            return;
        if (!double.IsFinite(x))
        {
            _squares.Add(x * x);
            return;
        }

        int exponent = Math.ILogB(x);
        if (!_any || exponent > _exponent + 400)
        {
            CompensatedSum rescaled = default;
            rescaled.Add(_any ? Math.ScaleB(_squares.Value, 2 * (_exponent - exponent)) : _squares.Value);
            (_squares, _exponent, _any) = (rescaled, exponent, true);
        }

        double scaled = Math.ScaleB(x, -_exponent);
        _squares.Add(scaled * scaled);
    }

    public readonly double Root => Math.ScaleB(Math.Sqrt(_squares.Value), _exponent);
}
