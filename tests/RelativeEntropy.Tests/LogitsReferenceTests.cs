namespace RelativeEntropy.Tests;

/// <summary>Labels, entropies, divergences and gradients from logits against their 50-digit tables.</summary>
public class LogitsReferenceTests
{
    [Fact]
    public void The_cross_entropy_of_a_label_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("logits_label_cross_entropy", 1e-13, c => Logits.CrossEntropy(c.Label, c.A, c.Temperature));

    [Fact]
    public void The_cross_entropy_of_soft_labels_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("logits_soft_label_cross_entropy", 1e-13, c => Logits.CrossEntropyFromProbabilities(c.P, c.A, c.Temperature));

    [Fact]
    public void Entropy_from_logits_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("logits_entropy", 1e-13, c => Logits.Entropy(c.A, c.Temperature));

    [Fact]
    public void Jensen_Shannon_from_logits_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("logits_jensen_shannon", 1e-13, c => Logits.JensenShannon(c.LogitPair.A, c.LogitPair.B, c.Temperature));

    [Fact]
    public void Renyi_from_logits_is_right_to_13_digits() =>
        ReferenceTable.AssertRelative("logits_renyi", 1e-13, c => Logits.Renyi(c.LogitPair.A, c.LogitPair.B, c.Order, c.Temperature));

    [Fact]
    public void Logits_whose_differences_are_no_doubles_are_right_to_13_digits() =>
        ReferenceTable.AssertRelativeOfEach("logits_wide", 1e-13, c =>
        {
            (double[] a, double[] b) = c.LogitPair;
            double t = c.Temperature;
            double[] softmax = new double[b.Length], logSoftmax = new double[b.Length];
            Logits.Softmax(b, softmax, t);
            Logits.LogSoftmax(b, logSoftmax, t);
            return
            [
                ("Logits.KullbackLeibler", [Logits.KullbackLeibler(a, b, t)]),
                ("Logits.CrossEntropy", [Logits.CrossEntropy(a, b, t)]),
                ("Logits.JensenShannon", [Logits.JensenShannon(a, b, t)]),
                ("Logits.Renyi", [.. c.Settings("orders").Select(order => Logits.Renyi(a, b, order, t))]),
                ("Logits.Entropy", [Logits.Entropy(a, t)]),
                ("Logits.CrossEntropy", [Logits.CrossEntropy(1, b, t)]),
                ("Logits.Softmax", softmax),
                ("Logits.LogSoftmax", logSoftmax),
            ];
        });

    [Fact]
    public void Their_gradients_are_right_to_13_digits_of_their_scale() =>
        ReferenceTable.AssertRelativeToScales("logits_wide_gradient", 1e-13, c => Filled(c, Logits.KullbackLeiblerGradient));

    [Fact]
    public void The_gradient_of_Kullback_Leibler_is_right_to_13_digits_of_its_scale() =>
        ReferenceTable.AssertRelativeToScales("logits_kullback_leibler_gradient", 1e-13, c => Filled(c, Logits.KullbackLeiblerGradient));

    [Fact]
    public void The_gradient_of_the_cross_entropy_is_right_to_13_digits_of_its_scale() =>
        ReferenceTable.AssertRelativeToScales("logits_cross_entropy_gradient", 1e-13, c => Filled(c, Logits.CrossEntropyGradient));

    private delegate double Gradient(
        ReadOnlySpan<double> pLogits, ReadOnlySpan<double> qLogits, Span<double> pGradient, Span<double> qGradient, double temperature, LogBase logBase);

    private static double[] Filled(ReferenceCase c, Gradient gradient)
    {
        (double[] a, double[] b) = c.LogitPair;
        double[] both = new double[2 * a.Length];
        gradient(a, b, both.AsSpan(0, a.Length), both.AsSpan(a.Length), c.Temperature, default);
        return both;
    }
}
