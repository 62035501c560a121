using System.Globalization;
using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 06 under many seeds, and where they draw the line. That each answer in the solutions notebook gets its verdict is
/// tested where notebooks are run.
/// </summary>
public sealed class Chapter06Tests
{
    private const int Seeds = 100;

    private static IEnumerable<Verdict> UnderAllSeeds<TDelegate>(string id, TDelegate answer)
        where TDelegate : Delegate =>
        Enumerable.Range(0, Seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    // Three exact answers by the library: none of them is the check's own formula.
    [Fact]
    public void The_boxes_are_the_librarys_divergences_of_other_arguments() =>
        Assert.All(UnderAllSeeds("06.2", new Func<double[], double[], double[]>((m, l) => Boxes(m, l))), v => Assert.Equal(Outcome.Correct, v.Outcome));

    // Where two boxes are wrong the first is named, whatever the other one prints.
    [Theory]
    [InlineData(0, 1, "a-no-bug")]
    [InlineData(0, 2, "a-no-bug")]
    [InlineData(1, 2, "b-no-bug")]
    public void A_box_is_recognised_beside_another_wrong_one(int box, int other, string mistake) =>
        Assert.All(UnderAllSeeds("06.2", new Func<double[], double[], double[]>((m, l) =>
        {
            double[] printed = Boxes(m, l);
            printed[box] = DiagonalGaussian.KullbackLeiblerToStandard(m, l);
            printed[other] += 0.1;
            return printed;
        })), v => Assert.Equal(mistake, v.Mistake));

    [Fact]
    public void A_box_that_is_off_in_no_known_way_is_named_by_its_place_alone() =>
        Assert.All(UnderAllSeeds("06.2", new Func<double[], double[], double[]>((m, l) =>
        {
            double[] printed = Boxes(m, l);
            printed[2] += 0.1 * m.Length;
            return printed;
        })), v => Assert.Equal((Outcome.Wrong, null, true), (v.Outcome, v.Mistake, v.Message.Contains("index 2", StringComparison.Ordinal))));

    [Theory]
    [InlineData(10, Outcome.Correct)]
    [InlineData(9, Outcome.Wrong)]
    public void A_value_rounded_to_as_many_digits_as_are_asked_is_right_and_to_one_fewer_is_not(int digits, Outcome outcome) =>
        Assert.All(UnderAllSeeds("06.5", new Func<double, double, double>((s0, s1) =>
            Rounded(Gaussian.KullbackLeibler(0, s0, 0, s1), digits))),
            v => Assert.Equal(outcome, v.Outcome));

    [Theory]
    [InlineData("log-of-one-plus")]
    [InlineData("cancellation")]
    [InlineData("squares")]
    [InlineData("series-too-far")]
    public void A_way_to_lose_digits_is_recognised_under_all_seeds(string mistake) =>
        Assert.All(UnderAllSeeds("06.5", new Func<double, double, double>((s0, s1) => Stretch(s0, s1, mistake))),
            v => Assert.Equal(mistake, v.Mistake));

    [Fact]
    public void Near_equality_only_rounding_is_told_to_be_rounding() =>
        Assert.Null(Check.Exercise("06.5", new Func<double, double, double>((s0, s1) =>
            (Math.Abs(s0 / s1 - 1) < 0.05 ? 1.01 : 1) * Gaussian.KullbackLeibler(0, s0, 0, s1))).Mistake);

    // The posterior after one measurement: S0 = S1 - c c'/2 with c = S1 e_3 and a shift of 0.3 c, so that D = (ln 2 - 1/2 + 0.09)/2.
    [Fact]
    public void The_nearly_singular_pair_has_a_divergence_in_closed_form_and_the_truth_is_that()
    {
        double nearlySingular = double.NaN;
        Check.Exercise("06.4", new Func<double[], double[], double[], double[], double>((m0, s0, m1, s1) =>
        {
            double d = MultivariateGaussian.KullbackLeibler(m0, s0, m1, s1);
            if (m0.Length == 8)
                nearlySingular = d;
            return d;
        }));
        Assert.Equal((Math.Log(2) - 0.41) / 2, nearlySingular, 1e-13);
    }

    [Theory]
    [InlineData(1e-7, "lost-in-the-trace")]
    [InlineData(0.01, null)]
    public void Lost_digits_are_told_where_digits_were_lost(double error, string? mistake) =>
        Assert.All(UnderAllSeeds("06.4", new Func<double[], double[], double[], double[], double>((m0, s0, m1, s1) =>
            MultivariateGaussian.KullbackLeibler(m0, s0, m1, s1) + (m0.Length == 8 ? error : 0))),
            v => Assert.Equal((Outcome.Wrong, mistake), (v.Outcome, v.Mistake)));

    private static double[] Boxes(double[] m, double[] l) =>
    [
        DiagonalGaussian.KullbackLeiblerToStandard(m, [.. l.Select(v => 2 * v)]),
        DiagonalGaussian.KullbackLeiblerToStandard(m, l) / m.Length,
        DiagonalGaussian.KullbackLeibler(new double[m.Length], [.. m.Select(_ => 1.0)], m, [.. l.Select(v => Math.Exp(v))]),
    ];

    private static double Rounded(double value, int digits) =>
        double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Stretch(double s0, double s1, string mistake)
    {
        double d = (s0 - s1) / s1, r = s0 / s1, e = mistake == "squares" ? (s0 - s1) * (s0 + s1) / (s1 * s1) : d * (2 + d);
        if (mistake == "cancellation")
            return (r * r - 1) / 2 - Math.Log(r);
        return Math.Abs(e) < 0.1 || mistake == "series-too-far" ? Enumerable.Range(2, 25).Sum(k => Math.Pow(-e, k) / k) / 2
            : mistake == "log-of-one-plus" ? (e - Math.Log(1 + e)) / 2
            : e / 2 - Math.Log(r);
    }
}
