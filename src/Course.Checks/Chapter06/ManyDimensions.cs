using RelativeEntropy;

namespace Course.Checks.Chapter06;

/// <summary>06.4: the divergence of two multivariate normals with full covariances, badly conditioned ones among them.</summary>
internal sealed class ManyDimensions : FunctionExercise<ManyDimensions.Case, double>
{
    /// <summary>One input: two means, and two covariances row by row.</summary>
    public sealed record Case(string Name, double[] M0, double[] S0, double[] M1, double[] S1)
    {
        public int Dimension => M0.Length;

        public bool IsNearlySingular { get; init; }

        public bool HasTinyDeterminant { get; init; }
    }

    public override string Id => "06.4";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double[], double[], double[], double>>(
        "double ManyDimensions(double[] mean0, double[] covariance0, double[] mean1, double[] covariance1)");

    // Asked to nine digits. Half of each factor errs here by less than 1e-12 (compared with 60 digits on the nearly singular pair, whose
    // condition number is 8e9: 2e-14, and at most 5e-14 with its outcomes in other orders). An inverse errs there by 1e-8,
    // a whole solve or the eigenvalues by 1e-7.
    protected override Precision Tolerance => Precision.SignificantDigits(9).OrDecimals(10);

    protected override IReadOnlyList<Mistake<Case, double>> Mistakes { get; } =
    [
        new("swapped-direction", "This is D(N1 || N0): it is the covariance of the second distribution that stands below.", x => MultivariateGaussian.KullbackLeibler(x.M1, x.S1, x.M0, x.S0)),
        new("no-dimension", "The dimension d was not subtracted: two equal distributions must have divergence 0.", x => Exact(x) + x.Dimension / 2.0),
        new("no-half", "A factor 1/2 is missing: this is twice the divergence.", x => 2 * Exact(x)),
        new("bits-for-nats", "This is the divergence in bits: the answer is asked in nats, the unit of Math.Log.", x => Exact(x) / Math.Log(2)),
        new("no-shift", "The means play no part here: their difference, whitened by the second covariance, must count.",
            x => MultivariateGaussian.KullbackLeibler(new double[x.Dimension], x.S0, new double[x.Dimension], x.S1)),
    ];

    protected override IReadOnlyList<Symptom<Case, double>> Symptoms { get; } =
    [
        new("determinant", "A determinant became zero here: it is the product of sixty small numbers. Add their logarithms instead.",
            IsVoid),
        new("lost-in-the-trace", "Digits were lost where the covariances are nearly singular, or something small was added to their diagonals. "
            + "By an inverse, a whole solve or eigenvalues the trace has other errors than the determinants; they cancel where both come from the same "
            + "factors. Take half of each for the trace, which becomes a sum of squares.",
            LosesDigits),
        new("inverse-and-determinant", "This is the formula as it stands, with an inverse and determinants: right on paper, but it loses its digits where a covariance is nearly singular and fails where a determinant is too small for a number.",
            (x, y) => LosesDigits(x, y) || IsVoid(x, y)),
        new("logarithm-sign", "The log-determinants are subtracted the wrong way round: it is the second minus the first.", (x, y) => IsOff(x, y, -2)),
        new("logarithm-halved", "The log-determinants are half of what they should be: the determinant of a covariance is the square of that of its factor.", (x, y) => IsOff(x, y, -0.5)),
        new("no-logarithm", "The log-determinants are missing.", (x, y) => IsOff(x, y, -1)),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new("one dimension", [1], [4], [0], [1]);
        yield return new("two equal distributions", [1, 2], [2, 0.5, 0.5, 1], [1, 2], [2, 0.5, 0.5, 1]);
        yield return new("a pair in the plane", [0, 0], [2, 0.9, 0.9, 0.8], [1.2, -0.5], [1, -0.4, -0.4, 1.5]);
        for (int d = 2; d <= 5; d++)
            yield return new($"a random pair in {d} dimensions", Vector(random, d), Covariance(random, d), Vector(random, d), Covariance(random, d));
        yield return NearlySingular();
        yield return new("sixty dimensions with variances near 1e-8", new double[60], Diagonal(60, i => 1e-8 * (1 + i / 60.0)), Constant(60, 1e-5), Diagonal(60, _ => 1.5e-8)) { HasTinyDeterminant = true };
    }

    protected override object?[] Arguments(Case input) => [input.M0, input.S0, input.M1, input.S1];

    protected override double Truth(Case input) => Exact(input);

    protected override string Describe(Case input) => input.Dimension > 2 ? input.Name
        : $"{input.Name}, mean0 = {Words.Of(input.M0)}, covariance0 = {Words.Of(input.S0)}, mean1 = {Words.Of(input.M1)}, covariance1 = {Words.Of(input.S1)}";

    private static double Exact(Case x) => MultivariateGaussian.KullbackLeibler(x.M0, x.S0, x.M1, x.S1);

    // What rounding does there to the trace: it is a sum of numbers as large as the condition number, 8e9, and each of some hundred
    // roundings costs 1e-16 of them.
    private static bool LosesDigits(Case x, double answer) => x.IsNearlySingular && Math.Abs(answer - Exact(x)) <= 1e-4;

    // The logarithm of zero, or of zero over zero.
    private static bool IsVoid(Case x, double answer) => x.HasTinyDeterminant && !double.IsFinite(answer);

    // Whether the answer is off by a multiple of (ln det S1 - ln det S0)/2, which is a difference of entropies. Of a nearly singular
    // covariance each log-determinant has six digits.
    private static bool IsOff(Case x, double answer, double multiple) =>
        Math.Abs(answer - Exact(x) - multiple * (MultivariateGaussian.Entropy(x.S1) - MultivariateGaussian.Entropy(x.S0)))
        <= (x.IsNearlySingular ? 1e-5 : 1e-9) * Math.Max(1, Math.Abs(answer));

    // A smooth prior on eight points, and the posterior after one measurement of the fourth.
    private static Case NearlySingular()
    {
        const int D = 8;
        double[] prior = [.. from i in Enumerable.Range(0, D) from j in Enumerable.Range(0, D) select Math.Exp(-0.5 * Math.Pow((i - j) / 7.0 / 0.65, 2))];
        double[] column = [.. Enumerable.Range(0, D).Select(i => prior[i * D + 3])];
        double[] posterior = [.. prior.Select((v, k) => v - 0.5 * column[k / D] * column[k % D])];
        return new("a nearly singular pair in 8 dimensions", [.. column.Select(c => 0.3 * c)], posterior, new double[D], prior) { IsNearlySingular = true };
    }

    private static double[] Vector(Random random, int d) => [.. Enumerable.Range(0, d).Select(_ => 2 * random.NextDouble() - 1)];

    // A A' + I/2 with entries of A in [-1, 1]: a condition number below 60.
    private static double[] Covariance(Random random, int d)
    {
        double[] a = Vector(random, d * d);
        return [.. from i in Enumerable.Range(0, d) from j in Enumerable.Range(0, d)
                   select (i == j ? 0.5 : 0) + Enumerable.Range(0, d).Sum(k => a[i * d + k] * a[j * d + k])];
    }

    private static double[] Diagonal(int d, Func<int, double> variance) => [.. Enumerable.Range(0, d * d).Select(k => k / d == k % d ? variance(k / d) : 0)];

    private static double[] Constant(int d, double value) => [.. Enumerable.Repeat(value, d)];
}
