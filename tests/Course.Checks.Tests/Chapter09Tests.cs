using RelativeEntropy;

namespace Course.Checks.Tests;

/// <summary>
/// The checks of chapter 09 under many seeds. That each answer in the solutions notebook gets its verdict is tested where
/// notebooks are run.
/// </summary>
public sealed class Chapter09Tests
{
    private const int Seeds = 300;

    private static IEnumerable<Verdict> UnderSeeds<TDelegate>(string id, TDelegate answer, int seeds = Seeds)
        where TDelegate : Delegate =>
        Enumerable.Range(0, seeds).Select(seed => Exercises.Find(id).Check(new LiveAnswer(answer, Exercises.Find(id).Form), seed));

    [Fact]
    public void The_plain_softmax_gives_the_right_gradient_under_all_seeds() =>
        Assert.All(UnderSeeds("09.1", new Func<double[], double[], double, double[]>(
            (teacher, student, t) => [.. Softmax(student, t).Zip(Softmax(teacher, t), (q, p) => t * (q - p))])),
            v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void A_missing_square_is_always_recognised() =>
        Assert.All(UnderSeeds("09.1", new Func<double[], double[], double, double[]>(
            (teacher, student, t) => [.. Softmax(student, t).Zip(Softmax(teacher, t), (q, p) => (q - p) / t)])),
            v => Assert.Equal("no-temperature-squared", v.Mistake));

    public static TheoryData<int, int> PairsOfClasses => new() { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 1, 2 }, { 1, 3 }, { 2, 3 } };

    [Theory]
    [MemberData(nameof(PairsOfClasses))]
    public void Of_the_stored_targets_each_pair_of_classes_gives_the_temperature_and_at_face_value_none_does(int i, int j)
    {
        double[] logits = [5, 3, 0, -2], stored = [0.34953271, 0.24869322, 0.20537627, 0.19639779];
        double shift = (1 - stored.Sum(s => Math.Log(s))) / 4;
        double First(int k) => Math.Log(stored[k]) + shift;
        Assert.Equal(Outcome.Correct, Check.Exercise("09.2", (logits[i] - logits[j]) / Math.Log(First(i) / First(j))).Outcome);
        Assert.Equal("bug-ignored", Check.Exercise("09.2", (logits[i] - logits[j]) / Math.Log(stored[i] / stored[j])).Mistake);
    }

    [Fact]
    public void The_stored_targets_are_what_the_snippet_gives_at_the_temperature_that_is_right()
    {
        double[] given = Softmax(Softmax([5, 3, 0, -2], 2.463), 1);
        Assert.Equal(Outcome.Correct, Check.Exercise("09.2", 2.463).Outcome);
        Assert.Equal([0.34953271, 0.24869322, 0.20537627, 0.19639779], given.Select(v => Math.Round(v, 8)));
    }

    [Fact]
    public void The_library_takes_apart_rightly_under_all_seeds() =>
        Assert.All(UnderSeeds("09.4", new Func<double[], double[], int, double, double[]>(
            (teacher, student, label, t) =>
            [
                Distillation.Decoupled(label, teacher, student, 1, 0, t) / (t * t),
                Distillation.Decoupled(label, teacher, student, 0, 1, t) / (t * t),
            ])), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void A_difference_for_the_other_classes_is_always_recognised() =>
        Assert.All(UnderSeeds("09.4", new Func<double[], double[], int, double, double[]>(
            (teacher, student, label, t) =>
            {
                double[] p = Softmax(teacher, t), q = Softmax(student, t);
                double coin = (p[label] * Math.Log(p[label] / q[label])) + ((1 - p[label]) * Math.Log((1 - p[label]) / (1 - q[label])));
                return [coin, Distillation.Decoupled(label, teacher, student, 0, 1, t) / (t * t)];
            })), v => Assert.Equal("cancellation", v.Mistake));

    [Fact]
    public void Gradient_descent_finds_the_linear_student_under_all_seeds() =>
        Assert.All(UnderSeeds("09.5", new Func<double[], int, double[], int, double, double[]>(Descent), seeds: 20), v => Assert.Equal(Outcome.Correct, v.Outcome));

    [Fact]
    public void The_teacher_itself_is_always_recognised() =>
        Assert.All(UnderSeeds("09.5", new Func<double[], int, double[], int, double, double[]>(
            (_, _, teacher, classes, t) => [.. teacher.Chunk(classes).SelectMany(row => Softmax(row, t))]), seeds: 20),
            v => Assert.Equal("teacher-returned", v.Mistake));

    [Theory]
    [InlineData("first")]
    [InlineData("last")]
    [InlineData("mean")]
    [InlineData("least")]
    [InlineData("none")]
    public void A_softmax_that_takes_out_another_number_than_the_largest_logit_is_told_so(string shift)
    {
        double[] Shifted(double[] z, double t) => Draw.Normalised([.. z.Select(v => Math.Exp((v - Shift(z)) / t))]);
        double Shift(double[] z) => shift switch { "first" => z[0], "last" => z[^1], "mean" => z.Average(), "least" => z.Min(), _ => 0 };
        Assert.Equal("overflow", Check.Exercise("09.1", new Func<double[], double[], double, double[]>((teacher, student, t) =>
            [.. Shifted(student, t).Zip(Shifted(teacher, t), (q, p) => t * (q - p))])).Mistake);
        Assert.Equal("overflow", Check.Exercise("10.1", new Func<double[], double[], double[]>((logits, rewards) =>
        {
            double[] p = Shifted(logits, 1);
            double mean = p.Zip(rewards, (v, r) => v * r).Sum();
            return [.. p.Zip(rewards, (v, r) => v * (r - mean))];
        })).Mistake);
    }

    [Fact]
    public void The_gradient_and_the_parts_are_to_be_written_and_not_called()
    {
        Assert.Equal(Exercise.LibraryCall, Check.Exercise("09.1", new Func<double[], double[], double, double[]>((teacher, student, t) =>
        {
            double[] gradient = new double[student.Length];
            Distillation.SoftTargetsGradient(teacher, student, t, gradient);
            return gradient;
        })).Mistake);
        Assert.Equal(Exercise.LibraryCall, Check.Exercise("09.4", new Func<double[], double[], int, double, double[]>(
            (teacher, student, label, t) =>
            [
                Distillation.Decoupled(label, teacher, student, 1, 0, t) / (t * t),
                Distillation.Decoupled(label, teacher, student, 0, 1, t) / (t * t),
            ])).Mistake);
    }

    [Fact]
    public void Where_a_network_is_sure_a_small_constant_is_not_told_to_be_a_difference() =>
        Assert.All(UnderSeeds("09.4", new Func<double[], double[], int, double, double[]>((teacher, student, label, t) =>
        {
            double[] Coin(double[] p) => [p[label], p.Where((_, i) => i != label).Sum()];
            double[] p = Coin(Softmax(teacher, t)), q = Coin(Softmax(student, t));
            return
            [
                p.Zip(q, (a, b) => a * Math.Log(a / Math.Max(b, 1e-12))).Sum(),
                Distillation.Decoupled(label, teacher, student, 0, 1, t) / (t * t),
            ];
        })), v => Assert.Equal("sure-network", v.Mistake));

    [Fact]
    public void Whoever_has_not_begun_is_not_where_the_loss_is_smallest() =>
        Assert.All(UnderSeeds("09.5", new Func<double[], int, double[], int, double, double[]>(
            (_, _, teacher, classes, _) => [.. teacher.Select(_ => 1.0 / classes)]), seeds: 20),
            v => Assert.Equal("not-converged", v.Mistake));

    [Fact]
    public void Answers_that_no_linear_student_gives_are_not_told_to_go_on() =>
        Assert.All(UnderSeeds("09.5", new Func<double[], int, double[], int, double, double[]>(
            (_, _, teacher, classes, t) =>
                [.. teacher.Chunk(classes).SelectMany(row => Softmax(row, t).Select(v => 0.9 * v + 0.1 / classes))]), seeds: 20),
            v => Assert.Equal("not-linear", v.Mistake));

    [Fact]
    public void A_null_is_wrong_and_not_a_crash()
    {
        Assert.Equal(Outcome.Wrong, Check.Exercise("09.1", new Func<double[], double[], double, double[]>((_, _, _) => null!)).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("09.4", new Func<double[], double[], int, double, double[]>((_, _, _, _) => null!)).Outcome);
        Assert.Equal(Outcome.Wrong, Check.Exercise("09.5", new Func<double[], int, double[], int, double, double[]>((_, _, _, _, _) => null!)).Outcome);
    }

    private static double[] Softmax(double[] logits, double temperature)
    {
        double[] weights = [.. logits.Select(z => Math.Exp((z - logits.Max()) / temperature))];
        return Draw.Normalised(weights);
    }

    /// <summary>Gradient descent on the weights of b/T, the inputs preceded by a one.</summary>
    private static double[] Descent(double[] inputs, int columns, double[] teacher, int classes, double temperature)
    {
        int m = columns + 1;
        double[][] x = [.. inputs.Chunk(columns).Select(row => (double[])[1, .. row])];
        double[] p = new double[teacher.Length], q = new double[teacher.Length], scores = new double[teacher.Length];
        Logits.SoftmaxRows(teacher, classes, p, temperature);
        double[] weights = new double[classes * m], slope = new double[classes * m];
        for (int step = 0; step < 100_000; step++)
        {
            Array.Clear(scores);
            Array.Clear(slope);
            for (int i = 0; i < scores.Length * m; i++)
                scores[i / m] += weights[i / m % classes * m + i % m] * x[i / m / classes][i % m];
            Logits.SoftmaxRows(scores, classes, q);
            for (int i = 0; i < scores.Length * m; i++)
                slope[i / m % classes * m + i % m] += (q[i / m] - p[i / m]) * x[i / m / classes][i % m] / x.Length;
            for (int i = 0; i < weights.Length; i++)
                weights[i] -= slope[i];
            if (slope.Max(Math.Abs) < 1e-10)
                break;
        }

        return q;
    }
}
