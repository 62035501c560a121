using RelativeEntropy;
using static Course.Models.Tests.Numbers;

namespace Course.Models.Tests;

/// <summary>The trigram teacher against its definition, and the bigram student against the enumeration of all texts.</summary>
public class LanguageTests
{
    private const int N = 3, L = 4;

    private static readonly int[] Text = [0, 1, 2, 0, 1, 0, 2, 2, 1, 0, 1, 2, 0, 0, 1, 2, 1];

    public static TheoryData<double> Weights => [0, 0.1, 0.5, 0.9, 1];

    [Fact]
    public void Each_letter_is_mixed_with_the_view_that_sees_a_letter_less()
    {
        var teacher = new TrigramTeacher(Text, N, 0.7);
        for (int a = 0; a < N; a++)
        {
            for (int b = 0; b < N; b++)
            {
                for (int c = 0; c < N; c++)
                {
                    double one = (Count(c) + 1.0) / (Text.Length + N);
                    double two = (Count(b, c) + 0.7 * one) / (Enumerable.Range(0, N).Sum(d => Count(b, d)) + 0.7);
                    double three = (Count(a, b, c) + 0.7 * two) / (Enumerable.Range(0, N).Sum(d => Count(a, b, d)) + 0.7);
                    Assert.Equal(three, teacher.Probabilities[((a * N) + b) * N + c], 1e-15);
                    Assert.Equal(Math.Log(three), teacher.LogProbabilities[((a * N) + b) * N + c], 1e-14);
                }
            }
        }

        static int Count(params int[] letters) =>
            Enumerable.Range(0, Text.Length - letters.Length + 1).Count(i => Text.AsSpan(i, letters.Length).SequenceEqual(letters));
    }

    [Fact]
    public void The_contexts_of_the_teacher_are_what_a_step_of_its_leaves_as_it_is()
    {
        TrigramTeacher teacher = Teacher();
        double[] steps = new double[N * N * N * N], stationary = new double[N * N];
        for (int context = 0; context < N * N; context++)
        {
            for (int c = 0; c < N; c++)
                steps[(context * N * N) + (context % N * N) + c] = teacher.Probabilities[(context * N) + c];
        }

        MarkovChain.Stationary(steps, stationary);
        for (int i = 0; i < stationary.Length; i++)
            Assert.Equal(stationary[i], teacher.Contexts[i], 1e-14);
    }

    [Fact]
    public void The_most_probable_text_is_the_best_of_all()
    {
        TrigramTeacher teacher = Teacher();
        for (int given = 0; given < N * N; given++)
        {
            int[] found = teacher.MostProbable(L)[given];
            double best = Texts().Where(t => t[0] * N + t[1] == given).Max(t => Probability(t, Trigram(teacher)));
            Assert.Equal(best, Probability([given / N, given % N, .. found], Trigram(teacher)), 1e-15);
        }
    }

    [Fact]
    public void The_divergences_of_texts_are_those_of_their_enumeration()
    {
        (BigramStudent student, double[] logits) = Student();
        double[] p = Distribution(Trigram(student.Teacher), student), q = Distribution(Bigram(student.Probabilities(logits)), student);
        Assert.Equal(Divergence.KullbackLeibler(p, q) / L, student.Forward(logits), 1e-13);
        Assert.Equal(Divergence.KullbackLeibler(q, p) / L, student.Reverse(logits), 1e-13);
    }

    [Fact]
    public void The_whole_gradient_of_the_reverse_divergence_is_that_of_finite_differences()
    {
        (BigramStudent student, double[] logits) = Student();
        double[] gradient = new double[student.ParameterCount];
        Assert.Equal(student.Reverse(logits), student.Reverse(logits, gradient));
        AssertGradient(z => student.Reverse(z), logits, gradient);
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void The_gradient_of_the_loss_by_letters_is_that_of_finite_differences(double weight)
    {
        (BigramStudent student, double[] logits) = Student();
        double[] contexts = student.Contexts(logits), gradient = new double[student.ParameterCount];
        Assert.Equal(student.LetterLoss(logits, contexts, weight), student.LetterLoss(logits, contexts, weight, gradient));
        AssertGradient(z => student.LetterLoss(z, contexts, weight), logits, gradient);
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void The_loss_by_letters_is_the_mean_of_the_librarys_losses(double weight)
    {
        (BigramStudent student, double[] logits) = Student();
        double[] contexts = student.Contexts(logits);
        double mean = 0;
        for (int i = 0; i < contexts.Length; i++)
        {
            ReadOnlySpan<double> teacher = student.Teacher.LogProbabilities.Slice(i * N, N), row = logits.AsSpan(i % N * N, N);
            mean += contexts[i] * (weight == 0 ? Distillation.SoftTargets(teacher, row, 1)
                : weight == 1 ? Distillation.ReverseSoftTargets(teacher, row, 1)
                : Distillation.GeneralisedJensenShannon(teacher, row, weight, 1) / (weight * (1 - weight)));
        }

        Assert.Equal(mean, student.LetterLoss(logits, contexts, weight), 1e-13);
    }

    [Fact]
    public void Drawn_contexts_have_the_contexts_as_their_mean()
    {
        // Each is a mean of 40,000 indicators of texts; correlation within a text at most multiplies the variance by L.
        (BigramStudent student, double[] logits) = Student();
        double[] drawn = student.DrawnContexts(logits, 40_000, new(1)), mean = student.Contexts(logits);
        for (int i = 0; i < mean.Length; i++)
            Assert.Equal(mean[i], drawn[i], 5 * Math.Sqrt(mean[i] / 40_000));
        Assert.Equal(1, drawn.Sum(), 1e-11);
        Assert.Equal(1, mean.Sum(), 1e-14);
    }

    [Fact]
    public void At_the_teachers_bigrams_the_student_writes_the_teachers_pairs()
    {
        (BigramStudent student, _) = Student();
        double[] contexts = student.Teacher.Contexts.ToArray();
        double[] logits = [.. contexts.Select(v => Math.Log(v))];      // row b is ln of the pairs (b, c): the softmax divides by the sum
        double[] own = student.Contexts(logits), gradient = new double[logits.Length];
        for (int i = 0; i < own.Length; i++)
            Assert.Equal(contexts[i], own[i], 1e-14);
        student.LetterLoss(logits, contexts, 0, gradient);
        Assert.All(gradient, slope => Assert.Equal(0, slope, 1e-14));
    }

    [Fact]
    public void A_logit_that_excludes_a_letter_leaves_every_gradient_finite()
    {
        (BigramStudent student, double[] logits) = Student();
        logits[1] = -2000;
        foreach (double weight in Weights)
        {
            double[] gradient = new double[logits.Length];
            Assert.True(double.IsFinite(student.LetterLoss(logits, student.Teacher.Contexts, weight, gradient)));
            Assert.All(gradient, slope => Assert.True(double.IsFinite(slope)));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("letters", () => new TrigramTeacher(Text, 1));
        Assert.Throws<ArgumentOutOfRangeException>("text", () => new TrigramTeacher(Text, 2));
        Assert.Throws<ArgumentOutOfRangeException>("text.Length", () => new TrigramTeacher([0, 1], 2));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => new TrigramTeacher(Text, N, 0));
        TrigramTeacher teacher = Teacher();
        Assert.Throws<ArgumentOutOfRangeException>("length", () => teacher.MostProbable(0));
        Assert.Throws<ArgumentNullException>("teacher", () => new BigramStudent(null!, L));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => new BigramStudent(teacher, 0));
        (BigramStudent student, double[] logits) = Student();
        Assert.Throws<ArgumentException>("parameters", () => student.Forward(new double[8]));
        Assert.Throws<ArgumentException>("parameters", () => student.Reverse([.. logits[1..], double.NaN]));
        Assert.Throws<ArgumentException>("contexts", () => student.LetterLoss(logits, new double[3], 0));
        Assert.Throws<ArgumentOutOfRangeException>("weight", () => student.LetterLoss(logits, logits, 1.5));
        Assert.Throws<ArgumentException>("gradient", () => student.Reverse(logits, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>("texts", () => student.DrawnContexts(logits, 0, new(1)));
        Assert.Throws<ArgumentNullException>("random", () => student.Write(logits, null!));
    }

    private static TrigramTeacher Teacher() => new(Text, N, 0.7);

    private static (BigramStudent Student, double[] Logits) Student() => (new(Teacher(), L), Normal(N * N, 3));

    // A text is its two given letters and the L that are written.
    private static IEnumerable<int[]> Texts() => Enumerable.Range(0, (int)Math.Pow(N, L + 2))
        .Select(i => Enumerable.Range(0, L + 2).Select(k => i / (int)Math.Pow(N, k) % N).ToArray());

    private static Func<int, int, int, double> Trigram(TrigramTeacher teacher) =>
        (a, b, c) => teacher.Probabilities[((a * N) + b) * N + c];

    private static Func<int, int, int, double> Bigram(double[] q) => (_, b, c) => q[(b * N) + c];

    private static double Probability(int[] text, Func<int, int, int, double> next) =>
        Enumerable.Range(2, text.Length - 2).Aggregate(1.0, (product, k) => product * next(text[k - 2], text[k - 1], text[k]));

    private static double[] Distribution(Func<int, int, int, double> next, BigramStudent student) =>
        [.. Texts().Select(t => student.Teacher.Contexts[t[0] * N + t[1]] * Probability(t, next))];
}
