using FsCheck;
using FsCheck.Fluent;
using static RelativeEntropy.Tests.BadInputTests;

namespace RelativeEntropy.Tests;

/// <summary>What holds of bounds on the evidence: theorems on random cases, and what happens at the edges.</summary>
public class ElboTests
{
    private const double Inf = double.PositiveInfinity, NaN = double.NaN;
    private const double Slack = 1e-13;

    private static readonly double[] Orders = [-Inf, -50, -2, -1, -1e-9, 0, 1e-9, 0.5, 1 - 1e-9, 1, 1 + 1e-9, 1.5, 2, 50, Inf];

    [Fact]
    public void The_Renyi_bound_never_increases_in_its_order_and_lies_between_the_extreme_weights() => Laws.Hold(LogWeights, x =>
    {
        double[] values = [.. Orders.Select(order => Elbo.Renyi(x, order))];
        double slack = Slack * (1 + x.Max(Math.Abs));
        return values.Zip(values.Skip(1)).All(pair => pair.Second <= pair.First + slack) && values[0] == x.Max() && values[^1] == x.Min();
    });

    [Fact]
    public void Its_named_members() => Laws.Hold(LogWeights, x =>
    {
        double slack = Slack * (1 + x.Max(Math.Abs)), n = x.Length;
        return Near(Elbo.Renyi(x, 1), x.Average(), slack)
            && Near(Elbo.Renyi(x, 0), Logits.LogSumExp(x) - Math.Log(n), slack)
            && Near(Elbo.Renyi(x, 0.5), 2 * (Logits.LogSumExp([.. x.Select(y => 0.5 * y)]) - Math.Log(n)), slack)
            && ChiUpperBoundIs(1) && ChiUpperBoundIs(2) && ChiUpperBoundIs(3.5);

        // CUBO_n of Dieng et al. (2017), log(mean of w^n)/n, is the bound of order 1 - n.
        bool ChiUpperBoundIs(double order) =>
            Near(Elbo.Renyi(x, 1 - order), (Logits.LogSumExp([.. x.Select(y => order * y)]) - Math.Log(n)) / order, slack);
    });

    [Fact]
    public void A_constant_in_all_weights_is_a_constant_in_the_bound() => Laws.Hold(LogWeights, x =>
        Orders.All(order => Near(Elbo.Renyi([.. x.Select(y => y - 4096)], order), Elbo.Renyi(x, order) - 4096, 1e-11)));

    [Fact]
    public void With_exact_expectations_it_is_the_evidence_less_the_Renyi_divergence_to_the_posterior() => Laws.Hold(Joints, x =>
    {
        // q is uniform over the outcomes, so that the mean over outcomes is the expectation.
        double log = Math.Log(x.Length), evidence = Logits.LogSumExp(x);
        double[] weights = [.. x.Select(y => y + log)], uniform = new double[x.Length];
        return Orders.Where(order => order >= 0).All(order =>
                Near(Elbo.Renyi(weights, order), evidence - Logits.Renyi(uniform, x, order), 1e-11))
            && Orders.Where(order => order < 0).All(order => Elbo.Renyi(weights, order) >= evidence - 1e-12 * (1 + Math.Abs(evidence)));
    });

    [Fact]
    public void At_the_posterior_every_order_gives_the_evidence()
    {
        double[] weights = [-3.75, -3.75, -3.75, -3.75];
        Assert.All(Orders, order => Assert.Equal(-3.75, Elbo.Renyi(weights, order)));
    }

    [Fact]
    public void Its_gradient_is_a_distribution_and_the_limit_of_differences() => Laws.Hold(LogWeights, x =>
    {
        return Orders.Where(double.IsFinite).All(order =>
        {
            double[] gradient = new double[x.Length];
            double value = Elbo.RenyiGradient(x, order, gradient);
            return value == Elbo.Renyi(x, order) && gradient.All(g => g >= 0) && Near(gradient.Sum(), 1, Slack)
                && gradient.Select((g, i) => Near(g, Difference(order, i), 1e-6 * (1 + Math.Abs(order) * Math.Abs(order)))).All(near => near);
        });

        double Difference(double order, int i)
        {
            const double Step = 1.0 / (1 << 14);
            double[] above = [.. x], below = [.. x];
            above[i] += Step;
            below[i] -= Step;
            return (Elbo.Renyi(above, order) - Elbo.Renyi(below, order)) / (2 * Step);
        }
    });

    [Fact]
    public void At_infinite_orders_the_gradient_falls_on_the_extreme_weights()
    {
        double[] gradient = new double[4];
        Assert.Equal(2, Elbo.RenyiGradient([2, 1, 2, 0], double.NegativeInfinity, gradient));
        Assert.Equal([0.5, 0, 0.5, 0], gradient);
        Assert.Equal(0, Elbo.RenyiGradient([2, 1, 2, 0], Inf, gradient));
        Assert.Equal([0, 0, 0, 1], gradient);
        Elbo.RenyiGradient([2, 1, 2, 0], 1, gradient);
        Assert.Equal([0.25, 0.25, 0.25, 0.25], gradient);
    }

    [Fact]
    public void A_gradient_may_replace_its_weights_or_be_left_out()
    {
        double[] apart = new double[3], weights = [1, 2, 4];
        double value = Elbo.RenyiGradient(weights, 0.25, apart);
        Assert.Equal(value, Elbo.RenyiGradient(weights, 0.25, []));
        Assert.Equal(value, Elbo.RenyiGradient(weights, 0.25, weights));
        Assert.Equal(apart, weights);
    }

    [Fact]
    public void A_weight_of_zero()
    {
        double[] weights = [0, double.NegativeInfinity], none = [double.NegativeInfinity, double.NegativeInfinity], gradient = new double[2];
        Assert.Equal(-Math.Log(2), Elbo.Renyi(weights, 0));
        Assert.Equal(double.NegativeInfinity, Elbo.Renyi(weights, 1));
        Assert.Equal(double.NegativeInfinity, Elbo.Renyi(weights, 3));
        Assert.Equal(double.NegativeInfinity, Elbo.Renyi(weights, Inf));
        Assert.Equal(0, Elbo.Renyi(weights, double.NegativeInfinity));
        Assert.All(Orders, order => Assert.Equal(double.NegativeInfinity, Elbo.Renyi(none, order)));
        Elbo.RenyiGradient(weights, 0.5, gradient);
        Assert.Equal([1, 0], gradient);
        Elbo.RenyiGradient(weights, 1, gradient);
        Assert.Equal([NaN, NaN], gradient);
    }

    [Fact]
    public void The_bound_of_a_discrete_variable_and_its_gap_make_the_evidence() => Laws.Hold(JointsAndApproximations, pair =>
    {
        double evidence = Logits.LogSumExp(pair.Joint), bound = Elbo.Discrete(pair.Joint, pair.Q), gap = Elbo.DiscreteGap(pair.Joint, pair.Q);
        return gap >= 0 && Near(evidence, bound + gap, 1e-13 * (Math.Abs(evidence) + Math.Abs(bound) + gap)) && bound <= evidence + 1e-13 * (1 + Math.Abs(evidence));
    });

    [Fact]
    public void At_the_posterior_of_a_discrete_variable_nothing_is_lost()
    {
        double[] joint = [Math.Log(0.125), Math.Log(0.125), Math.Log(0.125), Math.Log(0.125)];
        Assert.Equal(0, Elbo.DiscreteGap(joint, [0.25, 0.25, 0.25, 0.25]));
        Assert.Equal(Logits.LogSumExp(joint), Elbo.Discrete(joint, [0.25, 0.25, 0.25, 0.25]), 1e-15);
    }

    [Fact]
    public void An_outcome_that_the_model_excludes()
    {
        double[] joint = [0, double.NegativeInfinity];
        Assert.Equal(double.NegativeInfinity, Elbo.Discrete(joint, [0.5, 0.5]));
        Assert.Equal(Inf, Elbo.DiscreteGap(joint, [0.5, 0.5]));
        Assert.Equal(0, Elbo.Discrete(joint, [1, 0]));
        Assert.Equal(0, Elbo.DiscreteGap(joint, [1, 0]));
        Assert.Equal(1000 - 0.5 * Math.Log(4), Elbo.DiscreteGap([0, -2000], [0.5, 0.5]), 1e-12);
    }

    /// <summary>
    /// The bound of Wan, Li and Hovakimyan (2020) is Jensen's: the mean of f*(w) is at least f*(p(x)), with f* the dual generator. It is
    /// FDivergence.OfLogRatios of that dual, so there is no function of its own. It bounds f*(p(x)), not log p(x).
    /// </summary>
    [Fact]
    public void The_mean_of_the_dual_generator_bounds_that_of_the_evidence() => Laws.Hold(Joints, x =>
    {
        double[] weights = [.. x.Select(y => y + Math.Log(x.Length))];
        double evidence = Logits.LogSumExp(x);
        double[] atPosterior = [.. x.Select(_ => evidence)];
        return Generators.All.All(f =>
        {
            double bounded = f.Dual.Value(Math.Exp(evidence)), bound = FDivergence.OfLogRatios(f.Dual, weights), slack = 1e-9 * (1 + Math.Abs(bounded) + Math.Abs(bound));
            return bound >= bounded - slack && Near(FDivergence.OfLogRatios(f.Dual, atPosterior), bounded, slack);
        });
    });

    [Fact]
    public void NaN_wins_over_infinity_and_bad_input_over_NaN()
    {
        Assert.All(Orders, order => Assert.Equal(NaN, Elbo.Renyi([NaN, double.NegativeInfinity], order)));
        Assert.Equal(NaN, Elbo.Discrete([NaN, 0], [0, 1]));
        Assert.Equal(NaN, Elbo.Discrete([double.NegativeInfinity, 0], [0.5, NaN]));
        Assert.Equal(NaN, Elbo.DiscreteGap([NaN, double.NegativeInfinity], [0, 1]));
        Assert.Equal(NaN, Elbo.DiscreteGap([0, double.NegativeInfinity], [NaN, 1]));
        Assert.Throws<ArgumentException>(() => Elbo.Renyi([NaN, Inf], 0));
        Assert.Throws<ArgumentException>(() => Elbo.Discrete([NaN, Inf], [0.5, 0.5]));
    }

    [Fact]
    public void A_refusal_names_the_argument_the_index_and_the_value()
    {
        Refuses("logWeights", "logWeights is empty", () => Elbo.Renyi([], 1));
        Refuses("logWeights", "logWeights[1] = Infinity; a log-weight must be finite or -infinity", () => Elbo.Renyi([0, Inf], 1));
        Refuses("order", "order = NaN; it must be a number, and may be infinite.", () => Elbo.Renyi([0, 1], NaN));
        Refuses("gradient", "gradient has 1 elements; it needs 2, or none if it is not wanted.", () => Elbo.RenyiGradient([0, 1], 1, new double[1]));
        Refuses("q", "logJoint has 2 elements and q has 1", () => Elbo.Discrete([0, 1], [1]));
        Refuses("q", "q sums to 1.5", () => Elbo.DiscreteGap([0, 1], [0.5, 1]));
        Refuses("logJoint", "logJoint[0] = -Infinity and so are all", () => Elbo.Discrete([double.NegativeInfinity], [1]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        double[] weights = [1, 2, 3], q = [0.25, 0.25, 0.5], gradient = new double[3];
        Assert.Equal(0, Allocation.Of(All));

        void All()
        {
            Elbo.RenyiGradient(weights, 0.5, gradient);
            Elbo.Discrete(weights, q);
            Elbo.DiscreteGap(weights, q);
        }
    }

    private static Gen<double[]> LogWeights => Laws.Length.SelectMany(n => Gen.ArrayOf(Laws.Logit, n));

    private static Gen<double[]> Joints => Laws.Length.SelectMany(n => Gen.ArrayOf(Gen.Choose(-8192, 0).Select(x => x / 1024.0), n));

    private static Gen<(double[] Joint, double[] Q)> JointsAndApproximations =>
        from n in Laws.Length
        from joint in Gen.ArrayOf(Laws.Logit, n)
        from q in Gen.ArrayOf(Laws.MassOrZero, n).Where(q => q.Sum() > 0)
        select (joint, Laws.Normalised(q));

    private static bool Near(double x, double y, double slack) => Math.Abs(x - y) <= slack || x == y;
}
