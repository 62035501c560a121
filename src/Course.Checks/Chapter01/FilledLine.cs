namespace Course.Checks.Chapter01;

/// <summary>01.3: the lengths of a best prefix code, of which there are several.</summary>
internal sealed class FilledLine : PropertyExercise<int[]>
{
    // A length above this is a slip, and no sum of powers of one half is exact with it.
    private const int Longest = 50;

    // In hundredths, so that averages are exact.
    private static readonly int[] P = [6, 30, 10, 4, 20, 10, 20];

    // Huffman's average, in hundredths: sums of whole numbers.
    private static readonly double Least = HuffmanAverage.Joins([.. P.Select(p => (double)p)]);

    public override string Id => "01.3";

    public override AnswerForm Form { get; } = AnswerForm.Method<Func<int[]>>("int[] CodeLengths()");

    protected override IReadOnlyList<Fault<int[]>> Faults { get; } =
    [
        new("wrong-shape", l => l.Length != P.Length
            ? $"You gave {l.Length} lengths: one is asked for each of the {P.Length} signals."
            : null),
        new("not-a-length", l => Array.FindIndex(l, v => v is < 1 or > Longest) is >= 0 and var i
            ? $"Signal {i} has a word of {l[i]} digits: a word has one digit at least, and none of seven has to have more than {Longest}."
            : null),
        new("rounded-down", l => IsSurprise(l, Math.Floor)
            ? "These are the surprises rounded down: such words need more of the line than there is."
            : null),
        new("rounded-to-the-nearest", l => IsSurprise(l, Math.Round)
            ? "These are the surprises rounded to the nearest whole number: such words need more of the line than there is."
            : null),
        new("shannon-lengths", l => IsSurprise(l, Math.Ceiling)
            ? "These are the surprises rounded up, Shannon's lengths: there is such a code, and it leaves much of the line unused."
            : null),
        new("kraft-broken", l => Kraft(l) > 1
            ? $"The powers of one half sum to {Words.Of(Kraft(l))}: these words need more of the line than there is."
            : null),
        new("fixed-length", l => l.Distinct().Count() == 1
            ? "All words have one length here: frequent signals should have shorter words."
            : null),
        new("not-tight", l => Kraft(l) < 1
            ? $"The powers of one half sum to {Words.Of(Kraft(l))}: there is such a code, and some of its words could be shorter."
            : null),
        new("wrong-order", l => Average(l) > Least && LeastAverage(l) == Least
            ? "A best code has these lengths, but at other signals: a less probable one must not have the shorter word."
            : null),
        new("not-the-best", l => Average(l) > Least
            ? "These words fill the line, and their average is not the least: join the two least probable signals, and go on."
            : null),
    ];

    private static double Kraft(int[] lengths) => lengths.Sum(l => Math.Pow(2, -l));

    private static long Average(int[] lengths) => P.Zip(lengths, (p, l) => (long)p * l).Sum();

    private static bool IsSurprise(int[] lengths, Func<double, double> rounding) =>
        P.Zip(lengths).All(pair => rounding(-Math.Log2(pair.First / 100.0)) == pair.Second);

    /// <summary>The least average with these lengths: the shortest word for the most probable signal, and so on.</summary>
    private static long LeastAverage(int[] lengths) => P.OrderDescending().Zip(lengths.Order(), (p, l) => (long)p * l).Sum();
}
