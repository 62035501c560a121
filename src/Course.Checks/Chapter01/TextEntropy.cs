using RelativeEntropy;

namespace Course.Checks.Chapter01;

/// <summary>01.1: the entropy of the characters of a text, in bits per character.</summary>
internal sealed class TextEntropy : FunctionExercise<string, double>
{
    private const string Letters = "abcdefg ";

    public override string Id => "01.1";

    public override bool Forbids(string type, string member) => true;

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<string, double>>("double EntropyInBits(string text)");

    // At most 8 terms p log2(1/p), each right to 4 ulp of at most 0.54, so that any order of summation is right to 1e-14 of a bit.
    // From counts, log2 n - (1/n) sum c log2 c has terms below 9 for texts of up to 500 characters: 1e-13. Relative to Floor: 1e-10.
    protected override Precision Tolerance => 1e-9;

    protected override double Floor => 1e-3;

    protected override IReadOnlyList<Mistake<string, double>> Mistakes { get; } =
    [
        new("nats-for-bits", "This is the entropy in nats: the answer is asked in bits, with logarithms to the base two.", x => H(x) * Math.Log(2)),
        new("total-bits", "This is the entropy of the whole text: divide by the number of its characters.", x => H(x) * x.Length),
        new("sign", "The sign is the wrong way round: a surprise is minus the logarithm of a probability, and never negative.", x => -H(x)),
        new("all-equally-likely", "This is the logarithm of the number of different characters: it would be right if all were equally frequent.", x => Math.Log2(Fractions(x).Length)),
        new("unweighted", "This is the plain mean of the surprises of the different characters: each has to be weighed with how often the character comes.",
            x => Fractions(x).Average(p => -Math.Log2(p))),
        new("sum-over-text", "The terms p log2(1/p) were summed over all characters of the text: sum them over the different characters, since p already counts how often each comes.",
            x => Fractions(x).Sum(p => x.Length * p * p * -Math.Log2(p))),
        new("counts-for-probabilities", "The counts were used where probabilities belong: divide each by the length of the text first.",
            x => Fractions(x).Sum(p => -p * x.Length * Math.Log2(p * x.Length))),
    ];

    protected override IEnumerable<string> Inputs(Random random)
    {
        yield return "aaaa";
        yield return "abab";
        yield return "aabc";
        yield return "mississippi";
        yield return "A small a is not a capital A.";
        yield return "D\u00e9j\u00e0 vu \u03b1\u03b2\u03b1";
        for (int n = 10; n <= 400; n *= 3)
        {
            double[] p = Draw.Distribution(random, Letters.Length);
            yield return new string([.. Enumerable.Range(0, n).Select(_ => Letters[Pick(random, p)])]);
        }
    }

    protected override object?[] Arguments(string input) => [input];

    protected override double Truth(string input) => H(input);

    protected override string Describe(string input) => input.Length <= 40 ? $"the text '{input}'" : $"a text of {input.Length} characters that begins with '{input[..20]}'";

    private static double[] Fractions(string text) => [.. text.GroupBy(c => c).Select(g => (double)g.Count() / text.Length)];

    private static double H(string text) => Entropy.Shannon(Fractions(text), LogBase.Bits);

    private static int Pick(Random random, double[] p)
    {
        double place = random.NextDouble();
        int i = 0;
        while (i < p.Length - 1 && place >= p[i])
            place -= p[i++];
        return i;
    }
}
