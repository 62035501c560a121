using System.Reflection;

namespace Course.Checks.Tests;

/// <summary>An answer as near to the truth as the statement asks is right, and one that is less near is not.</summary>
public sealed class PrecisionTests
{
    private const int Seed = 1;

    public static TheoryData<string> Stated => [.. Exercises.All.Where(e => e.Stated is not null).Select(e => e.Id)];

    [Theory]
    [MemberData(nameof(Stated))]
    public void Within_the_stated_precision_is_right(string id)
    {
        foreach (double share in new[] { 0, 0.99, -0.99 })
            Assert.Equal(Outcome.Correct, Exercises.Find(id).Check(new Off(id, share), Seed).Outcome);
    }

    [Theory]
    [MemberData(nameof(Stated))]
    public void Beyond_it_is_wrong_on_each_input_alone(string id)
    {
        Assert.NotEqual(0, Off.Places(id));
        for (int place = 0; place < Off.Places(id); place++)
        {
            foreach (double share in new[] { 1.01, -1.01 })
                Assert.Equal(Outcome.Wrong, Exercises.Find(id).Check(new Off(id, share, place), Seed).Outcome);
        }
    }

    [Theory]
    [InlineData(3, 50.176, 0.05)]
    [InlineData(3, 99.96, 0.05)]
    [InlineData(3, 100.4, 0.5)]
    [InlineData(5, 1e-3, 5e-8)]
    public void A_significant_digit_is_one_of_the_truth(int digits, double truth, double half) =>
        Assert.Equal(half, Precision.SignificantDigits(digits).LargestError(truth), 1e-12 * half);

    [Theory]
    [InlineData(0, 5e-11)]
    [InlineData(0.0035, 5e-11)]
    [InlineData(0.0999, 5e-11)]
    [InlineData(0.1, 5e-10)]
    public void Decimal_places_will_do_where_the_truth_is_small(double truth, double half) =>
        Assert.Equal(half, Precision.SignificantDigits(9).OrDecimals(10).LargestError(truth), 1e-12 * half);

    /// <summary>A statement with a number of digits says all: no check adds a magnitude below which they are not asked for.</summary>
    [Fact]
    public void Digits_are_what_the_statement_says_and_no_floor_adds_to_it() =>
        Assert.DoesNotContain(
            Exercises.All, e => e.Stated?.Words is { } words && words.Contains("significant digits", StringComparison.Ordinal) && Off.Floor(e) != 0);

    [Fact]
    public void A_precision_has_the_words_of_a_statement()
    {
        Assert.Equal("right to four decimal places", Precision.Decimals(4).Words);
        Assert.Equal("right to five significant digits", Precision.SignificantDigits(5).Words);
        Assert.Equal("right to nine significant digits or ten decimal places", Precision.SignificantDigits(9).OrDecimals(10).Words);
        Assert.Equal("right to a relative $10^{-9}$", Precision.Relative(1e-9).Words);
        Assert.Equal("right to $10^{-5}$", Precision.Absolute(1e-5).Words);
        Assert.Null(((Precision)1e-12).Words);
    }

    [Fact]
    public void An_infinite_element_excuses_no_other() =>
        Assert.False(Deviation.IsWithin(new[] { double.PositiveInfinity, 2 }, [double.PositiveInfinity, 1], 1e-3));

    /// <summary>The truth, off by a share of the stated precision: at each number of the results, or at the one of that place.</summary>
    private sealed class Off : IAnswer
    {
        private readonly Queue<object> _results;

        public Off(string id, double share, int? place = null)
        {
            Exercise exercise = Exercises.Find(id);
            int at = 0;
            _results = new(Truths(exercise).Select(truth => Moved(truth, (v, scale) =>
                double.IsFinite(v) && scale > 0 && (at++ == place || place is null)
                    ? v + share * exercise.Stated!.LargestError(scale)
                    : v,
                exercise)));
        }

        /// <summary>How many numbers there are that can be off.</summary>
        public static int Places(string id)
        {
            int places = 0;
            Exercise exercise = Exercises.Find(id);
            foreach (object truth in Truths(exercise))
                Moved(truth, (v, scale) => { places += double.IsFinite(v) && scale > 0 ? 1 : 0; return v; }, exercise);
            return places;
        }

        // A check that asks more than its inputs, the same again in another order, gets the last result again.
        public T? Call<T>(params object?[] arguments) => (T?)(_results.Count > 1 ? _results.Dequeue() : _results.Peek());

        public T? After<T>(T argument) => argument;

        public static double Floor(Exercise exercise) =>
            Member(exercise, "Floor") is { } getter ? (double)getter.Invoke(exercise, [])! : 0;

        private static object Moved(object truth, Func<double, double, double> move, Exercise exercise)
        {
            double floor = Floor(exercise);
            return truth is double[] many
                ? many.Select(v => move(v, Deviation.Scale(many, floor))).ToArray()
                : move((double)truth, Deviation.Scale([(double)truth], floor));
        }

        private static IEnumerable<object> Truths(Exercise exercise)
        {
            if (Member(exercise, "Inputs") is not { } inputs)
                return [Member(exercise, "Truth")!.Invoke(exercise, [])!];
            var all = (System.Collections.IEnumerable)inputs.Invoke(exercise, [new Random(Seed)])!;
            return [.. all.Cast<object>().Select(input => Member(exercise, "Truth")!.Invoke(exercise, [input])!)];
        }

        // Truths are the checks' own: no learner's code can ask for them.
        private static MethodInfo? Member(Exercise exercise, string name) =>
            exercise.GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)
            ?? exercise.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic)?.GetMethod;
    }
}
