namespace Course.Checks.Chapter08;

/// <summary>08.4: a floor of free bits that a given number of dimensions stay above while the noise is learned.</summary>
internal sealed class FloorForSome : FunctionExercise<FloorForSome.Case, double>
{
    /// <summary>One input: the eigenvalues of the data in descending order, the latent dimensions, and how many of them are to stay above the floor.</summary>
    public sealed record Case(double[] Eigenvalues, int LatentDimensions, int Active);

    // How far a floor must be from those at which the number of active dimensions changes.
    private const double Margin = 1e-6;

    public override string Id => "08.4";

    public override AnswerForm Form { get; } =
        AnswerForm.Method<Func<double[], int, int, double>>("double FreeBitsFloor(double[] eigenvalues, int latentDimensions, int active)");

    // A whole interval of floors is right: IsRight says which. The edges are right to a few u = 1.1e-16, far below the margin.
    protected override Precision Tolerance => 1e-10;

    protected override IReadOnlyList<Mistake<Case, double>> Mistakes => [];

    protected override IReadOnlyList<Symptom<Case, double>> Symptoms { get; } =
    [
        new("no-floor", "A floor is a number of nats, zero or more.", (x, given) => !(given >= 0)),
        new("on-the-edge", "This is a floor at which the number of active dimensions changes: keep away from both ends of the interval.",
            (x, given) => Lower(x) - given is > -Margin and < 2 * Margin || given - Upper(x) is > -Margin and < 2 * Margin),
        new("bits-for-nats", "This is the floor in bits: asked are nats, the unit of Math.Log.", (x, given) => IsIn(x, given * Math.Log(2))),
        new("no-half", "A factor 1/2 is missing: a rate is half the logarithm of a ratio of variances.", (x, given) => IsIn(x, given / 2)),
        new("floor-on-the-sum", "This is the floor of all dimensions together: the loss has a floor for each of them.",
            (x, given) => IsIn(x, given / x.LatentDimensions)),
        new("counted-the-others", "With this floor as many dimensions lie on the floor as should be above it: active is what carries more than the floor.",
            (x, given) => IsIn(x with { Active = x.LatentDimensions - x.Active }, given)),
        new("noise-held", "This floor lies between two rates of training without a floor. A floor makes idle dimensions carry more; "
            + "then less is left for the noise, the noise is learned, and with less noise every rate rises.",
            (x, given) => IsBetweenRates(x, given, Rest(x) / (x.Eigenvalues.Length - x.LatentDimensions))),
        new("idle-dropped", "The dimensions on the floor were taken for dead, with all their variance left to the noise: they carry the floor, and the noise "
            + "is the smaller for it.",
            (x, given) => IsBetweenRates(x, given, (Idle(x) + Rest(x)) / (x.Eigenvalues.Length - x.Active))),
        new("one-too-many", "With this floor one dimension more than asked is active.", (x, given) => IsIn(x with { Active = x.Active + 1 }, given)),
        new("one-too-few", "With this floor one dimension less than asked is active.", (x, given) => IsIn(x with { Active = x.Active - 1 }, given)),
    ];

    protected override IEnumerable<Case> Inputs(Random random)
    {
        yield return new([4, 2, 1, 0.5], 2, 1);
        yield return new([4, 2, 1, 0.5], 2, 2);
        yield return new([4, 2, 1, 0.5], 2, 0);
        yield return new([9, 4, 2.5, 1.5, 0.2, 0.1], 4, 1);
        yield return new([9, 4, 2.5, 1.5, 0.2, 0.1], 4, 3);
        yield return new([3, 2], 1, 1);
        yield return new([8, 5, 3, 2, 1, 0.5, 0.3], 5, 2);

        // No floor between two rates of training without a floor is right here: much idle variance, and little that has no dimension.
        yield return new([4, 3.6, 1, 0.5, 0.1], 4, 1);
        yield return new([6, 5.2, 4.5, 1, 0.6, 0.2], 5, 2);
        for (int k = 0; k < 8; k++)
        {
            int latent = 3 + random.Next(4), all = latent + 1 + random.Next(4);
            double[] eigenvalues = new double[all];
            double value = 2 + 10 * random.NextDouble();
            for (int j = 0; j < all; j++, value /= j == latent ? 3 : 1.2 + 0.8 * random.NextDouble())
                eigenvalues[j] = value;
            yield return new(eigenvalues, latent, random.Next(1, latent));
        }
    }

    protected override object?[] Arguments(Case input) => [input.Eigenvalues, input.LatentDimensions, input.Active];

    // One of the floors that are right: the middle of the interval, or half a nat above its end.
    protected override double Truth(Case input) => input.Active == 0 ? Lower(input) + 0.5 : (Lower(input) + Upper(input)) / 2;

    protected override bool IsRight(Case input, double output) => IsIn(input, output);

    protected override string Describe(Case input) =>
        $"eigenvalues = {Words.Of(input.Eigenvalues)}, latentDimensions = {input.LatentDimensions} and active = {input.Active}";

    // Where k dimensions are active, the noise is s = (u M + r)/(n - k): u = e^(-2 floor), M the variances of those on the floor, r of what
    // has no latent dimension. Dimension j is active if u l_j > s, that is, if u ((n - k) l_j - M) > r.
    private static double Edge(Case x, int j) => Math.Log(((x.Eigenvalues.Length - x.Active) * x.Eigenvalues[j] - Idle(x)) / Rest(x)) / 2;

    private static double Lower(Case x) => x.Active == x.LatentDimensions ? double.NegativeInfinity : Edge(x, x.Active);

    private static double Upper(Case x) => x.Active == 0 ? double.PositiveInfinity : Edge(x, x.Active - 1);

    // The margin of the statement, with room for the rounding of an end.
    private static bool IsIn(Case x, double floor) => x.Active >= 0 && x.Active <= x.LatentDimensions && floor >= 0
        && floor - Lower(x) >= 0.999 * Margin && Upper(x) - floor >= 0.999 * Margin;

    private static bool IsBetweenRates(Case x, double floor, double noise)
    {
        double Rate(int j) => Math.Log(x.Eigenvalues[j] / noise) / 2;
        return floor >= (x.Active == x.LatentDimensions ? 0 : Rate(x.Active)) && (x.Active == 0 || floor <= Rate(x.Active - 1));
    }

    private static double Idle(Case x) => x.Eigenvalues[x.Active..x.LatentDimensions].Sum();

    private static double Rest(Case x) => x.Eigenvalues[x.LatentDimensions..].Sum();
}
