using FsCheck;
using FsCheck.Fluent;

namespace RelativeEntropy.Tests;

/// <summary>Theorems about entropies, information and chains, on random cases; and what holds of their spans.</summary>
public class InformationLawTests
{
    private const double Slack = 16 * 2.220446049250313e-16;
    private static readonly double[] Orders = [0, 0.5, 1 - 1e-9, 1, 1 + 1e-9, 2, 10, 1000, double.PositiveInfinity];

    private static Gen<(double[] Joint, int Columns)> Joints =>
        from rows in Gen.Choose(1, 6)
        from columns in Gen.Choose(1, 6)
        from masses in Gen.ArrayOf(Laws.MassOrZero, rows * columns)
        where masses.Sum() > 0
        select (Laws.Normalised(masses), columns);

    private static Gen<(double[] Joint, int Rows, int Columns)> Arrays =>
        from rows in Gen.Choose(1, 3)
        from columns in Gen.Choose(1, 3)
        from depth in Gen.Choose(1, 3)
        from masses in Gen.ArrayOf(Laws.MassOrZero, rows * columns * depth)
        where masses.Sum() > 0
        select (Laws.Normalised(masses), rows, columns);

    private static Gen<(double[] P, double[] Q)> Chains =>
        from n in Gen.Choose(1, 6)
        from p in Gen.ArrayOf(Laws.Mass, n * n)
        from q in Gen.ArrayOf(Laws.Mass, n * n)
        select (Stochastic(p, n), Stochastic(q, n));

    [Fact]
    public void Chain_rule_the_joint_entropy_is_that_of_the_rows_plus_the_conditional() => Laws.Hold(Joints, x =>
        Near(Entropy.Shannon(x.Joint), Entropy.OfRows(x.Joint, x.Columns) + Entropy.Conditional(x.Joint, x.Columns), 1 + Entropy.Shannon(x.Joint)));

    [Fact]
    public void Mutual_information_is_what_knowing_the_row_tells_of_the_column() => Laws.Hold(Joints, x =>
        Near(Information.Mutual(x.Joint, x.Columns), Entropy.OfColumns(x.Joint, x.Columns) - Entropy.Conditional(x.Joint, x.Columns), 1 + Entropy.Shannon(x.Joint)));

    [Fact]
    public void Mutual_and_lautum_information_are_the_divergences_from_and_to_the_product_of_the_marginals() => Laws.Hold(Joints, x =>
    {
        double[] product = Product(x.Joint, x.Columns);
        double lautum = Divergence.KullbackLeibler(product, x.Joint);
        return Near(Information.Mutual(x.Joint, x.Columns), Divergence.KullbackLeibler(x.Joint, product), 1)
            && (Information.Lautum(x.Joint, x.Columns) == lautum || Near(Information.Lautum(x.Joint, x.Columns), lautum, 1 + lautum));
    });

    [Fact]
    public void Information_is_symmetric_and_never_negative() => Laws.Hold(Joints, x =>
    {
        double[] transposed = Transposed(x.Joint, x.Columns);
        int rows = x.Joint.Length / x.Columns;
        double mutual = Information.Mutual(x.Joint, x.Columns), lautum = Information.Lautum(x.Joint, x.Columns);
        return mutual >= 0 && lautum >= 0 && Same(Information.Mutual(transposed, rows), mutual) && Same(Information.Lautum(transposed, rows), lautum)
            && Near(Entropy.OfRows(x.Joint, x.Columns), Entropy.OfColumns(transposed, rows), 1);
    });

    [Fact]
    public void Chain_rule_of_information_and_the_symmetry_of_interaction() => Laws.Hold(Arrays, x =>
    {
        int depth = x.Joint.Length / (x.Rows * x.Columns);

        // I(X; Y Z) = I(X; Z) + I(X; Y | Z): Y Z together are the columns of one table.
        double[] rowsAndLayers = new double[x.Rows * depth], exchanged = new double[x.Joint.Length];
        for (int i = 0; i < x.Joint.Length; i++)
        {
            (int row, int column, int layer) = (i / (x.Columns * depth), i / depth % x.Columns, i % depth);
            rowsAndLayers[row * depth + layer] += x.Joint[i];
            exchanged[(row * depth + layer) * x.Columns + column] = x.Joint[i];
        }

        double whole = Information.Mutual(x.Joint, x.Columns * depth), given = Information.ConditionalMutual(x.Joint, x.Rows, x.Columns);
        double interaction = Information.Interaction(x.Joint, x.Rows, x.Columns);
        return Near(whole, Information.Mutual(rowsAndLayers, depth) + given, 1 + whole) && given >= 0
            && Near(interaction, Information.Interaction(exchanged, x.Rows, depth), 1);
    });

    [Fact]
    public void Renyi_entropy_does_not_increase_with_its_order() => Laws.Hold(Laws.Distributions, pair =>
    {
        double[] values = [.. Orders.Select(order => Entropy.Renyi(pair.P, order))];
        return values.Zip(values.Skip(1)).All(x => x.First >= x.Second - Slack * (1 + x.First)) && values[3] == Entropy.Shannon(pair.P);
    });

    [Fact]
    public void Entropies_of_order_are_one_another_and_divergences_from_the_uniform() => Laws.Hold(Laws.Distributions, pair =>
    {
        double[] uniform = [.. pair.P.Select(_ => 1.0 / pair.P.Length)];
        double gini = Entropy.Tsallis(pair.P, 2);
        return Near(Entropy.Renyi(pair.P, 2), -Math.Log(1 - gini), 100)
            && new[] { 0.5, 2, 5 }.All(order => Near(Entropy.Renyi(pair.P, order), Math.Log(pair.P.Length) - Divergence.Renyi(pair.P, uniform, order), 10));
    });

    [Fact]
    public void A_step_leaves_the_stationary_distribution_as_it_is() => Laws.Hold(Chains, chain =>
    {
        int n = (int)Math.Sqrt(chain.P.Length);
        double[] stationary = new double[n];
        MarkovChain.Stationary(chain.P, stationary);
        double[] next = [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => stationary[i] * chain.P[i * n + j]))];
        return Near(stationary.Sum(), 1, 1) && stationary.Zip(next).All(x => Near(x.First, x.Second, 1));
    });

    [Fact]
    public void The_divergence_rate_is_that_of_two_steps_less_one() => Laws.Hold(Chains, chain =>
    {
        int n = (int)Math.Sqrt(chain.P.Length);
        double[] start = new double[n];
        MarkovChain.Stationary(chain.P, start);
        double[] p = [.. chain.P.Select((x, i) => start[i / n] * x)], q = [.. chain.Q.Select((x, i) => start[i / n] * x)];
        double rate = Divergence.KullbackLeibler(p, q);
        return Near(MarkovChain.KullbackLeiblerRate(chain.P, chain.Q), rate, 1 + rate) && MarkovChain.KullbackLeiblerRate(chain.P, chain.P) == 0
            && Near(MarkovChain.EntropyRate(chain.P), Entropy.Conditional(p, n), 1);
    });

    [Fact]
    public void Rows_have_the_bits_of_the_loop() => Laws.Hold(Laws.Distributions, pair =>
    {
        double[] answers = new double[2];
        Entropy.ShannonRows([.. pair.P, .. pair.Q], pair.P.Length, answers, LogBase.Bits);
        return answers[0] == Entropy.Shannon(pair.P, LogBase.Bits) && answers[1] == Entropy.Shannon(pair.Q, LogBase.Bits);
    });

    [Fact]
    public void More_columns_than_are_kept_at_once_change_nothing()
    {
        double[] joint = Generated.Masses(seed: 81, n: 900, delta: 0, normalised: true).P;
        Assert.Equal(Information.Mutual(Transposed(joint, 300), 3), Information.Mutual(joint, 300), 1e-15);
        Assert.Equal(Information.Lautum(Transposed(joint, 300), 3), Information.Lautum(joint, 300), 1e-15);
    }

    [Fact]
    public void Nothing_is_allocated_and_a_float_counts_as_the_double_it_equals()
    {
        double[] joint = [0.125, 0.25, 0.0625, 0.0625, 0.375, 0.125], chain = [0.5, 0.5, 0.25, 0.75], other = [0.25, 0.75, 0.5, 0.5], answers = new double[3];
        float[] floats = [.. joint.Select(x => (float)x)], floatChain = [.. chain.Select(x => (float)x)], floatOther = [.. other.Select(x => (float)x)], floatAnswers = new float[3];
        (Func<double> Wide, Func<double> Narrow)[] functions =
        [
            (() => Entropy.Renyi(joint, 2), () => Entropy.Renyi(floats, 2)),
            (() => Entropy.Tsallis(joint, 0.5), () => Entropy.Tsallis(floats, 0.5)),
            (() => Entropy.Conditional(joint, 3), () => Entropy.Conditional(floats, 3)),
            (() => Entropy.OfRows(joint, 3), () => Entropy.OfRows(floats, 3)),
            (() => Entropy.OfColumns(joint, 3), () => Entropy.OfColumns(floats, 3)),
            (() => Information.Mutual(joint, 3), () => Information.Mutual(floats, 3)),
            (() => Information.Lautum(joint, 3), () => Information.Lautum(floats, 3)),
            (() => Information.ConditionalMutual(joint, 1, 3), () => Information.ConditionalMutual(floats, 1, 3)),
            (() => Information.Interaction(joint, 1, 3), () => Information.Interaction(floats, 1, 3)),
            (() => MarkovChain.EntropyRate(chain), () => MarkovChain.EntropyRate(floatChain)),
            (() => MarkovChain.KullbackLeiblerRate(chain, other), () => MarkovChain.KullbackLeiblerRate(floatChain, floatOther)),
            (() => { MarkovChain.Stationary(chain, answers); return (float)answers[0]; }, () => { MarkovChain.Stationary(floatChain, floatAnswers); return floatAnswers[0]; }),
        ];
        foreach ((Func<double> wide, Func<double> narrow) in functions)
        {
            Assert.Equal(wide(), narrow());
            Assert.Equal(0, Allocation.Of(() =>
            {
                wide();
                narrow();
            }));
        }
    }

    private static double[] Stochastic(double[] masses, int n) => [.. masses.Chunk(n).SelectMany(Laws.Normalised)];

    private static double[] Transposed(double[] table, int columns) =>
        [.. Enumerable.Range(0, columns).SelectMany(j => table.Chunk(columns).Select(row => row[j]))];

    private static double[] Product(double[] joint, int columns)
    {
        double[] r = [.. joint.Chunk(columns).Select(Enumerable.Sum)], c = [.. Transposed(joint, columns).Chunk(joint.Length / columns).Select(Enumerable.Sum)];
        return [.. r.SelectMany(x => c.Select(y => x * y))];
    }

    /// <summary>Equal, to roundings; or both nothing: the products of the marginals have relative errors of eps^2, and a term is quadratic in them.</summary>
    private static bool Same(double x, double y) => x == y || Near(x, y, y) || Math.Max(x, y) <= Slack * Slack * Slack * Slack;

    private static bool Near(double x, double y, double scale) => Math.Abs(x - y) <= Slack * scale;
}
