using RelativeEntropy;

namespace Course.Checks.Chapter03;

/// <summary>03.2: what a call of kl_div returns.</summary>
internal sealed class TorchReduction : ValueExercise
{
    private static readonly double[][] P = [[0.6, 0.2, 0.1, 0.1], [0.25, 0.25, 0.25, 0.25]];
    private static readonly double[][] Q = [[0.1, 0.5, 0.2, 0.2], [0.4, 0.3, 0.2, 0.1]];

    public override string Id => "03.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "klDivMean");

    protected override Precision Tolerance => Precision.Decimals(4);

    protected override double Truth => Total(P, Q) / 8;

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("batch-mean", "This is the mean divergence of the two rows: the reduction Mean divides by the number of elements, not of rows.", Total(P, Q) / 2),
        ("sum", "This is the sum of the divergences: the reduction Mean divides it.", Total(P, Q)),
        ("mean-over-classes", "The sum was divided by the number of columns only: Mean divides by the number of all elements.", Total(P, Q) / 4),
        ("swapped-direction", "This belongs to D(Q || P): the target is the first argument of the divergence, and the input, as logarithms, the second.", Total(Q, P) / 8),
        ("log-target", "The target was exponentiated here: with log_target: false it is taken as probabilities.", LogTarget / 8),
        ("cross-entropy", "This is the mean of the cross-entropy terms: kl_div has the logarithm of the target in it, too.", P.Zip(Q, (p, q) => Entropy.Cross(p, q)).Sum() / 8),
        ("input-as-probabilities", "The input was used without its logarithm: the call is given log q, so every x is the logarithm of a probability.", InputAsProbabilities / 8),
        ("bits-for-nats", "This is the value in bits: kl_div works with natural logarithms.", Total(P, Q) / 8 / Math.Log(2)),
    ];

    private static double LogTarget => P.Zip(Q, (p, q) => p.Zip(q, (t, v) => Math.Exp(t) * (t - Math.Log(v))).Sum()).Sum();

    private static double InputAsProbabilities => P.Zip(Q, (p, q) => p.Zip(q, (t, v) => t * (Math.Log(t) - v)).Sum()).Sum();

    private static double Total(double[][] p, double[][] q) => p.Zip(q, (a, b) => Divergence.KullbackLeibler(a, b)).Sum();
}
