using RelativeEntropy;

namespace Course.Checks.Chapter01;

/// <summary>01.2: what a prefix code wastes that was built for another source, in bits per outcome.</summary>
internal sealed class WrongCode : ValueExercise
{
    private static readonly double[] P = [0.1, 0.2, 0.3, 0.4];
    private static readonly int[] Lengths = [1, 2, 3, 3];
    private static readonly int[] BestLengths = [3, 3, 2, 1];

    public override string Id => "01.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "wastedBits");

    protected override Precision Tolerance => Precision.Decimals(4);

    protected override double Truth => Average(Lengths) - H(P);

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("nats-for-bits", "This is the waste in nats: a word is counted in bits, so the logarithms have the base two.", (Average(Lengths) - H(P)) * Math.Log(2)),
        ("bits-minus-nats", "From a length in bits an entropy in nats was subtracted: both need the logarithm of base two.", Average(Lengths) - H(P) * Math.Log(2)),
        ("average-length", "This is the average length of the code: part of it is what every code must spend.", Average(Lengths)),
        ("entropy-only", "This is the entropy of the source, which no code can avoid: the waste is what is spent above it.", H(P)),
        ("swapped-direction", "This is D(Q || P): the outcomes come from P, and Q is what the code believes.", Divergence.KullbackLeibler(Belief, P, LogBase.Bits)),
        ("against-huffman", "This is the difference from the best code with whole words: an arithmetic coder gets below that, down to the entropy.", Average(Lengths) - Average(BestLengths)),
        ("belief-entropy", "The entropy of what the code believes was subtracted: the outcomes come from P, so it is the entropy of P that cannot be saved.", Average(Lengths) - H(Belief)),
    ];

    private static double[] Belief => [.. Lengths.Select(l => Math.Pow(2, -l))];

    private static double Average(int[] lengths) => P.Zip(lengths, (p, l) => p * l).Sum();

    private static double H(double[] p) => Entropy.Shannon(p, LogBase.Bits);
}
