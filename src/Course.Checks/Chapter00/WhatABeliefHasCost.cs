using RelativeEntropy;

namespace Course.Checks.Chapter00;

/// <summary>00.4: the divergence of the empirical distribution of some days from a belief.</summary>
internal sealed class WhatABeliefHasCost : FunctionExercise<(double[] Days, double[] Belief), double>
{
    public override string Id => "00.4";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<double[], double[], double>>("double Loss(double[] days, double[] belief)");

    // Two averages over at most 60 days of terms below 8 nats, subtracted, err by less than 60 * 8 * 1.1e-16 < 1e-13; relative to max(D, 1e-2), 1e-11.
    // Every mistake is off by more than 1e-4 on one input at least.
    protected override Precision Tolerance => 1e-9;

    protected override double Floor => 1e-2;

    protected override IReadOnlyList<Mistake<(double[] Days, double[] Belief), double>> Mistakes { get; } =
    [
        new("swapped-direction", "This is D(q || p), the price of believing the shares where the belief is true: the days happened, so their shares stand first.",
            x => Divergence.KullbackLeibler(x.Belief, Shares(x))),
        new("bits-for-nats", "This is the answer in bits: nats are asked for.", x => Exact(x) / Math.Log(2)),
        new("cross-entropy", "This is the whole surprise, the cross-entropy: one who had known the shares would have been surprised, too, and only the excess counts.",
            x => Entropy.Cross(Shares(x), x.Belief)),
        new("total-for-mean", "This is the loss of all days together: it is asked for per day.", x => Exact(x) * x.Days.Length),
        new("zero-log-zero", "A kind that never came gives NaN here: 0 * Math.Log(0) is NaN in floating point, and such a kind must contribute 0.",
            x => Shares(x).Contains(0) ? double.NaN : Exact(x)),
        new("counts-for-shares", "The counts were used where the shares belong: divide by the number of days before comparing.",
            x => Measures.LogRatioSum([.. Shares(x).Select(p => p * x.Days.Length)], x.Belief)),
        new("sign", "The sign is the wrong way round: the belief was never surprised less than the truth.", x => -Exact(x)),
    ];

    protected override IEnumerable<(double[] Days, double[] Belief)> Inputs(Random random)
    {
        yield return ([0, 1, 0, 1], [0.25, 0.75]);
        yield return ([0, 0, 1, 0], [0.75, 0.25]);
        yield return ([2], [0.25, 0.25, 0.5]);
        yield return ([0, 2, 2, 0, 0], [0.5, 0.25, 0.25]);
        yield return ([0, 1, 1], [1, 0]);
        yield return ([0, 1, 0], [0.5, 0.5, 0]);
        for (int n = 2; n <= 5; n++)
        {
            double[] belief = Draw.Normalised([.. Draw.Distribution(random, n).Select(v => v + 0.02)]);
            yield return ([.. Enumerable.Range(0, 12 * n).Select(_ => (double)random.Next(n))], belief);
        }
    }

    protected override object?[] Arguments((double[] Days, double[] Belief) input) => [input.Days, input.Belief];

    protected override double Truth((double[] Days, double[] Belief) input) => Exact(input);

    protected override string Describe((double[] Days, double[] Belief) input) => $"days = {Words.Of(input.Days)} and belief = {Words.Of(input.Belief)}";

    private static double Exact((double[] Days, double[] Belief) x) => Divergence.KullbackLeibler(Shares(x), x.Belief);

    private static double[] Shares((double[] Days, double[] Belief) x)
    {
        double[] counts = new double[x.Belief.Length];
        foreach (double day in x.Days)
            counts[(int)day]++;
        return [.. counts.Select(c => c / x.Days.Length)];
    }
}
