using RelativeEntropy;

namespace Course.Checks.Chapter06;

/// <summary>06.2: the KL term of a batch, summed over dimensions and averaged over inputs.</summary>
internal sealed class BatchReduction : ValueExercise
{
    private const int Inputs = 3;
    private static readonly double[] Means = [0.5, -1, 1.5, 0.2, 0, -0.5];
    private static readonly double[] LogVariances = [0, -1, -2, 0.3, 0.5, -0.5];

    public override string Id => "06.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "klTerm");

    protected override Precision Tolerance => Precision.Decimals(4);

    protected override double Truth => Sum / Inputs;

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("sum-over-everything", "This is the sum over the batch: it grows with the number of inputs, and should be averaged over them.", Sum),
        ("mean-over-everything", "This is the mean over inputs and dimensions: the divergence of one input is a sum over its dimensions.", Sum / Means.Length),
        ("no-half", "The factor 1/2 is missing.", 2 * Truth),
        ("sign", "The sign is the wrong way round: a divergence is never negative.", -Truth),
        ("bits-for-nats", "This is the answer in bits: it is asked in nats.", Truth / Math.Log(2)),
        ("log-deviation", "The log-variances were taken for logarithms of standard deviations.", Mean((m, l) => Math.Exp(2 * l) + m * m - 1 - 2 * l)),
        ("deviation-for-variance", "The standard deviation stands where the formula has the variance: e to the log-variance, not to half of it.", Mean((m, l) => Math.Exp(l / 2) + m * m - 1 - l)),
        ("no-logarithm", "The log-variance itself is missing from the sum.", Mean((m, l) => Math.Exp(l) + m * m - 1)),
        ("no-constant", "The constant -1 in each dimension is missing: a dimension equal to the prior must pay nothing.", Mean((m, l) => Math.Exp(l) + m * m - l)),
        ("swapped-direction", "This is the divergence of the prior relative to the encoder: the encoder's distribution stands first.", Mean((m, l) => (1 + m * m) / Math.Exp(l) - 1 + l)),
    ];

    private static double Sum => DiagonalGaussian.KullbackLeiblerToStandard(Means, LogVariances);

    private static double Mean(Func<double, double, double> twice) => Means.Zip(LogVariances, twice).Sum() / 2 / Inputs;
}
