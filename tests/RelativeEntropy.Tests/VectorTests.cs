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
