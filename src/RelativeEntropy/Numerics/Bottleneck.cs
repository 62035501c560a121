namespace RelativeEntropy.Numerics;

/// <summary>The self-consistent equations of the information bottleneck over one encoder q(t|x), in place.</summary>
internal readonly ref struct Bottleneck
{
    private readonly ReadOnlySpan<double> _joint;
    private readonly int _columns;
    private readonly int _clusters;
    private readonly double _beta;
    private readonly Span<double> _encoder;

    // p(x); q(t); p(t, y), cluster by cluster; the new row of the encoder; p(x, t).
    private readonly Span<double> _rowMass;
    private readonly Span<double> _clusterMass;
    private readonly Span<double> _relevant;
    private readonly Span<double> _fresh;
    private readonly Span<double> _compressed;

    public Bottleneck(ReadOnlySpan<double> joint, int columns, int clusters, double beta, Span<double> encoder, Span<double> work)
    {
        _joint = joint;
        _encoder = encoder;
        (_columns, _clusters, _beta) = (columns, clusters, beta);
        _rowMass = Taken(ref work, joint.Length / columns);
        _clusterMass = Taken(ref work, clusters);
        _relevant = Taken(ref work, clusters * columns);
        _fresh = Taken(ref work, clusters);
        _compressed = Taken(ref work, encoder.Length);
        for (int x = 0; x < _rowMass.Length; x++)
        {
            CompensatedSum sum = default;
            for (int y = 0; y < columns; y++)
                sum.Add(joint[x * columns + y]);
            _rowMass[x] = sum.Value;
        }
    }

    public static int WorkLength(int rows, int columns, int clusters) => checked(rows + 2 * clusters + clusters * columns + rows * clusters);

    /// <summary>One iteration; the mean over x of KL(old q(t|x) || new q(t|x)).</summary>
    public double Advance()
    {
        Decode();
        CompensatedSum move = default;
        for (int x = 0; x < _rowMass.Length; x++)
        {
            if (_rowMass[x] == 0)
                continue;
            Span<double> row = _encoder.Slice(x * _clusters, _clusters);
            bool anyLeft = false;
            for (int t = 0; t < _clusters; t++)
            {
                _fresh[t] = _clusterMass[t] == 0 ? double.NegativeInfinity : Elementary.Log(_clusterMass[t]) - (_beta == 0 ? 0 : _beta * Divergence(x, t));
                anyLeft |= double.IsFinite(_fresh[t]);
            }

            // Where every product p(x, y) q(t|x) has underflowed there is nothing to go by.
            if (!anyLeft)
                continue;
            Logits.Softmax(_fresh, _fresh);
            for (int t = 0; t < _clusters; t++)
            {
                move.Add(_rowMass[x] * Terms.KullbackLeibler(row[t], _fresh[t]));
                row[t] = _fresh[t];
            }
        }

        return move.Value;
    }

    /// <summary>I(T;X).</summary>
    public double Rate()
    {
        for (int x = 0; x < _rowMass.Length; x++)
        {
            for (int t = 0; t < _clusters; t++)
                _compressed[x * _clusters + t] = _rowMass[x] * _encoder[x * _clusters + t];
        }

        return Dependence.Sum<double, MutualTerm>(new(_compressed, _rowMass.Length, _clusters)).Value;
    }

    /// <summary>I(T;Y).</summary>
    public double Relevance()
    {
        Decode();
        return Dependence.Sum<double, MutualTerm>(new(_relevant, _clusters, _columns)).Value;
    }

    // q(t) and p(t, y) of the present encoder.
    private void Decode()
    {
        for (int t = 0; t < _clusters; t++)
        {
            CompensatedSum mass = default;
            for (int y = 0; y < _columns; y++)
            {
                CompensatedSum sum = default;
                for (int x = 0; x < _rowMass.Length; x++)
                    sum.Add(_joint[x * _columns + y] * _encoder[x * _clusters + t]);
                _relevant[t * _columns + y] = sum.Value;
                mass.Add(sum.Value);
            }

            _clusterMass[t] = mass.Value;
        }
    }

    // KL(p(y|x) || q(y|t)).
    private double Divergence(int x, int t)
    {
        CompensatedSum sum = default;
        for (int y = 0; y < _columns; y++)
            sum.Add(Terms.KullbackLeibler(_joint[x * _columns + y] / _rowMass[x], _relevant[t * _columns + y] / _clusterMass[t]));
        return sum.Value;
    }

    private static Span<double> Taken(scoped ref Span<double> work, int length)
    {
        Span<double> taken = work[..length];
        work = work[length..];
        return taken;
    }
}
