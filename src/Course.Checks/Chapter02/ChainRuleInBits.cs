using RelativeEntropy;

namespace Course.Checks.Chapter02;

/// <summary>02.2: the divergence of two joint distributions given by their conditionals, in bits.</summary>
internal sealed class ChainRuleInBits : ValueExercise
{
    private static readonly double[] P = [0.75, 0.25];
    private static readonly double[] Q = [0.5, 0.5];
    private static readonly double[][] PGiven = [[0.9, 0.1], [0.2, 0.8]];
    private static readonly double[][] QGiven = [[0.8, 0.2], [0.5, 0.5]];

    public override string Id => "02.2";

    public override AnswerForm Form { get; } = AnswerForm.Variable<double?>("double?", "extraBits");

    protected override Precision Tolerance => Precision.Decimals(4);

    protected override double Truth => InBits(First(P, Q) + Mean(P));

    protected override IReadOnlyList<(string Id, string Sentence, double Value)> Mistakes =>
    [
        ("nats-for-bits", "This is the answer in nats: one nat is 1/ln 2 bits.", First(P, Q) + Mean(P)),
        ("bits-twice", "The conversion between nats and bits goes the other way: one nat is more than one bit.", (First(P, Q) + Mean(P)) * Math.Log(2)),
        ("swapped-direction", "This is D(Q || P): the messages come from the station, P, and the code was built for the model, Q.",
            InBits(First(Q, P) + Q.Select((w, x) => w * First(QGiven[x], PGiven[x])).Sum())),
        ("marginal-only", "This is the first term of the chain rule: the report on the umbrella costs extra bits, too.", InBits(First(P, Q))),
        ("conditional-only", "This is the second term of the chain rule: the weather itself costs extra bits, too.", InBits(Mean(P))),
        ("weighted-by-q", "The conditional divergences were weighted with Q: the weather comes from P, so P says how often each of them is paid.", InBits(First(P, Q) + Mean(Q))),
        ("unweighted", "The conditional divergences were added as they are: each is paid only when its weather comes.", InBits(First(P, Q) + Mean([1, 1]))),
        ("marginals-added", "The divergences of the two marginals were added: that is right only where X and Y are independent under both P and Q.",
            InBits(First(P, Q) + First(Second(P, PGiven), Second(Q, QGiven)))),
    ];

    private static double InBits(double nats) => nats / Math.Log(2);

    private static double First(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);

    private static double Mean(double[] weights) => weights.Select((w, x) => w * First(PGiven[x], QGiven[x])).Sum();

    private static double[] Second(double[] first, double[][] given) =>
        [.. Enumerable.Range(0, 2).Select(y => first.Select((w, x) => w * given[x][y]).Sum())];
}
