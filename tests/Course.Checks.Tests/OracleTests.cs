using System.Text.RegularExpressions;

namespace Course.Checks.Tests;

/// <summary>
/// What somebody learns of a value who submits one number after the other and reads the sentences: within a factor of two where it is.
/// </summary>
public sealed class OracleTests
{
    public static TheoryData<string> Values => [.. Exercises.All.OfType<ValueExercise>().Select(e => e.Id)];

    [Theory]
    [MemberData(nameof(Values))]
    public void The_sentences_about_a_value_are_those_about_a_power_of_two(string id)
    {
        List<(double Given, string Message)> told = [];
        foreach (double given in Numbers())
        {
            if (Check.Exercise(id, given) is { Outcome: Outcome.Wrong, Mistake: null } verdict)
                told.Add((given, verdict.Message));
        }
        double[] powers = [.. from k in Enumerable.Range(-20, 41) from sign in new[] { 1, -1 } select sign * Math.Pow(2, k)];
        Assert.Single(powers,
            power => told.All(t => t.Given == power || t.Message == $"Your answer is {Deviation.Describe(t.Given, power)}."));
        Assert.DoesNotContain(told, t => Regex.IsMatch(t.Message, "error|%"));
    }

    [Fact]
    public void Halving_by_the_sentences_finds_a_value_within_a_factor_of_two_and_no_nearer()
    {
        var random = new Random(1);
        for (int k = 0; k < 1000; k++)
        {
            double value = Math.Pow(10, 6 * random.NextDouble() - 3);
            (double low, double high) = (Edge(value, Side.Near), Edge(value, Side.TooLarge));

            // The two ends of "near", and the middle between them, are the same for all values from here to the double of it.
            Assert.Equal(4, high / low, 1e-9);
            double least = Math.Sqrt(low * high) / Math.Sqrt(2);
            Assert.InRange(value, least * (1 - 1e-9), 2 * least * (1 + 1e-9));
            double other = least * Math.Pow(2, 0.01 + 0.98 * random.NextDouble());
            Assert.Equal((low, high), (Edge(other, Side.Near), Edge(other, Side.TooLarge)));
        }
    }

    private static readonly double[] Extremes =
        [double.NaN, double.NegativeInfinity, -1, 0, double.Epsilon, 1, double.MaxValue, double.PositiveInfinity];

    public static TheoryData<double, double> Pairs => [.. from a in Extremes from b in Extremes where !a.Equals(b) select (a, b)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Whatever_the_number_and_the_value_there_are_words_for_it(double given, double value)
    {
        Assert.StartsWith($"{Words.Of(given)}, which is ", Deviation.Describe(given, value), StringComparison.Ordinal);
        Assert.Contains($"{Words.Of(given)}, which is ", Deviation.Describe(new[] { 7, given }, [7, value]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 2, Side.TooSmall)]
    [InlineData(1, -2, Side.TooLarge)]
    [InlineData(0, 2, Side.TooSmall)]
    [InlineData(1, 3, Side.TooSmall)]
    [InlineData(3, 1, Side.TooLarge)]
    [InlineData(1.4, 1, Side.Near)]
    [InlineData(-1, -1.4, Side.Near)]
    [InlineData(5, double.PositiveInfinity, Side.TooSmall)]
    public void A_number_is_near_or_told_its_side(double given, double value, Side side)
    {
        Assert.Equal(side, Said(Deviation.Describe(given, value)));
        Assert.Equal(side, Said(Deviation.Describe(new[] { 7, given }, [7, value])));
    }

    public enum Side
    {
        TooSmall,
        Near,
        TooLarge,
    }

    /// <summary>The number from which on an answer is told a side, by halving.</summary>
    private static double Edge(double value, Side from)
    {
        (double low, double high) = (1e-6, 1e6);
        for (double middle = Math.Sqrt(low * high); low < middle && middle < high; middle = Math.Sqrt(low * high))
            (low, high) = Said(Deviation.Describe(middle, value)) >= from ? (low, middle) : (middle, high);
        return high;
    }

    private static IEnumerable<double> Numbers()
    {
        yield return 0;
        for (double g = 1e-6; g < 1e6; g *= 1.01)
        {
            yield return g;
            yield return -g;
        }
    }

    private static Side Said(string sentence) =>
        sentence.Contains("too large", StringComparison.Ordinal) ? Side.TooLarge
        : sentence.Contains("too small", StringComparison.Ordinal) ? Side.TooSmall
        : sentence.Contains("near", StringComparison.Ordinal) ? Side.Near
        : throw new InvalidOperationException(sentence);
}
