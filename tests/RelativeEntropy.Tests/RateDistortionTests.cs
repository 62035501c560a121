using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>Known cases, laws, edges and refusals of channel capacity and the rate-distortion function.</summary>
public class RateDistortionTests
{
    private const double NaN = double.NaN;

    private static readonly double[] Half = [0.5, 0.5];
    private static readonly double[] Hamming = [0, 1, 1, 0];

    private static Gen<(double[] Channel, int Columns)> Channels => Gen.Zip(Gen.Choose(1, 5), Gen.Choose(1, 5)).SelectMany(size =>
        Gen.ArrayOf(Gen.ArrayOf(Laws.Mass, size.Item2).Select(Laws.Normalised), size.Item1).Select(rows => (rows.SelectMany(x => x).ToArray(), size.Item2)));

    private static Gen<(double[] Source, double[] Distortions, double Slope)> Sources => Gen.Zip(Gen.Choose(1, 5), Gen.Choose(1, 5)).SelectMany(size =>
        Gen.Zip(Gen.ArrayOf(Laws.Mass, size.Item1).Select(Laws.Normalised), Gen.Zip(Gen.ArrayOf(Gen.Choose(0, 1024).Select(x => x / 1024.0), size.Item1 * size.Item2), Gen.Choose(0, 64)))
            .Select(x => (x.Item1, x.Item2.Item1, -x.Item2.Item2 / 4.0)));

    public static TheoryData<string, double[], int, double> KnownCapacities => new()
    {
        { "binary symmetric, crossover 0.11", [0.89, 0.11, 0.11, 0.89], 2, 1 - Binary(0.11) },
        { "binary symmetric, crossover 0.5", [0.5, 0.5, 0.5, 0.5], 2, 0 },
        { "binary erasure, erasure 0.3", [0.7, 0.3, 0, 0, 0.3, 0.7], 3, 0.7 },
        { "Z, crossover 0.5", [1, 0, 0.5, 0.5], 2, Math.Log2(1.25) },
        { "Z, crossover 0.1", [1, 0, 0.1, 0.9], 2, Math.Log2(1 + 0.9 * Math.Pow(0.1, 0.1 / 0.9)) },
        { "noiseless of four letters", [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], 4, 2 },
        { "noisy typewriter of four letters", [0.5, 0.5, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0, 0.5], 4, 1 },
        { "useless", [0.2, 0.3, 0.5, 0.2, 0.3, 0.5, 0.2, 0.3, 0.5], 3, 0 },
        { "two inputs, four outputs", [0.5, 0.5, 0, 0, 0, 0, 0.5, 0.5], 4, 1 },
        { "four inputs, two outputs", [1, 0, 0, 1, 1, 0, 0, 1], 2, 1 },
        { "an input never used", [1, 0, 0.5, 0.5, 0, 1], 2, 1 },
        { "one input", [0.25, 0.75], 2, 0 },
        { "one output", [1, 1, 1], 1, 0 },
    };

    [Theory]
    [MemberData(nameof(KnownCapacities))]
    public void Known_capacities_are_found_to_12_digits(string name, double[] channel, int columns, double bits)
    {
        ChannelCapacity capacity = RateDistortion.Capacity(channel, columns, new double[channel.Length / columns], 1e-13, logBase: LogBase.Bits);
        Assert.True(capacity.Converged, name);
        Assert.Equal(bits, capacity.Value, 1e-12);
        Assert.True(capacity.Upper - capacity.Lower <= 1e-13 && capacity.Lower >= 0);
    }

    [Fact]
    public void An_input_that_does_worse_than_the_others_is_given_up()
    {
        double[] input = new double[3];
        RateDistortion.Capacity([1, 0, 0.5, 0.5, 0, 1], 2, input);
        Assert.Equal(0.5, input[0], 1e-12);
        Assert.Equal(0, input[1], 1e-12);
        Assert.Equal(0.5, input[2], 1e-12);
    }

    [Fact]
    public void The_bounds_hold_the_information_of_every_input_and_close_in() => Laws.Hold(Channels, x =>
    {
        int rows = x.Channel.Length / x.Columns;
        double[] input = new double[rows];
        ChannelCapacity before = RateDistortion.Capacity(x.Channel, x.Columns, input, 1e-10, iterations: 1);
        for (int i = 0; i < 20; i++)
        {
            ChannelCapacity after = RateDistortion.Capacity(x.Channel, x.Columns, input, 1e-10, iterations: 1);
            double information = Information.Mutual(Joint(input, x.Channel, x.Columns), x.Columns);
            if (!(after.Lower >= before.Lower - 1e-14 && after.Lower <= after.Upper && after.Lower <= before.Upper + 1e-14 && before.Lower <= after.Upper + 1e-14
                && information >= after.Lower - 1e-14 && information <= after.Upper + 1e-14))
                return false;
            before = after;
        }

        double uniform = Information.Mutual(Joint([.. Enumerable.Repeat(1.0 / rows, rows)], x.Channel, x.Columns), x.Columns);
        return uniform <= before.Upper + 1e-14 && before.Upper <= Math.Log(Math.Min(rows, x.Columns)) + 1e-10 + (before.Converged ? 0 : before.Upper - before.Lower);
    });

    [Fact]
    public void Work_cut_into_pieces_gives_the_same_bits()
    {
        double[] channel = [0.6, 0.3, 0.1, 0.1, 0.2, 0.7, 0.3, 0.4, 0.3], whole = new double[3], pieces = new double[3];
        ChannelCapacity atOnce = RateDistortion.Capacity(channel, 3, whole, 0, 30), last = default;
        for (int i = 0; i < 3; i++)
            last = RateDistortion.Capacity(channel, 3, pieces, 0, 10);
        Assert.Equal(whole, pieces);
        Assert.Equal((30, 10, false, false), (atOnce.Iterations, last.Iterations, atOnce.Converged, last.Converged));
        Assert.True(atOnce.Lower >= last.Lower && atOnce.Upper <= last.Upper);

        RateDistortionPoint point = RateDistortion.Point([0.1, 0.2, 0.7], [0, 1, 2, 1, 0, 1, 2, 1, 0], -1, whole.AsSpan(), 0, 30);
        Array.Clear(pieces);
        Array.Clear(whole);
        point = RateDistortion.Point([0.1, 0.2, 0.7], [0, 1, 2, 1, 0, 1, 2, 1, 0], -1, whole, 0, 30);
        RateDistortionPoint lastPoint = default;
        for (int i = 0; i < 3; i++)
            lastPoint = RateDistortion.Point([0.1, 0.2, 0.7], [0, 1, 2, 1, 0, 1, 2, 1, 0], -1, pieces, 0, 10);
        Assert.Equal(whole, pieces);
        Assert.Equal((point.Rate, point.Distortion, point.Lower), (lastPoint.Rate, lastPoint.Distortion, lastPoint.Lower));
    }

    [Fact]
    public void A_channel_behind_a_channel_carries_no_more() => Laws.Hold(Channels.Where(x => x.Channel.Length == x.Columns * x.Columns), x =>
    {
        int n = x.Columns;
        double[] twice = [.. Enumerable.Range(0, n * n).Select(k => Enumerable.Range(0, n).Sum(j => x.Channel[k / n * n + j] * x.Channel[j * n + k % n]))];
        return RateDistortion.Capacity(twice, n, new double[n], 1e-9, 300).Lower <= RateDistortion.Capacity(x.Channel, n, new double[n], 1e-9, 300).Upper + 1e-14;
    });

    [Theory]
    [InlineData(0.5, -1)]
    [InlineData(0.5, -8)]
    [InlineData(0.25, -2)]
    [InlineData(0.25, -5)]
    [InlineData(0.1, -20)]
    public void A_binary_source_has_the_rate_h_of_p_less_h_of_D(double p, double slope)
    {
        RateDistortionPoint point = RateDistortion.Point([p, 1 - p], Hamming, slope, new double[2], 1e-14, logBase: LogBase.Bits);
        double distortion = Math.Exp(slope) / (1 + Math.Exp(slope));
        Assert.True(point.Converged);
        Assert.Equal(distortion, point.Distortion, 1e-12);
        Assert.Equal(Binary(p) - Binary(distortion), point.Rate, 1e-12);
    }

    [Theory]
    [InlineData(2, -0.5)]
    [InlineData(3, -1)]
    [InlineData(8, -4)]
    [InlineData(5, -40)]
    public void A_uniform_source_of_k_letters_has_its_known_rate(int k, double slope)
    {
        double[] source = [.. Enumerable.Repeat(1.0 / k, k)], hamming = [.. Enumerable.Range(0, k * k).Select(i => i / k == i % k ? 0.0 : 1)];
        RateDistortionPoint point = RateDistortion.Point(source, hamming, slope, new double[k]);
        double d = (k - 1) * Math.Exp(slope) / (1 + (k - 1) * Math.Exp(slope));
        Assert.Equal(d, point.Distortion, 1e-13);
        Assert.Equal(Math.Log(k) - Binary(d) * Math.Log(2) - d * Math.Log(k - 1), point.Rate, 1e-13);
    }

    [Fact]
    public void Where_distortion_is_cheap_nothing_is_sent()
    {
        RateDistortionPoint point = RateDistortion.Point([0.25, 0.75], Hamming, -0.5, new double[2]);
        Assert.True(point.Converged && point.Rate <= 1e-12);
        Assert.Equal(0.25, point.Distortion, 1e-11);
        Assert.Equal(0, RateDistortion.Point([0.25, 0.75], Hamming, 0, new double[2]).Rate);
    }

    [Fact]
    public void A_point_lies_above_its_bound_and_the_tangents_at_others() => Laws.Hold(Sources, x =>
    {
        int columns = x.Distortions.Length / x.Source.Length;
        RateDistortionPoint here = RateDistortion.Point(x.Source, x.Distortions, x.Slope, new double[columns], 1e-9, 1000);
        RateDistortionPoint there = RateDistortion.Point(x.Source, x.Distortions, x.Slope - 1, new double[columns], 1e-9, 1000);
        return here.Rate >= 0 && here.Lower >= 0 && here.Lower <= here.Rate && here.Distortion >= 0
            && (!here.Converged || there.Rate >= here.Rate - 1e-9 + x.Slope * (there.Distortion - here.Distortion) - 1e-12)
            && (!there.Converged || here.Rate >= there.Rate - 1e-9 + (x.Slope - 1) * (here.Distortion - there.Distortion) - 1e-12);
    });

    [Fact]
    public void The_reproduction_found_is_the_output_of_the_test_channel_and_its_rate_their_information()
    {
        double[] source = [0.1, 0.2, 0.7], d = [0, 1, 4, 1, 0, 1, 4, 1, 0], before = [0.25, 0.25, 0.5], after = [0.25, 0.25, 0.5], joint = new double[9];
        RateDistortionPoint point = RateDistortion.Point(source, d, -1.5, after, 0, 1);
        for (int x = 0; x < 3; x++)
        {
            double total = Enumerable.Range(0, 3).Sum(y => before[y] * Math.Exp(-1.5 * d[x * 3 + y]));
            for (int y = 0; y < 3; y++)
                joint[x * 3 + y] = source[x] * before[y] * Math.Exp(-1.5 * d[x * 3 + y]) / total;
        }

        Assert.Equal(Information.Mutual(joint, 3), point.Rate, 1e-15);
        Assert.Equal(joint.Zip(d, (p, q) => p * q).Sum(), point.Distortion, 1e-15);
        Assert.All(Enumerable.Range(0, 3), y => Assert.Equal(joint[y] + joint[3 + y] + joint[6 + y], after[y], 1e-15));
        Assert.False(point.Converged);
    }

    [Fact]
    public void A_letter_of_probability_zero_is_counted_by_the_bounds()
    {
        double[] input = [1, 0], reproduction = [1, 0];
        ChannelCapacity capacity = RateDistortion.Capacity([1, 0, 0.5, 0.5], 2, input, 1e-12, 50);
        Assert.Equal((0, double.PositiveInfinity, false), (capacity.Value, capacity.Upper, capacity.Converged));
        Assert.Equal([1, 0], input);
        RateDistortionPoint point = RateDistortion.Point(Half, Hamming, -2000, reproduction, 1e-12, 50);
        Assert.Equal((0, 0.5, 0, false), (point.Rate, point.Distortion, point.Lower, point.Converged));
        Assert.Equal([1, 0], reproduction);
    }

    [Fact]
    public void NaN_gives_NaN_and_shows_in_the_state()
    {
        double[] state = [0, 0];
        Assert.Equal(NaN, RateDistortion.Capacity([1, 0, NaN, 0.5], 2, state).Value);
        Assert.Equal([NaN, NaN], state);
        Assert.Equal(NaN, RateDistortion.Capacity([1, 0, 0.5, 0.5], 2, state).Upper);
        state = [0, 0];
        Assert.Equal(NaN, RateDistortion.Point(Half, [0, 1, NaN, 0], -1, state).Rate);
        Assert.Equal([NaN, NaN], state);
        Assert.Equal(NaN, RateDistortion.Point([0.5, NaN], Hamming, -1, new double[2]).Distortion);
    }

    [Fact]
    public void A_refusal_names_the_argument_and_the_value()
    {
        double[] two = new double[2];
        Refuses("columns", "columns = 0", () => RateDistortion.Capacity(Half, 0, two).Value);
        Refuses("channel", "channel is empty", () => RateDistortion.Capacity([], 2, two).Value);
        Refuses("channel", "channel has 3 elements", () => RateDistortion.Capacity([0.5, 0.5, 1], 2, two).Value);
        Refuses("channel", "In row 1, channel sums to 1.5", () => RateDistortion.Capacity([0.5, 0.5, 1, 0.5], 2, two).Value);
        Refuses("input", "input has 1 elements; it needs 2.", () => RateDistortion.Capacity([0.5, 0.5, 1, 0], 2, new double[1]).Value);
        Refuses("input", "input sums to 0.75", () => RateDistortion.Capacity([0.5, 0.5, 1, 0], 2, [0.5, 0.25]).Value);
        Refuses("tolerance", "tolerance = -1", () => RateDistortion.Capacity(Half, 2, two, -1).Value);
        Refuses("iterations", "iterations = 0", () => RateDistortion.Capacity(Half, 2, two, 0, 0).Value);
        Refuses("source", "source sums to 2", () => RateDistortion.Point([1, 1], Hamming, -1, two).Rate);
        Refuses("distortions", "distortions[1] = -1 is negative", () => RateDistortion.Point(Half, [0, -1, 1, 0], -1, two).Rate);
        Refuses("distortions", "distortions[3] = Infinity is infinite", () => RateDistortion.Point(Half, [0, 1, 1, double.PositiveInfinity], -1, two).Rate);
        Refuses("slope", "slope = 1; it must be finite and at most 0", () => RateDistortion.Point(Half, Hamming, 1, two).Rate);
        Refuses("slope", "slope = NaN", () => RateDistortion.Point(Half, Hamming, NaN, two).Rate);
        Refuses("reproduction", "reproduction has 1 elements", () => RateDistortion.Point(Half, Hamming, -1, new double[1]).Rate);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] channel = [0.9, 0.1, 0.2, 0.8], joint = [0.4, 0.1, 0.1, 0.4], state = new double[2], encoder = [0.75, 0.25, 0.25, 0.75];
        Assert.Equal(0, Allocation.Of(Run));

        void Run()
        {
            Array.Clear(state);
            RateDistortion.Capacity(channel, 2, state);
            Array.Clear(state);
            RateDistortion.Point(Half, Hamming, -1, state);
            InformationBottleneck.Solve(joint, 2, 2, 5, encoder);
            InformationBottleneck.RandomEncoder(2, 1, encoder);
        }
    }

    private static double Binary(double p) => p is 0 or 1 ? 0 : -p * Math.Log2(p) - (1 - p) * Math.Log2(1 - p);

    private static double[] Joint(double[] input, double[] channel, int columns) => [.. channel.Select((w, k) => input[k / columns] * w)];
}
