using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Laws, limits, edges and refusals of the information bottleneck.</summary>
public class InformationBottleneckTests
{
    private const double NaN = double.NaN;

    private static readonly double[] Symmetric = [0.45, 0.05, 0.05, 0.45];

    private static Gen<(double[] Joint, int Columns, int Clusters, double Beta, int Seed)> Problems => Gen.Zip(Gen.Choose(1, 5), Gen.Choose(1, 5)).SelectMany(size =>
        Gen.Zip(Gen.ArrayOf(Laws.MassOrZero, size.Item1 * size.Item2).Where(x => x.Sum() > 0).Select(Laws.Normalised), Gen.Zip(Gen.Choose(1, 5), Gen.Zip(Gen.Choose(0, 200), Gen.Choose(0, 1000))))
            .Select(x => (x.Item1, size.Item2, x.Item2.Item1, x.Item2.Item2.Item1 / 4.0, x.Item2.Item2.Item2)));

    [Fact]
    public void The_functional_never_rises_and_falls_by_at_least_the_move_of_the_encoder() => Laws.Hold(Problems, x =>
    {
        double[] encoder = Start(x.Joint, x.Columns, x.Clusters, x.Seed);
        double slack = 1e-14 * (1 + x.Beta), before = double.PositiveInfinity;
        for (int i = 0; i < 25; i++)
        {
            double[] old = [.. encoder];
            BottleneckPoint point = InformationBottleneck.Solve(x.Joint, x.Columns, x.Clusters, x.Beta, encoder, 0, 1);
            double move = 0;
            for (int row = 0; row < x.Joint.Length / x.Columns; row++)
            {
                double mass = x.Joint.AsSpan(row * x.Columns, x.Columns).ToArray().Sum();
                if (mass > 0)
                    move += mass * Measures.KullbackLeibler(old.AsSpan(row * x.Clusters, x.Clusters), encoder.AsSpan(row * x.Clusters, x.Clusters));
            }

            // A probability that underflows to 0 moves infinitely far and changes nothing.
            if (point.Functional > before - (double.IsFinite(move) ? move : 0) + slack || point.Functional != point.Rate - x.Beta * point.Relevance)
                return false;
            before = point.Functional;
        }

        return true;
    });

    [Fact]
    public void Clusters_know_no_more_of_the_relevant_variable_than_of_the_compressed_nor_than_it_does() => Laws.Hold(Problems, x =>
    {
        double[] encoder = Start(x.Joint, x.Columns, x.Clusters, x.Seed);
        BottleneckPoint point = InformationBottleneck.Solve(x.Joint, x.Columns, x.Clusters, x.Beta, encoder, 1e-10, 50);
        double[] mass = [.. Enumerable.Range(0, x.Joint.Length / x.Columns).Select(row => x.Joint.AsSpan(row * x.Columns, x.Columns).ToArray().Sum())];
        double[] compressed = [.. encoder.Select((q, k) => mass[k / x.Clusters] * q)];
        return point.Relevance >= 0 && point.Relevance <= point.Rate + 1e-14 && point.Relevance <= Information.Mutual(x.Joint, x.Columns) + 1e-14
            && point.Rate <= Math.Log(x.Clusters) + 1e-14 && Math.Abs(point.Rate - Information.Mutual(compressed, x.Clusters)) <= 1e-15;
    });

    /// <summary>Where products of marginals are too small for the last digits, terms are still not negative, one by one.</summary>
    [Theory]
    [InlineData(1e-300), InlineData(3e-290), InlineData(1e-280), InlineData(7e-310)]
    public void Informations_of_tiny_masses_are_never_negative(double tiny)
    {
        double[] joint = [tiny, tiny, 0.5, 0.5];
        for (int seed = 0; seed < 40; seed++)
        {
            double[] encoder = Start(joint, 2, 2, seed);
            BottleneckPoint point = InformationBottleneck.Solve(joint, 2, 2, 2, encoder, tolerance: 0, iterations: 1);
            Assert.True(point.Rate >= 0 && point.Relevance >= 0, $"{point} from seed {seed}");
            double[] compressed = [.. encoder.Select((q, i) => (i < 2 ? 2 * tiny : 1) * q)];
            Assert.True(Information.Mutual(compressed, 2) >= 0);
        }
    }

    [Fact]
    public void An_end_is_a_fixed_point()
    {
        double[] encoder = [0.75, 0.25, 0.25, 0.75];
        BottleneckPoint end = InformationBottleneck.Solve(Symmetric, 2, 2, 3, encoder, tolerance: 0);
        double[] again = [.. encoder];
        BottleneckPoint further = InformationBottleneck.Solve(Symmetric, 2, 2, 3, again, 1e-15);
        Assert.True(end.Converged && further is { Converged: true, Iterations: 1 });
        Assert.All(encoder.Zip(again), x => Assert.Equal(x.First, x.Second, 1e-15));
        Assert.Equal(end.Functional, further.Functional, 1e-15);
    }

    [Fact]
    public void Below_the_critical_beta_nothing_is_kept_and_above_it_something_is()
    {
        // For a symmetric binary pair of correlation 0.8 the critical beta is 1/0.64.
        const double critical = 1 / 0.64;
        for (int seed = 0; seed < 20; seed++)
        {
            BottleneckPoint below = Solve(critical * 0.95, seed), above = Solve(critical * 1.05, seed);
            Assert.True(below.Converged && below.Rate < 1e-9 && below.Functional is > -1e-12 and < 1e-9);
            Assert.True(above.Converged && above.Functional < -1e-4);
        }

        static BottleneckPoint Solve(double beta, int seed)
        {
            double[] encoder = new double[4];
            InformationBottleneck.RandomEncoder(2, seed, encoder);
            return InformationBottleneck.Solve(Symmetric, 2, 2, beta, encoder, 1e-14);
        }
    }

    [Fact]
    public void At_beta_zero_one_iteration_forgets_everything() => Laws.Hold(Problems, x =>
    {
        double[] encoder = Start(x.Joint, x.Columns, x.Clusters, x.Seed);
        BottleneckPoint point = InformationBottleneck.Solve(x.Joint, x.Columns, x.Clusters, 0, encoder, 0, 1);
        return point.Rate < 1e-30 && point.Relevance < 1e-30;
    });

    [Fact]
    public void At_a_large_beta_enough_clusters_keep_all_the_information()
    {
        double[] joint = [0.2, 0.05, 0.05, 0.1, 0.15, 0.05, 0.05, 0.1, 0.25], encoder = [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8];
        BottleneckPoint point = InformationBottleneck.Solve(joint, 3, 3, 1e5, encoder);
        Assert.True(point.Converged);
        Assert.Equal(Information.Mutual(joint, 3), point.Relevance, 1e-14);
        Assert.Equal(Entropy.OfRows(joint, 3), point.Rate, 1e-14);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0, 0, 1], encoder);
        double[] bits = [0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8];
        Assert.Equal(Information.Mutual(joint, 3, LogBase.Bits), InformationBottleneck.Solve(joint, 3, 3, 1e5, bits, logBase: LogBase.Bits).Relevance, 1e-14);
    }

    [Fact]
    public void An_encoder_that_ignores_x_stays()
    {
        double[] encoder = [0.25, 0.75, 0.25, 0.75];
        BottleneckPoint point = InformationBottleneck.Solve(Symmetric, 2, 2, 100, encoder, 1e-20);
        Assert.True(point is { Converged: true, Iterations: 1 } && point.Rate < 1e-30);
    }

    [Fact]
    public void Work_cut_into_pieces_gives_the_same_bits()
    {
        double[] whole = [0.75, 0.25, 0.25, 0.75], pieces = [.. whole];
        BottleneckPoint atOnce = InformationBottleneck.Solve(Symmetric, 2, 2, 2, whole, 0, 6), last = default;
        for (int i = 0; i < 3; i++)
            last = InformationBottleneck.Solve(Symmetric, 2, 2, 2, pieces, 0, 2);
        Assert.Equal(whole, pieces);
        Assert.Equal(atOnce with { Iterations = 2 }, last);
    }

    [Fact]
    public void A_random_encoder_is_a_table_of_distributions_that_its_seed_decides()
    {
        double[] first = new double[12], second = new double[12], other = new double[12];
        InformationBottleneck.RandomEncoder(3, 7, first);
        InformationBottleneck.RandomEncoder(3, 7, second);
        InformationBottleneck.RandomEncoder(3, -7, other);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.All(first.Chunk(3), row => Assert.True(row.All(x => x > 0) && Math.Abs(row.Sum() - 1) < 1e-15));
    }

    [Fact]
    public void Values_and_clusters_of_probability_zero_stay_out()
    {
        double[] encoder = [0.75, 0.25, 0, 0.3, 0.3, 0.4, 0.25, 0.75, 0];
        BottleneckPoint with = InformationBottleneck.Solve([0.45, 0.05, 0, 0, 0.05, 0.45], 2, 3, 5, encoder, 1e-14);
        Assert.Equal([0.3, 0.3, 0.4], encoder[3..6]);
        Assert.Equal(0, encoder[2]);
        double[] without = [0.75, 0.25, 0.25, 0.75];
        Assert.Equal(InformationBottleneck.Solve(Symmetric, 2, 2, 5, without, 1e-14).Functional, with.Functional, 1e-9);
    }

    [Fact]
    public void NaN_gives_NaN_and_shows_in_the_encoder()
    {
        double[] encoder = [1, 0, 0, 1];
        Assert.Equal(NaN, InformationBottleneck.Solve([0.5, NaN, 0.25, 0.25], 2, 2, 1, encoder).Rate);
        Assert.All(encoder, x => Assert.Equal(NaN, x));
        Assert.Equal(NaN, InformationBottleneck.Solve(Symmetric, 2, 2, 1, encoder).Functional);
    }

    [Fact]
    public void A_refusal_names_the_argument_and_the_value()
    {
        double[] four = [0.5, 0.5, 0.5, 0.5];
        Refuses("joint", "joint sums to 2", () => InformationBottleneck.Solve(four, 2, 2, 1, [1, 0, 1, 0]).Rate);
        Refuses("columns", "columns = 0", () => InformationBottleneck.Solve(Symmetric, 0, 2, 1, four).Rate);
        Refuses("clusters", "clusters = 0; it must be at least 1.", () => InformationBottleneck.Solve(Symmetric, 2, 0, 1, four).Rate);
        Refuses("beta", "beta = NaN", () => InformationBottleneck.Solve(Symmetric, 2, 2, NaN, four).Rate);
        Refuses("beta", "beta = -1; it must be at least 0 and finite.", () => InformationBottleneck.Solve(Symmetric, 2, 2, -1, four).Rate);
        Refuses("encoder", "encoder has 4 elements; it needs 6, one row of 3 for each of the 2 rows.", () => InformationBottleneck.Solve(Symmetric, 2, 3, 1, four).Rate);
        Refuses("encoder", "In row 1, encoder sums to 0", () => InformationBottleneck.Solve(Symmetric, 2, 2, 1, [1, 0, 0, 0]).Rate);
        Refuses("tolerance", "tolerance = Infinity", () => InformationBottleneck.Solve(Symmetric, 2, 2, 1, four, double.PositiveInfinity).Rate);
        Refuses("iterations", "iterations = 0", () => InformationBottleneck.Solve(Symmetric, 2, 2, 1, four, 0, 0).Rate);
        Refuses("clusters", "clusters = 0", () => { InformationBottleneck.RandomEncoder(0, 1, four); });
        Refuses("encoder", "not a whole number of rows of 3", () => { InformationBottleneck.RandomEncoder(3, 1, four); });
    }

    private static double[] Start(double[] joint, int columns, int clusters, int seed)
    {
        double[] encoder = new double[joint.Length / columns * clusters];
        InformationBottleneck.RandomEncoder(clusters, seed, encoder);
        return encoder;
    }
}
