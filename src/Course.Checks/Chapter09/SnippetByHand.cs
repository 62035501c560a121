using RelativeEntropy;

namespace Course.Checks.Chapter09;

/// <summary>09.2: what the usual distillation loss returns for a batch of two images.</summary>
internal sealed class SnippetByHand : ValueExercise
{
    private const double Temperature = 2;   // not 3: with three classes, T and T^2/3 would be one wrong answer for two mistakes
    private static readonly double[][] Teacher = [[4, 2, 0], [0, 2, 2]];
    private static readonly double[][] Student = [[2, 2, 0], [0, 0, 4]];

    public override string Id => "09.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "batchLoss");

    protected override Precision Tolerance => Precision.Decimals(4);

    protected override double Truth => Square * Mean(Forward);

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("swapped-direction", "This is D(student || teacher): kl_div takes the student first, but the divergence is relative to it.", Square * Mean(Reverse)),
        ("reduction-mean", "This divides by the number of images and of classes, as reduction='mean' does: batchmean divides by the number of images.", Square * Mean(Forward) / 3),
        ("reduction-sum", "This is the sum over the batch: batchmean divides by the number of images.", Square * 2 * Mean(Forward)),
        ("no-temperature-squared", "The last line of the snippet is missing: the mean divergence is multiplied by T^2.", Mean(Forward)),
        ("temperature-once", "This is multiplied by T and not by T^2.", Temperature * Mean(Forward)),
        ("temperature-not-applied", "The softmaxes were taken of the logits as they are: they are divided by T first.", Square * Mean((a, b) => Logits.KullbackLeibler(a, b))),
        ("cross-entropy", "This is the cross-entropy with soft labels: kl_div subtracts the entropy of the targets, too.", Square * Mean((a, b) => Logits.CrossEntropy(a, b, Temperature))),
        ("bits-for-nats", "This is in bits: PyTorch's logarithm, like Math.Log, is the natural one.", Square * Mean(Forward) / Math.Log(2)),
    ];

    private static double Square => Temperature * Temperature;

    private static double Forward(double[] teacher, double[] student) => Logits.KullbackLeibler(teacher, student, Temperature);

    private static double Reverse(double[] teacher, double[] student) => Logits.KullbackLeibler(student, teacher, Temperature);

    private static double Mean(Func<double[], double[], double> divergence) => Teacher.Zip(Student, divergence).Average();
}
