namespace RelativeEntropy.Tests;

/// <summary>Capacities, rate-distortion points and bottlenecks against their 50-digit tables, each iterated until nothing moves.</summary>
public class RateDistortionReferenceTests
{
    private const int Iterations = 20_000;

    [Fact]
    public void Capacity_is_right_to_13_digits() =>
        ReferenceTable.AssertRelativeToScales("rate_distortion_capacity", 1e-13, c =>
        {
            double[] channel = c.Settings("channel");
            int columns = (int)c.Setting("columns");
            ChannelCapacity capacity = RateDistortion.Capacity(channel, columns, new double[channel.Length / columns], tolerance: 0, Iterations);
            return [capacity.Value];
        });

    [Fact]
    public void Points_of_the_rate_distortion_function_are_right_to_13_digits_of_their_scale() =>
        ReferenceTable.AssertRelativeToScales("rate_distortion_point", 1e-13, c =>
        {
            double[] source = c.Settings("source"), distortions = c.Settings("distortions");
            RateDistortionPoint point = RateDistortion.Point(source, distortions, c.Setting("slope"), new double[distortions.Length / source.Length], tolerance: 0, Iterations);
            return [point.Rate, point.Distortion];
        });

    [Fact]
    public void Bottlenecks_are_right_to_13_digits_of_their_scale() =>
        ReferenceTable.AssertRelativeToScales("information_bottleneck", 1e-13, c =>
        {
            double[] encoder = c.Settings("encoder");
            BottleneckPoint point = InformationBottleneck.Solve(
                c.Settings("joint"), (int)c.Setting("columns"), (int)c.Setting("clusters"), c.Setting("beta"), encoder, tolerance: 0, Iterations);
            return [point.Rate, point.Relevance, point.Functional];
        });
}
