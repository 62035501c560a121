namespace RelativeEntropy.Numerics;

/// <summary>The integral of the divergence of two densities and of both masses: pieces of an interval, of which the worst is halved until
/// all are good enough.</summary>
internal sealed class AdaptiveIntegral(Func<double, double> logP, Func<double, double> logQ, double lower, double upper)
{
    // So well the masses are integrated, so well they must be known to be checked, and so near they must be to one.
    private const double MassError = 1.0 / (1 << 28), LargestMassError = 1.0 / (1 << 20), MassTolerance = 1.0 / (1 << 26);

    // Below this value the tolerance no longer counts as relative.
    private const double Smallest = 2.220446049250313e-16;

    private const double AtPole = 16;

    // At a pole both rules err alike: for t^-0.9 Kronrod's error is 8 times their difference.
    private const double AtEnd = 8;

    // How far from a peak the interval is cut, in its widths.
    private static readonly int[] Widths = [1, 2, 4, 8, 16, 64, 1024];

    private readonly PriorityQueue<Piece, double> _pieces = new(Comparer<double>.Create((a, b) => b.CompareTo(a)));
    private int _evaluations;
    private bool _anyNaN;

    public QuadratureResult Of(double tolerance, int evaluations)
    {
        double[] cuts = Cuts();
        if (_anyNaN)
            return NotANumber;
        List<Piece> pieces = [.. Lines(cuts).Select(Integrated)];
        foreach (Piece piece in pieces)
            _pieces.Enqueue(piece, 0);
        Sums sums = Sum(tolerance);
        _pieces.Clear();
        foreach (Piece piece in pieces)
            _pieces.Enqueue(piece, sums.Urgency(piece));

        while (!_anyNaN && double.IsFinite(sums.Divergence))
        {
            if (sums.AreGood)
            {
                // The running sums have lost digits to what was taken out of them.
                sums = Sum(tolerance);
                if (sums.AreGood)
                    break;
            }

            if (_evaluations >= evaluations || !_pieces.TryDequeue(out Piece? worst, out double urgency))
                break;
            double middle = worst.From + 0.5 * (worst.To - worst.From);
            if (urgency == 0 || !(middle > worst.From && middle < worst.To))
            {
                _pieces.Enqueue(worst, 0);
                if (urgency == 0)
                    break;
                continue;
            }

            Piece left = Integrated(worst with { To = middle }), right = Integrated(worst with { From = middle });
            sums.Add(worst, -1);
            sums.Add(left, 1);
            sums.Add(right, 1);
            _pieces.Enqueue(left, sums.Urgency(left));
            _pieces.Enqueue(right, sums.Urgency(right));
        }

        return _anyNaN ? NotANumber : Result(Sum(tolerance));
    }

    private QuadratureResult NotANumber => new(double.NaN, double.NaN, _evaluations, Converged: false);

    private QuadratureResult Result(Sums sums)
    {
        if (double.IsInfinity(sums.Divergence))
            return new(double.PositiveInfinity, 0, _evaluations, Converged: true);
        if (!(Math.Abs(sums.P - 1) <= MassTolerance + sums.ErrorOfP))
            throw Mass(nameof(logP), sums.P, "to 1; normalise it, or give an interval that holds all its mass and is not much wider");
        if (!(sums.Q <= 1 + MassTolerance + sums.ErrorOfQ))
            throw Mass(nameof(logQ), sums.Q, "to at most 1; normalise it");
        bool areMassesKnown = sums.ErrorOfP <= LargestMassError && sums.ErrorOfQ <= LargestMassError;
        return new(sums.Value, sums.Error, _evaluations, areMassesKnown && sums.Error <= sums.Target);
    }

    // A mass beyond the largest double comes out as NaN where parts of it were taken out of the sum again.
    private ArgumentException Mass(string name, double sum, string remedy)
    {
        double mass = double.IsNaN(sum) ? double.PositiveInfinity : sum;
        return new(
            FormattableString.Invariant($"{name} integrates to {mass:G10} over [{lower}, {upper}], not within {MassTolerance:G3} {remedy}."),
            name);
    }

    private Sums Sum(double tolerance)
    {
        CompensatedSum divergence = default, p = default, q = default;
        Sums sums = new(tolerance);
        foreach ((Piece piece, _) in _pieces.UnorderedItems)
        {
            divergence.Add(piece.Integral.Divergence);
            p.Add(piece.Integral.P);
            q.Add(piece.Integral.Q);
            sums.Add(piece, 1);
        }

        return sums with { Divergence = divergence.Value, P = p.Value, Q = q.Value };
    }

    private Piece Integrated(Piece piece)
    {
        double middle = 0.5 * (piece.From + piece.To), half = 0.5 * (piece.To - piece.From);
        if (half == 0)
            return piece;   // Not even the smallest number wide: nothing of it counts, whatever its height.
        DensityTerms kronrod = Kronrod.Weights[^1] * At(piece.Line, middle), gauss = Kronrod.GaussWeights[^1] * At(piece.Line, middle);
        for (int i = 0; i < Kronrod.Nodes.Length; i++)
        {
            DensityTerms both = At(piece.Line, middle - half * Kronrod.Nodes[i]) + At(piece.Line, middle + half * Kronrod.Nodes[i]);
            kronrod += Kronrod.Weights[i] * both;
            if (i % 2 == 1)
                gauss += Kronrod.GaussWeights[i / 2] * both;
        }

        DensityTerms integral = half * kronrod, other = half * gauss;
        double factor = piece.From == 0 && piece.Line.Kind != LineKind.Straight ? AtEnd : 1;
        return piece with
        {
            Integral = integral,
            Error = factor * new DensityTerms(
                Math.Abs(integral.Divergence - other.Divergence), Math.Abs(integral.P - other.P), Math.Abs(integral.Q - other.Q), 0),
        };
    }

    private DensityTerms At(Line line, double t)
    {
        (double x, double weight) = line.At(t);
        x = Math.Clamp(x, Math.BitIncrement(lower), Math.BitDecrement(upper));
        _evaluations++;
        double ofP = logP(x), ofQ = logQ(x);
        _anyNaN |= double.IsNaN(ofP) || double.IsNaN(ofQ);
        if (double.IsPositiveInfinity(ofP) || double.IsPositiveInfinity(ofQ))
        {
            string name = double.IsPositiveInfinity(ofP) ? nameof(logP) : nameof(logQ);
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{name} is Infinity at {x}; inside the interval a log-density must be below it: let the interval begin or end there."),
                name);
        }

        return DensityTerms.At(ofP, ofQ, weight).Uncertain(line.Uncertainty(t));
    }

    /// <summary>Where the interval is cut first: about the peak of each density, at growing distances in its own widths.</summary>
    private double[] Cuts()
    {
        double[] scan = Scan();
        SortedSet<double> cuts = [];
        foreach (Func<double, double> density in new[] { logP, logQ })
        {
            double Height(double x)
            {
                _evaluations++;
                double height = density(x);
                _anyNaN |= double.IsNaN(height);
                return double.IsPositiveInfinity(height) ? double.NegativeInfinity : height;
            }

            (double peak, double height) = Highest(Height, scan);
            if (!double.IsFinite(height))
                continue;
            double below = Width(Height, peak, height, -1), above = Width(Height, peak, height, 1);

            // A pole at an end, where width and distance go to 0 together, is no place to cut.
            if (above < AtPole * (peak - lower) && peak <= scan[1] || below < AtPole * (upper - peak) && peak >= scan[^2])
                continue;

            // Nor is a peak at an end: what lies between is left to the piece that begins there.
            bool isAtLower = peak - lower < above / AtPole, isAtUpper = upper - peak < below / AtPole;
            if (!isAtLower)
                cuts.UnionWith(Widths.Select(n => peak - n * below));
            if (!isAtUpper)
                cuts.UnionWith(Widths.Select(n => peak + n * above));
            if (!isAtLower && !isAtUpper)
                cuts.Add(peak);
        }

        cuts.Add(double.IsFinite(upper - lower) ? 0.5 * lower + 0.5 * upper
            : double.IsFinite(lower) ? lower + Math.Max(1, Math.Abs(lower))
            : double.IsFinite(upper) ? upper - Math.Max(1, Math.Abs(upper))
            : 0);
        return [.. cuts.Where(x => x > lower && x < upper && double.IsFinite(x))];
    }

    // Points at all scales from the ends, or from 0 where there is none.
    private double[] Scan()
    {
        const int Scales = 64, FarScales = 1008, FarStep = 16;
        SortedSet<double> points = [];
        for (int k = -FarScales; k <= FarScales; k += Math.Abs(k + 0.5) < Scales ? 1 : FarStep)
        {
            double step = Math.ScaleB(1, k), part = double.IsFinite(upper - lower) ? upper - lower : 1;
            if (double.IsFinite(lower))
                points.Add(lower + part * step);
            if (double.IsFinite(upper))
                points.Add(upper - part * step);
            if (double.IsInfinity(lower) && double.IsInfinity(upper))
                points.UnionWith([-step, 0, step]);
        }

        for (int k = 1; double.IsFinite(upper - lower) && k < Scales; k++)
            points.Add(lower + (upper - lower) / Scales * k);
        return [.. points.Where(x => x > lower && x < upper && double.IsFinite(x))];
    }

    // By golden section about the highest of the points.
    private static (double Peak, double Height) Highest(Func<double, double> height, double[] scan)
    {
        double[] heights = [.. scan.Select(height)];
        int top = 0;
        for (int i = 1; i < heights.Length; i++)
            top = heights[i] > heights[top] ? i : top;
        double left = scan[Math.Max(top - 1, 0)], right = scan[Math.Min(top + 1, scan.Length - 1)], section = 0.5 * (Math.Sqrt(5) - 1);
        (double peak, double most) = (scan[top], heights[top]);
        double a = right - section * (right - left), b = left + section * (right - left), atA = height(a), atB = height(b);
        for (int step = 0; step < 100 && a < b; step++)
        {
            if (atA > most)
                (peak, most) = (a, atA);
            if (atB > most)
                (peak, most) = (b, atB);
            if (atA >= atB)
            {
                (right, b, atB) = (b, a, atA);
                a = right - section * (right - left);
                atA = height(a);
            }
            else
            {
                (left, a, atA) = (a, b, atB);
                b = left + section * (right - left);
                atB = height(b);
            }
        }

        return (peak, most);
    }

    /// <summary>How far one must go from a peak for the density to fall to 1/e.</summary>
    private double Width(Func<double, double> height, double peak, double most, int sign)
    {
        const double Growth = 16;
        double width = Math.BitIncrement(Math.Abs(peak)) - Math.Abs(peak);
        while (width < double.MaxValue / 1e5 && IsHigh(width))
            width *= Growth;
        for (int i = 1; i < Growth && !IsHigh(width / 2); i *= 2)
            width /= 2;
        return width;

        bool IsHigh(double step) => IsInside(peak + sign * step) && height(peak + sign * step) >= most - 1;

        bool IsInside(double x) => x > lower && x < upper;
    }

    private IEnumerable<Piece> Lines(double[] cuts)
    {
        double first = cuts[0], last = cuts[^1], scale = Math.Max(last - first, Math.BitIncrement(Math.Abs(first)) - Math.Abs(first));
        scale = cuts.Length > 1 ? scale : Math.Max(Math.Abs(first), 1);
        yield return double.IsFinite(lower)
            ? new(new(LineKind.FromLower, lower, first - lower), 0, Math.Sqrt(Math.Sqrt(first - lower)))
            : new(new(LineKind.TailBelow, first, scale), 0, 1);
        for (int i = 1; i < cuts.Length; i++)
            yield return new(new(LineKind.Straight, 0, 1), cuts[i - 1], cuts[i]);
        yield return double.IsFinite(upper)
            ? new(new(LineKind.ToUpper, upper, upper - last), 0, Math.Sqrt(Math.Sqrt(upper - last)))
            : new(new(LineKind.TailAbove, last, scale), 0, 1);
    }

    private enum LineKind
    {
        Straight,
        FromLower,
        ToUpper,
        TailBelow,
        TailAbove,
    }

    /// <summary>How x goes with a parameter t.</summary>
    private readonly record struct Line(LineKind Kind, double Origin, double Scale)
    {
        // So many scales from where a tail begins, or so small a part of one from an end, no number is trusted.
        private const double Furthest = 4.909093465297727e-91;

        /// <summary>x and dx/dt.</summary>
        public (double X, double Weight) At(double t) => Kind switch
        {
            LineKind.Straight => (t, 1),
            LineKind.FromLower => (Origin + Fourth(t), 4 * t * t * t),
            LineKind.ToUpper => (Origin - Fourth(t), 4 * t * t * t),
            LineKind.TailBelow => (Origin - Scale * ((1 - t) / t), Math.Min(Scale / t / t, double.MaxValue)),
            _ => (Origin + Scale * ((1 - t) / t), Math.Min(Scale / t / t, double.MaxValue)),
        };

        /// <summary>By what part the distance to the end may be off, since x is rounded, or since it is too near or far to see whether an
        /// integral exists; at most 1.</summary>
        public double Uncertainty(double t) => Kind switch
        {
            LineKind.Straight => 0,
            LineKind.FromLower or LineKind.ToUpper =>
                Part(Math.Max(Math.BitIncrement(Math.Abs(Origin)) - Math.Abs(Origin), Scale * Furthest), Fourth(t)),
            _ => Part(Furthest, t),
        };

        private static double Fourth(double t) => t * t * (t * t);

        private static double Part(double part, double of) => part < of ? part / of : 1;
    }

    private sealed record Piece(Line Line, double From, double To)
    {
        public DensityTerms Integral { get; init; }

        public DensityTerms Error { get; init; }

        /// <summary>The errors where they are more than rounding: only then does halving help.</summary>
        public double OpenError => Error.Divergence > Integral.Noise ? Error.Divergence : 0;

        public double OpenErrorOfP => Error.P > Integral.NoiseOfP ? Error.P : 0;

        public double OpenErrorOfQ => Error.Q > Integral.NoiseOfQ ? Error.Q : 0;
    }

    private record struct Sums(double Tolerance)
    {
        private double _error, _open, _openOfP, _openOfQ;

        public double Divergence { get; set; }

        public double P { get; set; }

        public double Q { get; set; }

        public double ErrorOfP { get; private set; }

        public double ErrorOfQ { get; private set; }

        public readonly double Value => Divergence + (IsMassOutside ? 1 - Q : 0);

        public readonly double Error => _error + (IsMassOutside ? ErrorOfQ : 0);

        public readonly double Target => Tolerance * Math.Max(Value, Smallest);

        public readonly bool AreGood => _open + (IsMassOutside ? _openOfQ : 0) <= Target && _openOfP <= MassError && _openOfQ <= MassError;

        private readonly bool IsMassOutside => Q < 1 - MassTolerance - ErrorOfQ;

        /// <summary>How much a piece stands in the way, 0 for not at all.</summary>
        public readonly double Urgency(Piece piece) => Math.Max(
            Part(piece.OpenError + (IsMassOutside ? piece.OpenErrorOfQ : 0), Target),
            Part(Math.Max(piece.OpenErrorOfP, piece.OpenErrorOfQ), MassError));

        public void Add(Piece piece, int sign)
        {
            Divergence += sign * piece.Integral.Divergence;
            P += sign * piece.Integral.P;
            Q += sign * piece.Integral.Q;
            _error += sign * (piece.Error.Divergence + piece.Integral.Noise);
            ErrorOfP += sign * (piece.Error.P + piece.Integral.NoiseOfP);
            ErrorOfQ += sign * (piece.Error.Q + piece.Integral.NoiseOfQ);
            _open += sign * piece.OpenError;
            _openOfP += sign * piece.OpenErrorOfP;
            _openOfQ += sign * piece.OpenErrorOfQ;
        }

        private static double Part(double error, double target) => error == 0 ? 0 : error / target;
    }
}

/// <summary>The rule of Kronrod with 15 points in [-1, 1], and that of Gauss with 7 of them (Kronrod 1965; the digits as in
/// QUADPACK).</summary>
internal static class Kronrod
{
    /// <summary>The positive nodes, the outermost first; those with odd index are Gauss's.</summary>
    public static ReadOnlySpan<double> Nodes =>
    [
        0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926,
        0.741531185599394439863864773280788,
        0.586087235467691130294144838258730, 0.405845151377397166906606412076961, 0.207784955007898467600689403773245,
    ];

    /// <summary>Their weights and, last, that of 0.</summary>
    public static ReadOnlySpan<double> Weights =>
    [
        0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
        0.140653259715525918745189590510238,
        0.169004726639267902826583426598550, 0.190350578064785409913256402421014, 0.204432940075298892414161999234649,
        0.209482141084727828012999174891714,
    ];

    /// <summary>The weights of Gauss's nodes and, last, that of 0.</summary>
    public static ReadOnlySpan<double> GaussWeights =>
    [
        0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975,
        0.417959183673469387755102040816327,
    ];
}
