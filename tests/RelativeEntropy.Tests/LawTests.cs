using FsCheck;
using FsCheck.Fluent;

namespace RelativeEntropy.Tests;

/// <summary>Theorems, on random cases. Measures have integer masses, so that what the theorem adds or halves is exact.</summary>
public class LawTests
{
    /// <summary>Eight roundings: what two results of 4 ulp each may differ by.</summary>
    private const double Slack = 8 * 2.220446049250313e-16;

    [Fact]
    public void Divergence_is_never_negative() => Laws.Hold(Laws.Distributions, pair =>
        Divergence.KullbackLeibler(pair.P, pair.Q) >= 0);

    [Fact]
    public void Divergence_is_zero_only_between_equals() => Laws.Hold(Laws.Distributions, pair =>
        Divergence.KullbackLeibler(pair.Q, pair.Q) == 0
        && Divergence.KullbackLeibler(pair.P, pair.Q) == 0 == pair.P.SequenceEqual(pair.Q));

    [Fact]
    public void One_unit_in_the_last_place_already_diverges() => Laws.Hold(Laws.Measures, pair =>
    {
        double[] next = [.. pair.Q];
        next[0] = Math.BitIncrement(next[0]);
        return Measures.KullbackLeibler(next, pair.Q) > 0 && Measures.KullbackLeibler(pair.Q, next) > 0;
    });

    [Fact]
    public void The_generalised_divergence_is_the_plain_sum_less_the_difference_of_masses() => Laws.Hold(Laws.Measures, pair =>
        Near(Measures.KullbackLeibler(pair.P, pair.Q), Measures.LogRatioSum(pair.P, pair.Q) - pair.P.Sum() + pair.Q.Sum(),
            scale: pair.P.Sum() + pair.Q.Sum() + pair.P.Zip(pair.Q, Terms.RelativeEntropy).Sum(Math.Abs)));

    [Fact]
    public void Cross_entropy_is_entropy_plus_divergence() => Laws.Hold(Laws.Distributions, pair =>
        Near(Entropy.Cross(pair.P, pair.Q), Entropy.Shannon(pair.P) + Divergence.KullbackLeibler(pair.P, pair.Q), scale: 1 + Entropy.Cross(pair.P, pair.Q)));

    [Fact]
    public void Chain_rule_the_divergence_of_a_joint_is_that_of_a_marginal_plus_the_mean_of_the_conditionals() =>
        Laws.Hold(Joint, joint =>
        {
            double[][] p = Rows(joint.P, joint.Width), q = Rows(joint.Q, joint.Width);
            double[] marginalP = Laws.Normalised([.. p.Select(Enumerable.Sum)]), marginalQ = Laws.Normalised([.. q.Select(Enumerable.Sum)]);
            double conditional = 0;
            for (int i = 0; i < p.Length; i++)
                conditional += marginalP[i] == 0 ? 0 : marginalP[i] * Divergence.KullbackLeibler(Laws.Normalised(p[i]), Laws.Normalised(q[i]));
            double whole = Divergence.KullbackLeibler(Laws.Normalised(joint.P), Laws.Normalised(joint.Q));
            return Near(whole, Divergence.KullbackLeibler(marginalP, marginalQ) + conditional, scale: 1 + whole);
        });

    [Fact]
    public void Divergence_adds_over_independent_products() => Laws.Hold(Gen.Two(Laws.Distributions), two =>
    {
        ((double[] p, double[] q), (double[] r, double[] s)) = two;
        double[] left = [.. p.SelectMany(x => r.Select(y => x * y))], right = [.. q.SelectMany(x => s.Select(y => x * y))];
        double sum = Divergence.KullbackLeibler(p, q) + Divergence.KullbackLeibler(r, s);
        return Near(Divergence.KullbackLeibler(left, right), sum, scale: 1 + sum);
    });

    [Fact]
    public void Data_processing_merging_outcomes_never_increases_divergence() => Laws.Hold(Joint, joint =>
        Measures.KullbackLeibler(Merged(joint.P, joint.Width), Merged(joint.Q, joint.Width))
            <= Measures.KullbackLeibler(joint.P, joint.Q) * (1 + Slack));

    [Fact]
    public void Joint_convexity_the_divergence_of_midpoints_is_at_most_the_midpoint_of_divergences() => Laws.Hold(Joint, joint =>
    {
        double[][] p = Rows(joint.P, joint.P.Length / 2), q = Rows(joint.Q, joint.Q.Length / 2);
        double[] middleP = [.. p[0].Zip(p[1], (x, y) => (x + y) / 2)], middleQ = [.. q[0].Zip(q[1], (x, y) => (x + y) / 2)];
        double mean = (Measures.KullbackLeibler(p[0], q[0]) + Measures.KullbackLeibler(p[1], q[1])) / 2;
        return Measures.KullbackLeibler(middleP, middleQ) <= mean * (1 + Slack);
    });

    [Fact]
    public void Pinsker_divergence_is_at_least_half_the_squared_L1_distance() => Laws.Hold(Laws.Distributions, pair =>
    {
        double distance = pair.P.Zip(pair.Q, (x, y) => Math.Abs(x - y)).Sum();
        return Divergence.KullbackLeibler(pair.P, pair.Q) >= distance * distance / 2 * (1 - (pair.P.Length * Slack));
    });

    [Fact]
    public void Log_sum_inequality_the_plain_sum_is_at_least_that_of_the_masses() => Laws.Hold(Laws.Measures, pair =>
        Measures.LogRatioSum(pair.P, pair.Q) >= Terms.RelativeEntropy(pair.P.Sum(), pair.Q.Sum())
            - (Slack * pair.P.Zip(pair.Q, Terms.RelativeEntropy).Sum(Math.Abs)));

    [Fact]
    public void Entropy_is_between_zero_and_that_of_the_uniform() => Laws.Hold(Laws.Distributions, pair =>
        Entropy.Shannon(pair.P) >= 0 && Entropy.Shannon(pair.P) <= Math.Log(pair.P.Length) * (1 + Slack) + Slack);

    [Fact]
    public void A_power_of_two_in_both_masses_comes_out_as_a_factor_bit_for_bit() => Laws.Hold(Laws.Measures, pair =>
        Measures.KullbackLeibler([.. pair.P.Select(x => x * 0.03125)], [.. pair.Q.Select(x => x * 0.03125)])
            == Measures.KullbackLeibler(pair.P, pair.Q) * 0.03125);

    [Fact]
    public void Outcomes_impossible_under_both_change_no_bit() => Laws.Hold(Laws.Distributions, pair =>
        Divergence.KullbackLeibler([0, .. pair.P, 0, 0], [0, .. pair.Q, 0, 0]) == Divergence.KullbackLeibler(pair.P, pair.Q));

    [Fact]
    public void Units_differ_by_a_factor() => Laws.Hold(Laws.Distributions, pair =>
    {
        double nats = Divergence.KullbackLeibler(pair.P, pair.Q);
        return Near(Divergence.KullbackLeibler(pair.P, pair.Q, LogBase.Bits) * Math.Log(2), nats, nats)
            && Near(Divergence.KullbackLeibler(pair.P, pair.Q, LogBase.Of(5)) * Math.Log(5), nats, nats)
            && Divergence.KullbackLeibler(pair.P, pair.Q, LogBase.Of(2)) == Divergence.KullbackLeibler(pair.P, pair.Q, LogBase.Bits);
    });

    [Fact]
    public void Divergence_from_logits_is_never_negative_and_zero_between_shifts() => Laws.Hold(Laws.LogitPairs, pair =>
        Logits.KullbackLeibler(pair.A, pair.B) >= 0
        && Logits.KullbackLeibler(pair.A, [.. pair.A.Select(x => x + 1000)]) == 0);

    [Fact]
    public void A_constant_added_to_all_logits_changes_nothing() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double direct = Logits.KullbackLeibler(pair.A, pair.B);
        return Near(Logits.KullbackLeibler([.. pair.A.Select(x => x - 512)], [.. pair.B.Select(x => x + 1024)]), direct, direct);
    });

    [Fact]
    public void Temperature_divides_the_logits() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double divided = Logits.KullbackLeibler([.. pair.A.Select(x => x / 4)], [.. pair.B.Select(x => x / 4)]);
        return Near(Logits.KullbackLeibler(pair.A, pair.B, temperature: 4), divided, divided);
    });

    [Fact]
    public void Logits_and_probabilities_give_one_divergence() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] p = new double[pair.A.Length], q = new double[pair.A.Length];
        Logits.Softmax(pair.A, p);
        Logits.Softmax(pair.B, q);
        double cross = Entropy.Cross(p, q);
        return Near(Logits.KullbackLeibler(pair.A, pair.B), Divergence.KullbackLeibler(p, q), scale: 1 + cross)
            && Near(Logits.CrossEntropy(pair.A, pair.B), cross, scale: 1 + cross);
    });

    [Fact]
    public void Log_softmax_is_the_logit_less_log_sum_exp() => Laws.Hold(Laws.LogitPairs, pair =>
    {
        double[] log = new double[pair.A.Length];
        Logits.LogSoftmax(pair.A, log);
        double partition = Logits.LogSumExp(pair.A);
        return log.Zip(pair.A).All(x => Near(x.First, x.Second - partition, scale: Math.Abs(x.Second) + Math.Abs(partition)));
    });

    [Fact]
    public void A_diagonal_normal_is_the_sum_of_its_dimensions() => Laws.Hold(Normals, n =>
    {
        double sum = 0;
        for (int i = 0; i < n.Mean0.Length; i++)
            sum += Gaussian.KullbackLeibler(n.Mean0[i], n.Scale0[i], n.Mean1[i], n.Scale1[i]);
        double[] variance0 = [.. n.Scale0.Select(s => s * s)], variance1 = [.. n.Scale1.Select(s => s * s)];
        return Near(DiagonalGaussian.KullbackLeibler(n.Mean0, variance0, n.Mean1, variance1), sum, sum);
    });

    [Fact]
    public void Variances_and_their_logarithms_give_one_divergence() => Laws.Hold(Normals, n =>
    {
        double[] variance0 = [.. n.Scale0.Select(Math.Exp)], variance1 = [.. n.Scale1.Select(Math.Exp)];
        double direct = DiagonalGaussian.KullbackLeibler(n.Mean0, variance0, n.Mean1, variance1);
        return Near(DiagonalGaussian.KullbackLeiblerFromLogVariance(n.Mean0, n.Scale0, n.Mean1, n.Scale1), direct, scale: n.Mean0.Length + direct);
    });

    [Fact]
    public void The_autoencoder_term_is_the_divergence_from_the_standard_normal() => Laws.Hold(Normals, n =>
    {
        double[] zero = new double[n.Mean0.Length];
        double general = DiagonalGaussian.KullbackLeiblerFromLogVariance(n.Mean0, n.Scale0, zero, zero);
        return Near(DiagonalGaussian.KullbackLeiblerToStandard(n.Mean0, n.Scale0), general, general);
    });

    [Fact]
    public void Normals_diverge_never_below_zero_and_are_zero_only_between_equals() => Laws.Hold(Normals, n =>
        Gaussian.KullbackLeibler(n.Mean0[0], n.Scale0[0], n.Mean0[0], n.Scale0[0]) == 0
        && Gaussian.KullbackLeibler(n.Mean0[0], n.Scale0[0], n.Mean0[0], Math.BitIncrement(n.Scale0[0])) > 0
        && Gaussian.KullbackLeibler(n.Mean0[0], n.Scale0[0], n.Mean1[0], n.Scale1[0]) >= 0);

    /// <summary>Positive multiples of 1/1024 as standard deviations, whose squares are exact; means likewise.</summary>
    private static Gen<(double[] Mean0, double[] Scale0, double[] Mean1, double[] Scale1)> Normals =>
        Laws.Length.SelectMany(n => Gen.Zip(Gen.Two(Gen.ArrayOf(Laws.Logit, n)), Gen.Two(Gen.ArrayOf(Gen.Choose(1, 4096).Select(x => x / 1024.0), n)))
            .Select(x => (x.Item1.Item1, x.Item2.Item1, x.Item1.Item2, x.Item2.Item2)));

    /// <summary>Two joint measures on a table of some width, row by row; an even number of rows.</summary>
    private static Gen<(double[] P, double[] Q, int Width)> Joint =>
        from height in Gen.Choose(1, 3)
        from width in Gen.Choose(1, 5)
        from pair in Laws.MeasuresOf(Gen.Constant(2 * height * width))
        where pair.P.Sum() > 0
        select (pair.P, pair.Q, width);

    private static double[][] Rows(double[] table, int width) => [.. table.Chunk(width)];

    private static double[] Merged(double[] table, int width) => [.. Rows(table, width).Select(Enumerable.Sum)];

    private static bool Near(double x, double y, double scale) => Math.Abs(x - y) <= Slack * scale;
}
