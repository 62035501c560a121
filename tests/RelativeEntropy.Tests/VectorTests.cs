using System.Numerics;
using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>The vector forms of the terms are the scalar ones in every lane; what a vector cannot hold changes nothing else.</summary>
public class VectorTests
{
    private static readonly int Width = Vector<double>.Count;

    [Fact]
    public void Each_lane_has_the_bits_of_the_scalar_term()
    {
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++)
        {
            double[] p = [.. Enumerable.Range(0, Width).Select(_ => (1 + random.NextDouble()) * Math.ScaleB(1, random.Next(-990, 990)))];
            double[] q = [.. p.Select(x => random.Next(3) switch
            {
                0 => x * (1 + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(50))),
                1 => x * (0.25 + 4 * random.NextDouble()),
                _ => (1 + random.NextDouble()) * Math.ScaleB(1, random.Next(-990, 990)),
            })];
            Vector<double> vectorP = new(p), vectorQ = new(q);
            Assert.True(Lanes.AreAll(LogRatio.Regular(vectorP) & LogRatio.Regular(vectorQ)));
            Vector<double> excess = LogRatio.Excess(vectorP, vectorQ);
            VectorPart ratio = LogRatio.Precise(vectorP, vectorQ), times = ratio.Times(vectorP);
            for (int lane = 0; lane < Width; lane++)
            {
                Assert.Equal(LogRatio.Excess(p[lane], q[lane]), excess[lane]);
                TwoPart precise = LogRatio.Precise(p[lane], q[lane]);
                Assert.Equal(precise, new TwoPart(ratio.Value[lane], ratio.Tail[lane]));
                Assert.Equal(precise.Times(p[lane]), new TwoPart(times.Value[lane], times.Tail[lane]));
            }
        }
    }

    [Fact]
    public void Each_lane_has_the_bits_of_the_exponential_at_any_exponent()
    {
        var random = new Random(2);
        for (int round = 0; round < 20_000; round++)
        {
            double[] x = [.. Enumerable.Range(0, Width).Select(_ => (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-60, 10)))];
            Vector<double> excess = Elementary.ExpExcess(new Vector<double>(x));
            for (int lane = 0; lane < Width; lane++)
                Assert.Equal(Elementary.ExpExcess(x[lane]), excess[lane]);
        }
    }

    [Fact]
    public void Each_lane_of_every_term_has_the_bits_of_the_scalar_term()
    {
        Agree(default(Settled<EntropyTerm>));
        Agree(default(Settled<CrossEntropyTerm>));
        Agree(default(Settled<RelativeEntropyTerm>));
        Agree(default(Settled<KullbackLeiblerTerm>));
        Agree(default(Settled<JeffreysTerm>));
        Agree(default(Settled<AbsoluteDifferenceTerm>));
        Agree(default(Settled<RootDifferenceTerm>));
        Agree(default(Settled<GeometricMeanTerm>));
        Agree(default(Settled<PearsonTerm>));
        Agree(default(Settled<NeymanTerm>));
        Agree(default(Settled<TriangularTerm>));
        Agree(default(Settled<ItakuraSaitoTerm>));
        Agree(default(Settled<IdentityTerm>));
        foreach (double weight in new[] { 0.5, 0.1, 0.9, 0, 1, 1e-12 })
            Agree(new JensenShannonTerm(weight));
        foreach (double order in new[] { 0.7, 0, 1, 0.5, 0.3, 1e-9, 1 + 1e-9, 2, 3, 8 })
        {
            Agree(new PowerTerm(order, order - 1));
            Agree(new EntropyPowerTerm(order));
            Agree(new ScaledPowerTerm(order, 0.9));
        }

        foreach (double alpha in new[] { -3, -1, -0.2, 0, 0.5, 1, 2.5 })
            Agree(new AmariTerm(alpha));
    }

    [Fact]
    public void Each_lane_of_the_terms_of_normals_has_the_bits_of_the_scalar_term()
    {
        var random = new Random(4);
        double Mean() => random.Next(5) == 0 ? 1 : (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-40, 40));
        double Log() => random.Next(5) == 0 ? -0.25 : (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-40, 9));
        double Variance() => random.Next(5) == 0 ? 3 : Math.ScaleB(1 + random.NextDouble(), random.Next(-290, 290));
        int regular = 0;
        for (int round = 0; round < 5000; round++)
        {
            double[] m0 = Lane(Mean), m1 = Lane(Mean), v0 = Lane(Variance), v1 = Lane(Variance), l0 = Lane(Log), l1 = Lane(Log);
            regular += Agree<VarianceTerm>(m0, v0, m1, v1) + Agree<LogVarianceTerm>(m0, l0, m1, l1);
        }

        Assert.True(regular > 5000);

        static int Agree<TTerm>(double[] m0, double[] s0, double[] m1, double[] s1)
            where TTerm : struct, INormalTerm
        {
            Vector<double> x0 = new(m0), y0 = new(s0), x1 = new(m1), y1 = new(s1);
            if (!Lanes.AreAll(TTerm.Regular(x0, y0, x1, y1)))
                return 0;
            Vector<double> term = TTerm.Of(x0, y0, x1, y1);
            for (int lane = 0; lane < Width; lane++)
                Assert.Equal(TTerm.Of(m0[lane], s0[lane], m1[lane], s1[lane]), term[lane]);
            return 1;
        }
    }

    [Fact]
    public void Each_lane_of_the_exponentials_has_the_bits_of_the_scalar_one()
    {
        var random = new Random(3);
        for (int round = 0; round < 20_000; round++)
        {
            double[] x = Lane(() => (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-60, 10))), tail = [.. x.Select(v => v * Math.ScaleB(random.NextDouble() - 0.5, -52))];
            VectorPart both = new(new Vector<double>(x), new Vector<double>(tail));
            (Vector<double> exp, Vector<double> expm1, Vector<double> excess) = (Elementary.Exp(both), Elementary.Expm1(both), Elementary.ExpExcess(both));
            for (int lane = 0; lane < Width; lane++)
            {
                TwoPart part = new(x[lane], tail[lane]);
                Assert.Equal(Elementary.Exp(part), exp[lane]);
                Assert.Equal(Elementary.Expm1(part), expm1[lane]);
                Assert.Equal(Elementary.ExpExcess(part), excess[lane]);
            }
        }
    }

    [Fact]
    public void What_stands_beside_an_excluded_class_or_in_a_row_of_any_length_is_what_it_is_alone()
    {
        var random = new Random(8);
        for (int n = 1; n < 70; n++)
        {
            double[] a = [.. Enumerable.Range(0, n).Select(_ => 10 * random.NextDouble() - 5)], b = [.. a.Select(x => x + random.NextDouble())];
            double whole = Logits.KullbackLeibler(a, b), cross = Logits.CrossEntropy(a, b), sum = Logits.LogSumExp(a);
            double[] logs = new double[n + 1];
            for (int at = 0; at <= n; at++)
            {
                double[] moreA = [.. a[..at], double.NegativeInfinity, .. a[at..]], moreB = [.. b[..at], double.NegativeInfinity, .. b[at..]];
                Assert.Equal(whole, Logits.KullbackLeibler(moreA, moreB));
                Assert.Equal(cross, Logits.CrossEntropy(moreA, moreB));
                Assert.Equal(sum, Logits.LogSumExp(moreA));
                Logits.LogSoftmax(moreA, logs);
                Assert.Equal(double.NegativeInfinity, logs[at]);
                Assert.Equal(double.PositiveInfinity, Logits.KullbackLeibler([.. a[..at], -3, .. a[at..]], moreB));
                Assert.Equal(double.NaN, Logits.KullbackLeibler([.. a[..at], double.NaN, .. a[at..]], moreB));
                Assert.Equal(double.NaN, Logits.LogSumExp([.. a[..at], double.NaN, .. a[at..]]));
            }
        }
    }

    [Theory]
    [InlineData(0), InlineData(1e-9), InlineData(20), InlineData(700)]
    public void A_divergence_has_the_same_bits_whether_its_weights_were_kept_or_formed_again(double apart)
    {
        var random = new Random(9);
        foreach (int n in (int[])[.. Enumerable.Range(1, 40), LogitRecord.MostLogits - 1, LogitRecord.MostLogits])
        {
            double[] a = [.. Enumerable.Range(0, n).Select(_ => 10 * random.NextDouble() - 5)], b = [.. a.Select(x => x + apart * random.NextDouble())];
            foreach (double temperature in (double[])[1, 3])
            {
                Assert.Equal(Logits.KullbackLeiblerGradient(a, b, [], [], temperature), Logits.KullbackLeibler(a, b, temperature));
                (double[] moreA, double[] moreB) = ([.. a, double.NegativeInfinity], [.. b, double.NegativeInfinity]);
                Assert.Equal(Logits.KullbackLeibler(a, b, temperature), Logits.KullbackLeibler(moreA, moreB, temperature));
            }
        }
    }

    [Fact]
    public void Gradients_in_vectors_are_those_one_by_one_also_in_place_and_as_floats()
    {
        for (int n = 1; n < 70; n++)
        {
            (double[] p, double[] q) = Generated.Masses(seed: 9, n, delta: 0, normalised: true);
            double[] byP = new double[n], byQ = new double[n];
            Divergence.KullbackLeiblerGradient(p, q, byP, byQ);
            for (int i = 0; i < n; i++)
                Assert.Equal((Terms.LogRatio(p[i], q[i]), (q[i] - p[i]) / q[i]), (byP[i], byQ[i]));
            double[] inPlaceP = [.. p], inPlaceQ = [.. q];
            Divergence.KullbackLeiblerGradient(inPlaceP, inPlaceQ, inPlaceP, inPlaceQ);
            Assert.Equal(byP, inPlaceP);
            Assert.Equal(byQ, inPlaceQ);
        }
    }

    private static double[] Lane(Func<double> element) => [.. Enumerable.Range(0, Width).Select(_ => element())];

    private static void Agree<TFunction>(TFunction term)
        where TFunction : struct, IPairFunction
    {
        Assert.True(TFunction.HasVectorForm);
        var random = new Random(7);
        int regular = 0;
        for (int round = 0; round < 4000; round++)
        {
            int range = round % 4 == 0 ? 280 : 25;
            double[] p = Lane(() => Math.ScaleB(0.5 + random.NextDouble() / 2, -random.Next(range)));
            double[] q = [.. p.Select(x => random.Next(4) switch
            {
                0 => x * (1 + Math.ScaleB(random.NextDouble() - 0.5, -random.Next(50))),
                1 => x * (0.25 + 4 * random.NextDouble()),
                2 => x,
                _ => Math.ScaleB(0.5 + random.NextDouble() / 2, -random.Next(range)),
            })];
            Vector<double> vectorP = new(p), vectorQ = new(q);
            if (!Lanes.AreAll(term.Regular(vectorP, vectorQ)))
                continue;
            regular++;
            VectorPart lanes = term.Of(vectorP, vectorQ);
            for (int lane = 0; lane < Width; lane++)
                Assert.Equal(term.Of(p[lane], q[lane]), new TwoPart(lanes.Value[lane], lanes.Tail[lane]));
        }

        // Where no lane ever is regular, nothing was compared: so at b = 0, and where it takes the exponent too far.
        Assert.True(regular > 500 || term is EntropyPowerTerm or ScaledPowerTerm);
    }

    [Fact]
    public void A_zero_a_tiny_or_an_unknown_element_changes_nothing_else_wherever_it_stands()
    {
        double[] p = Generated.Masses(seed: 5, n: 67, delta: 0, normalised: false).P, q = Generated.Masses(seed: 5, n: 67, delta: 0, normalised: false).Q;
        double whole = Measures.KullbackLeibler(p, q);
        for (int at = 0; at <= p.Length; at++)
        {
            Assert.Equal(whole, Measures.KullbackLeibler([.. p[..at], 0, .. p[at..]], [.. q[..at], 0, .. q[at..]]));
            Assert.Equal(whole, Measures.KullbackLeibler([.. p[..at], 5e-324, .. p[at..]], [.. q[..at], 1e-310, .. q[at..]]));
            Assert.Equal(double.NaN, Measures.KullbackLeibler([.. p[..at], double.NaN, .. p[at..]], [.. q[..at], 1, .. q[at..]]));
            Assert.Equal(double.PositiveInfinity, Measures.KullbackLeibler([.. p[..at], 1, .. p[at..]], [.. q[..at], 0, .. q[at..]]));
        }
    }

    [Fact]
    public void Floats_are_the_doubles_they_equal_at_every_length()
    {
        for (int n = 1; n < 70; n++)
        {
            float[] p = [.. Generated.Masses(seed: 6, n, delta: 0, normalised: false).P.Select(x => (float)x)];
            float[] q = [.. Generated.Masses(seed: 6, n, delta: 0, normalised: false).Q.Select(x => (float)x)];
            double[] wideP = [.. p.Select(x => (double)x)], wideQ = [.. q.Select(x => (double)x)];
            Assert.Equal(Measures.KullbackLeibler(wideP, wideQ), Measures.KullbackLeibler(p, q));
            Assert.Equal(Measures.Jeffreys(wideP, wideQ), Measures.Jeffreys(p, q));
        }
    }
}
