using System.Text.Json;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>The controller of Ziegler et al. (2019): which way it goes, how fast, within which bounds, and that it can stop and go
/// on.</summary>
public class ProportionalPenaltyTests
{
    private static readonly ProportionalPenalty Start = new(0.2, target: 6, horizon: 10_000, minimum: 1e-3, maximum: 10);

    [Theory]
    [InlineData(6, 256, 0.2), InlineData(9, 256, 0.2 * (1 + 0.2 * 0.0256)), InlineData(6.6, 100, 0.2 * (1 + 0.1 * 0.01)), InlineData(0,
        256, 0.2 * (1 - 0.2 * 0.0256))]
    [InlineData(-3, 256, 0.2 * (1 - 0.2 * 0.0256)), InlineData(double.PositiveInfinity, 10_000, 0.24), InlineData(100, 0, 0.2)]
    public void The_penalty_changes_by_the_relative_error_cut_at_a_fifth_for_each_horizon_of_steps(double measured, double steps,
        double expected) =>
        Assert.Equal(expected, Start.Next(measured, steps).Penalty, 1e-15);

    [Fact]
    public void It_stays_within_its_bounds_whatever_is_measured() =>
        Laws.Hold(Gen.Zip(Gen.Choose(-100, 1000), Gen.Choose(0, 1_000_000)), x =>
    {
        ProportionalPenalty next = Start.Next(x.Item1 / 10.0, x.Item2);
        return next.Penalty is >= 1e-3 and <= 10 && (next.Target, next.Horizon, next.Minimum, next.Maximum) == (6, 10_000, 1e-3, 10);
    });

    [Fact]
    public void Steps_without_end_lead_to_a_bound()
    {
        Assert.Equal(10, Start.Next(7, double.MaxValue).Penalty);
        Assert.Equal(1e-3, Start.Next(5, double.MaxValue).Penalty);
        ProportionalPenalty narrow = new(1, 1, 5e-324, 1, 1);
        Assert.Equal(narrow, narrow.Next(2, double.MaxValue));
    }

    /// <summary>A policy whose divergence falls as the penalty grows, KL = 1/beta, comes to the target.</summary>
    [Theory]
    [InlineData(0.01), InlineData(5)]
    public void A_policy_that_answers_to_the_penalty_comes_to_the_target(double start)
    {
        ProportionalPenalty penalty = new(start, target: 6, horizon: 100, minimum: 1e-3, maximum: 10);
        for (int round = 0; round < 2000; round++)
            penalty = penalty.Next(1 / penalty.Penalty, steps: 10);
        Assert.Equal(6, 1 / penalty.Penalty, 1e-6);
    }

    [Fact]
    public void A_run_that_stops_and_goes_on_is_the_run_that_does_not()
    {
        ProportionalPenalty whole = Start, halves = Start;
        for (int round = 0; round < 20; round++)
        {
            whole = whole.Next(5 + 0.3 * round, 64);
            halves = JsonSerializer.Deserialize<ProportionalPenalty>(JsonSerializer.Serialize(halves)).Next(5 + 0.3 * round, 64);
        }

        Assert.Equal(whole, halves);
        Assert.NotEqual(Start, whole);
    }

    [Fact]
    public void What_is_unknown_stays_unknown_and_the_default_stays_itself()
    {
        Assert.Equal(double.NaN, Start.Next(double.NaN).Penalty);
        Assert.Equal(double.NaN, Start.Next(double.NaN).Next(6).Penalty);
        Assert.Equal(default, default(ProportionalPenalty).Next(3, 10));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        Refuses("penalty", "penalty = 20; it must be in [minimum, maximum] = [0.001, 10].", () =>
            new ProportionalPenalty(20, 6, 100, 1e-3, 10).Penalty);
        Refuses("penalty", "penalty = NaN", () => new ProportionalPenalty(double.NaN, 6, 100, 1e-3, 10).Penalty);
        Refuses("target", "target = 0", () => new ProportionalPenalty(1, 0, 100, 1e-3, 10).Penalty);
        Refuses("horizon", "horizon = Infinity", () => new ProportionalPenalty(1, 6, double.PositiveInfinity, 1e-3, 10).Penalty);
        Refuses("minimum", "minimum = 0", () => new ProportionalPenalty(1, 6, 100, 0, 10).Penalty);
        Refuses("maximum", "maximum = 0.5; it must not be below minimum = 1.", () => new ProportionalPenalty(1, 6, 100, 1, 0.5).Penalty);
        Refuses("steps", "steps = -1", () => Start.Next(6, -1).Penalty);
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"Penalty":0.2,"Target":6}"""),
        InlineData("""{"Penalty":20,"Target":6,"Horizon":100,"Minimum":1,"Maximum":10}""")]
    public void State_that_the_constructor_refuses_is_refused(string json) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonSerializer.Deserialize<ProportionalPenalty>(json));
}
