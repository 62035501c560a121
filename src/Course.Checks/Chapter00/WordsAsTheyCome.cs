using RelativeEntropy;

namespace Course.Checks.Chapter00;

/// <summary>00.3: the divergence of the shares of some words from the belief that all of them are equally likely.</summary>
internal sealed class WordsAsTheyCome : FunctionExercise<string[], double>
{
    private const string InPlace = "in-place";

    public override string Id => "00.3";

    public override IEnumerable<string> Recognised => [.. base.Recognised, InPlace];

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<string[], double>>("double EvenBelief(string[] words)");

    // A sum of at most 40 terms below four nats, or a difference of two such sums, errs by less than 1e-13; relative to max(D, 1e-2),
    // by 1e-11.
    // Every mistake is off by more than 1e-4 on one input at least.
    protected override Precision Tolerance => 1e-9;

    protected override double Floor => 1e-2;

    protected override IReadOnlyList<Mistake<string[], double>> Mistakes { get; } =
    [
        new("swapped-direction",
            "This is what it costs to believe in the shares where all words "
                + "are equally likely: the words came, so their shares stand first.",
            x => Divergence.KullbackLeibler(Even(x), Shares(x))),
        new("bits-for-nats", "This is the answer in bits: nats are asked for.", x => Exact(x) / Math.Log(2)),
        new("entropy",
            "This is how surprised one is who knows the shares: the answer is how much more surprised somebody is who does not.",
            x => Entropy.Shannon(Shares(x))),
        new("whole-surprise",
            "This is the whole surprise of the belief: one who knows the shares is surprised, too, and only the excess counts.",
            x => Math.Log(Counts(x).Length)),
        new("spread-over-the-list",
            "The belief was spread over all elements of the list: it gives the "
                + "same probability to each different word, however often it comes.",
            x => Math.Log(x.Length) - Entropy.Shannon(Shares(x))),
        new("each-word-once", "Each different word was counted once in the average: a word that comes more often counts for more.",
            x => -Divergence.KullbackLeibler(Even(x), Shares(x))),
        new("counts-for-shares", "The counts were used where the shares belong: divide by the number of words before comparing.",
            x => Measures.LogRatioSum(Counts(x), Even(x))),
        new("total-for-mean", "This is the loss of all words together: it is asked for per word.", x => Exact(x) * x.Length),
        new("case-ignored",
            "Capital and small letters were taken for the same here: two words are the same only if they are written the same.",
            x => Exact([.. x.Select(word => word.ToLowerInvariant())])),
        new("sign", "The sign is the wrong way round: the belief is never surprised less than the truth.", x => -Exact(x)),
    ];

    private static readonly string[][] Edges =
    [
        ["to", "be", "or", "not", "to", "be"],
        ["sun", "sun", "rain", "sun"],
        ["yes"],
        ["heads", "tails", "tails", "heads"],
        ["The", "the", "the", "THE", "end", "the"],
    ];

    private static readonly string[] Vocabulary = ["sun", "rain", "fog", "snow", "wind", "hail", "Sun", "storm"];

    protected override Verdict Judge(IAnswer answer, Random random)
    {
        Verdict verdict = base.Judge(answer, random);
        return verdict.Outcome == Outcome.Correct && Edges.Any(words => !(answer.After(words) ?? []).SequenceEqual(words))
            ? Wrong("The result is right, and the list that was given is changed: sort a copy, or count without sorting.", InPlace)
            : verdict;
    }

    protected override IEnumerable<string[]> Inputs(Random random)
    {
        foreach (string[] words in Edges)
            yield return words;
        for (int n = 2; n <= Vocabulary.Length; n++)
            yield return [.. Vocabulary[..n], .. Enumerable.Range(0, 4 * n).Select(_ => Vocabulary[random.Next(random.Next(n) + 1)])];
    }

    protected override object?[] Arguments(string[] input) => [input];

    protected override double Truth(string[] input) => Exact(input);

    protected override string Describe(string[] input) => $"words = [{string.Join(", ", input.Select(word => $"\"{word}\""))}]";

    private static double Exact(string[] words) => Divergence.KullbackLeibler(Shares(words), Even(words));

    private static double[] Counts(string[] words) => [.. words.GroupBy(word => word).Select(same => (double)same.Count())];

    private static double[] Shares(string[] words) => Draw.Normalised(Counts(words));

    private static double[] Even(string[] words) => Draw.Normalised([.. Counts(words).Select(_ => 1.0)]);
}
