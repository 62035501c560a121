namespace Course.Checks.Chapter04;

/// <summary>04.4: the half-separation at which a Gaussian of fixed width stops lying in the middle.</summary>
internal sealed class TippingPoint : ValueExercise
{
    public override string Id => "04.4";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "tippingPoint");

    protected override Precision Tolerance => Precision.Decimals(4);

    // The root of 1 - m^2 E[1/cosh^2(m Z)], which decreases where it crosses zero; also to 30 digits by mpmath: 1.46083396037316511...
    protected override double Truth { get; } = Root(m => 1 - m * m * Mean(z => Math.Pow(Math.Cosh(m * z), -2)), 1, 2);

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("density-dips", "From here on P has two peaks: that is the curvature of ln p at zero, while the fit feels its average over Q.", 1),
        ("full-separation", "This is the distance between the bumps: the half-separation is asked for.", 2 * Truth),
        ("halved", "This is half of the half-separation: the bumps lie at -m and m.", Truth / 2),
        ("free-width-fold", "This is where a mode becomes a local minimum if sigma may move, too: here it is fixed at one.", 2.41222972),
        ("free-width-lowest", "This is where a mode becomes the lowest minimum if sigma may move, too: here it is fixed at one.", 2.80008222),
    ];

    private static double Mean(Func<double, double> f) =>
        Enumerable.Range(-640, 1281).Select(k => k / 64.0).Sum(z => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / 64 * f(z));

    private static double Root(Func<double, double> decreasing, double low, double high)
    {
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = (low + high) / 2;
            if (decreasing(middle) > 0)
                low = middle;
            else
                high = middle;
        }
        return low;
    }
}
