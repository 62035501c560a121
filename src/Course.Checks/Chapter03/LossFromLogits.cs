using RelativeEntropy;

namespace Course.Checks.Chapter03;

/// <summary>03.1: the cross-entropy of a label from logits, in nats.</summary>
internal sealed class LossFromLogits : FunctionExercise<(double[] Logits, int Label), double>
{
    public override string Id => "03.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], int, double>>("double LogitLoss(double[] logits, int label)");

    // lse(z) - z_y of at most 8 logits of size M errs by a few ulp of M + ln 8, with the maximum taken out or not: below 1e-15 M.
    // Relative to max(loss, Floor): a loss that is small beside M = 1000 is right to 1e-12 of one. Every mistake is off by 1e-10 or more.
    protected override Precision Tolerance => 2e-12;

    protected override double Floor => 1;

    protected override IReadOnlyList<Mistake<(double[] Logits, int Label), double>> Mistakes { get; } =
    [
        new("overflow", "Math.Exp overflowed: take the largest logit out of all of them before you exponentiate.",
            x => -Math.Log(Math.Exp(x.Logits[x.Label]) / Sum(x.Logits, 0))),
        new("overflow", "Math.Exp overflowed: take the largest logit out of all of them before you exponentiate.",
            x => Math.Log(Sum(x.Logits, 0)) - x.Logits[x.Label]),
        .. from shift in new Func<double[], double>[] { z => z.Average(), z => z[0], z => z.Min(), z => z[^1] }
           select new Mistake<(double[] Logits, int Label), double>("wrong-shift",
               "Math.Exp overflowed, for another number than the largest logit was taken out: "
               + "only with the largest no exponential is above one.",
               x => Math.Log(Sum(x.Logits, shift(x.Logits))) + shift(x.Logits) - x.Logits[x.Label]),
        new("softmax-first", "The probability underflowed to zero before its logarithm was taken: stay with logarithms, lse(z) - z_y.",
            x => -Math.Log(Math.Exp(x.Logits[x.Label] - x.Logits.Max()) / Sum(x.Logits, x.Logits.Max()))),
        new("sign", "The sign is the wrong way round: a loss is minus a log-probability, and never negative.", x => -Loss(x)),
        new("bits-for-nats", "This is the loss in bits: the answer is asked in nats, the unit of Math.Log.", x => Loss(x) / Math.Log(2)),
        new("probability", "This is the probability of the label: the loss is minus its logarithm.", x => Math.Exp(-Loss(x))),
        new("one-minus-probability", "This is one minus the probability of the label: the loss is minus the logarithm of the probability.", x => 1 - Math.Exp(-Loss(x))),
        new("shift-forgotten", "The largest logit was taken out of the sum and not put back: add it again, or take it out of the label's logit, too.",
            x => Loss(x) - x.Logits.Max()),
        new("mean-for-sum", "The exponentials were averaged: log-sum-exp sums them.", x => Loss(x) - Math.Log(x.Logits.Length)),
        .. from epsilon in new[] { 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16 }
           from protect in new Func<double, double>[] { q => Math.Max(q, epsilon), q => q + epsilon }
           select new Mistake<(double[] Logits, int Label), double>("epsilon-clipping",
               "A small constant keeps the probability away from zero here, and with it the loss of a bad mistake: from logits nothing needs protection.",
               x => -Math.Log(protect(Math.Exp(-Loss(x))))),
    ];

    protected override IEnumerable<(double[] Logits, int Label)> Inputs(Random random)
    {
        yield return ([0, 0], 0);
        yield return ([1, 2, 3], 0);
        yield return ([1000, 0], 0);
        yield return ([1000, 0], 1);
        yield return ([0, 1000], 0);
        yield return ([0, 1000], 1);
        yield return ([-1000, 1000], 1);
        yield return ([1000, -1000], 1);
        yield return ([-1000, -1001, -1002], 1);
        yield return ([0, 700, 800], 2);
        yield return ([0, double.NegativeInfinity, 1], 0);
        yield return ([0, double.NegativeInfinity, 1], 1);
        yield return ([double.NegativeInfinity, double.NegativeInfinity, 0], 2);
        for (int n = 2; n <= 8; n++)
            yield return ([.. Enumerable.Range(0, n).Select(_ => 10 * random.NextDouble() - 5)], random.Next(n));
    }

    protected override object?[] Arguments((double[] Logits, int Label) input) => [input.Logits, input.Label];

    protected override double Truth((double[] Logits, int Label) input) => Loss(input);

    protected override string Describe((double[] Logits, int Label) input) => $"logits = {Words.Of(input.Logits)} and label = {input.Label}";

    private static double Loss((double[] Logits, int Label) x) => Logits.CrossEntropy(x.Label, x.Logits);

    private static double Sum(double[] logits, double shift) => logits.Sum(v => Math.Exp(v - shift));
}
