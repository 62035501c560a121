namespace Course.Checks.Chapter12;

/// <summary>12.3: a proof with gaps, each to be filled with one of a few phrases: the direction that leaves nothing out.</summary>
internal sealed class NothingLeftOut : Exercise
{
    public override string Id => "12.3";

    public override AnswerForm Form { get; } = AnswerForm.Variable<string>("string", "gaps");

    public override IEnumerable<string> Recognised => Gaps.SelectMany((gap, i) => gap.WhyNot.Keys.Select(letter => MistakeId(i, letter)));

    private static readonly (char Right, IReadOnlyDictionary<char, string> WhyNot)[] Gaps =
    [
        ('B', new Dictionary<char, string>
        {
            ['A'] =
                "This sum is finite for a q that leaves an outcome out, as long as the others include what q keeps: the claim would "
                    + "be false.",
        }),
        ('C', new Dictionary<char, string>
        {
            ['A'] =
                "The convention 0 ln 0 = 0 is about outcomes that never happen, and this one does: its probability stands before "
                    + "the logarithm.",
            ['B'] = "In a probability that q excludes there is no credit: the ratio has q in its denominator.",
        }),
        ('A', new Dictionary<char, string>
        {
            ['B'] =
                "Whether a sum of terms is infinite when one is does not depend on the weights' sum: ask what the other terms might "
                    + "do to it.",
            ['C'] = "The others may well be finite: one infinite term decides, if nothing can make up for it.",
        }),
        ('B', new Dictionary<char, string>
        {
            ['A'] = "One of the given distributions may itself be zero where another one is not: its sum can be infinite.",
            ['C'] = "The geometric mean is zero wherever one of them is: that is what the claim excludes.",
        }),
        ('C', new Dictionary<char, string>
        {
            ['A'] = "That the least sum is finite says that a minimum is not at infinity, but not where it is, nor how many there are.",
            ['B'] =
                "The sum is not linear in q, and a linear function would have its minimum at a corner, which leaves nearly everything out.",
        }),
    ];

    protected override Verdict Judge(IAnswer answer, Random random)
    {
        string written = answer.Call<string>() ?? throw AnswerException.NotAttempted();
        char[] letters = [.. written.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)];
        if (letters.Length != Gaps.Length)
            return Wrong($"'{written.Trim()}' has {letters.Length} letters: there are {Gaps.Length} gaps, and each takes one.");
        for (int i = 0; i < Gaps.Length; i++)
        {
            if (letters[i] == Gaps[i].Right)
                continue;
            return Gaps[i].WhyNot.TryGetValue(letters[i], out string? why)
                ? Wrong($"Gap {i + 1}: {why}", MistakeId(i, letters[i]))
                : Wrong($"Gap {i + 1}: '{letters[i]}' is not one of its letters.");
        }
        return Correct();
    }

    private static string MistakeId(int gap, char letter) => $"gap-{gap + 1}-{letter}";
}
