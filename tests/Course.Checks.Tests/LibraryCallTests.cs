using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>Answers that call what they should write, as the line in the notebook sees them.</summary>
public sealed class LibraryCallTests
{
    [Fact]
    public void A_right_answer_by_the_library_is_told_so_where_it_is_to_be_written()
    {
        Verdict verdict = Check.Exercise("02.1", new Func<double[], double[], double>((p, q) => Divergence.KullbackLeibler(p, q)));
        Assert.Equal((Outcome.Wrong, Exercise.LibraryCall), (verdict.Outcome, verdict.Mistake));
        Assert.Contains("calls Divergence.KullbackLeibler of", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_written_by_hand_is_correct() =>
        Assert.Equal(Outcome.Correct, Check.Exercise("02.1", new Func<double[], double[], double>((p, q) => p.Zip(q).Where(x => x.First > 0).Sum(x => x.First * Math.Log(x.First / x.Second)))).Outcome);

    [Fact]
    public void What_the_compiled_code_of_a_method_calls_is_read_whole()
    {
        Assert.Equal(["Divergence.KullbackLeibler", "Entropy.Shannon"], Calls(p => p switch
        {
            [] => 0,
            [1] => 1e300,
            [2] => 123456789012345L,
            [3, ..] => Entropy.Shannon(p),
            _ => Divergence.KullbackLeibler(p, p),
        }));
        Assert.Empty(Calls(p => p.Sum()));
    }

    private static IEnumerable<string> Calls(Func<double[], double> answer) =>
        LibraryCalls.From(answer).Where(c => c.Type is "Divergence" or "Entropy").Select(c => c.ToString()).Order(StringComparer.Ordinal);
}
