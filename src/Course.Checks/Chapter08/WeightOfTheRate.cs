namespace Course.Checks.Chapter08;

/// <summary>08.2: the beta that a loss trains with, from what it sums and what it averages.</summary>
internal sealed class WeightOfTheRate : ValueExercise
{
    private const double Batch = 128, Pixels = 784, Dimensions = 20, Factor = 0.001;

    public override string Id => "08.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "effectiveBeta");

    protected override Precision Tolerance => Precision.SignificantDigits(3);

    // Per image and in nats the distortion is half the sum of squares: the loss has 2/Pixels of it, and Factor Batch of the rate.
    protected override double Truth => Factor * Batch * Pixels / 2;

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("half-forgotten", "A factor of two is missing: with variance one the distortion in nats is half the sum of squares.", 2 * Truth),
        ("half-twice", "The factor one half went to the wrong side: the loss has the whole sum of squares, the distortion in nats half of it.", Truth / 2),
        ("batch-forgotten", "The size of the batch does not cancel: the distortion is averaged over the images, the rate is summed over them.", Truth / Batch),
        ("pixels-forgotten", "The pixels are missing: the mean over everything divides the distortion by their number, too.", Truth / Pixels),
        ("batch-and-pixels-forgotten", "The number that is written in front of the rate is not its weight: look at what each of the two terms is a sum of, and what a mean.", Factor),
        ("rate-alone", "This is the weight of the rate alone. The distortion has a weight, too: a mean of squares over the pixels is not the distortion in nats.", Factor * Batch),
        ("batch-twice", "The size of the batch was counted twice: only the distortion is divided by it.", Truth * Batch),
        ("mean-over-dimensions", "The latent dimensions do not enter: the rate is a sum over them, as it should be.", Truth / Dimensions),
        ("upside-down", "This is the ratio upside down: beta is the weight of the rate over the weight of the distortion.", 1 / Truth),
    ];
}
