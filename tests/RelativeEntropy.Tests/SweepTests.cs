using System.Reflection;

namespace RelativeEntropy.Tests;

/// <summary>
/// Every public function of the library over zero, subnormal, tiny, huge, nearly equal and infinite arguments: no NaN where no
/// argument is NaN, no negative divergence, and a refusal names an argument.
/// </summary>
public class SweepTests
{
    /// <summary>Where the docs say that NaN comes from other things than NaN.</summary>
    private static readonly Dictionary<string, Func<object?[], bool>> Undefined = new()
    {
        // The mean of +infinity and -infinity.
        ["FDivergence.OfLogRatios"] = arguments =>
            ((Array)arguments[1]!).Cast<IConvertible>().Select(x => x.ToDouble(null)).ToArray() is var x
            && (x.Contains(double.PositiveInfinity) && x.Contains(double.NegativeInfinity)
                || arguments[0] is Generator { Name: "dual of own Kullback-Leibler" } && x.Max() > 745),
        // Terms beyond the largest double.
        ["BetaBernoulli.LogEvidence"] = arguments => (double)arguments[1]! + (double)arguments[2]! > 2.5e305,
        ["DirichletCategorical.LogEvidence"] = arguments => ((double[])arguments[1]!).Sum() > 2.5e305,
        // Limits that are not known.
        ["Generator.Value"] = arguments => arguments is [Generator { Name: "dual of own Kullback-Leibler" }, double.PositiveInfinity],
        ["Generator.Derivative"] = arguments => arguments is [_, < 0.0]
            || arguments is [Generator { Name: "dual of own total variation" }, < 5.6e-309],
        ["FDivergence.OptimalCritic"] = arguments => arguments[0] is Generator { Name: "dual of own total variation" },
        // Outside the domain, and the quotients 0/0 and infinity/infinity.
        ["Terms.LogRatio"] = arguments =>
            Pair(arguments) is ( < 0, _) or (_, < 0) or (0, 0) or (double.PositiveInfinity, double.PositiveInfinity),
        ["Terms.RelativeEntropy"] = arguments => Pair(arguments) is (double.PositiveInfinity, double.PositiveInfinity),
        ["Terms.KullbackLeibler"] = arguments => Pair(arguments) is (double.PositiveInfinity, double.PositiveInfinity),
        ["Terms.CrossEntropy"] = arguments => Pair(arguments) is (double.PositiveInfinity, 1),
        // The spread of one sample, or of one that has all the weight.
        ["MonteCarlo.K1SelfNormalised"] = HasOneWeight,
        ["MonteCarlo.K2SelfNormalised"] = HasOneWeight,
        ["MonteCarlo.K3SelfNormalised"] = HasOneWeight,
        ["MonteCarlo.K1FromLogits"] = KeepsFewerThan(2),
        ["MonteCarlo.K1FromLogitsGradient"] = KeepsFewerThan(2),
        ["MonteCarlo.K2FromLogits"] = KeepsFewerThan(2),
        ["MonteCarlo.K2FromLogitsGradient"] = KeepsFewerThan(2),
        ["MonteCarlo.K3FromLogits"] = KeepsFewerThan(2),
        ["MonteCarlo.K3FromLogitsGradient"] = KeepsFewerThan(2),
        // Without one of them the points are all at one place.
        ["NearestNeighbours.KullbackLeibler"] = HasOneOther,
        ["NearestNeighbours.Entropy"] = HasOneOther,
        ["NearestNeighbours.MutualInformation"] = HasOneOther,
        // The mean of no rows.
        ["Logits.MeanCrossEntropyFromLabels"] = KeepsFewerThan(1),
        ["Logits.MeanCrossEntropyFromLabelsGradient"] = KeepsFewerThan(1),
        ["Logits.MeanCrossEntropyFromProbabilities"] = KeepsFewerThan(1),
        ["Logits.MeanCrossEntropyFromProbabilitiesGradient"] = KeepsFewerThan(1),
        ["Logits.MeanEntropy"] = KeepsFewerThan(1),
        ["Logits.MeanEntropyGradient"] = KeepsFewerThan(1),
        ["Logits.MeanKullbackLeibler"] = KeepsFewerThan(1),
        ["Logits.MeanKullbackLeiblerGradient"] = KeepsFewerThan(1),
    };

    /// <summary>Whether all points of a sample but one are at one place, or so near that the estimators take them to be.</summary>
    private static bool HasOneOther(object?[] arguments)
    {
        double[][] samples =
            [.. arguments.OfType<Array>().Select(x => x.Cast<IConvertible>().Select(value => value.ToDouble(null)).ToArray())];
        int[] settings = [.. arguments.OfType<int>()];
        double negligible = 1e-150 * samples.Max(x => x.Max(Math.Abs));
        double[][][] points = [.. samples.Select((x, i) => x.Chunk(settings[settings.Length == 3 ? i : 0]).ToArray())];
        if (settings.Length == 3)
            points = [[.. points[0].Zip(points[1], (x, y) => (double[])[.. x, .. y])]];
        return points.Any(all => all.Any(place => all.Count(point => IsAt(point, place)) == all.Length - 1));

        bool IsAt(double[] point, double[] place) => point.Zip(place, (a, b) => Math.Abs(a - b)).Max() <= negligible;
    }

    private static bool HasOneWeight(object?[] arguments)
    {
        double[] logWeights = [.. ((Array)arguments[1]!).Cast<IConvertible>().Select(x => x.ToDouble(null))];
        return logWeights.Count(x => logWeights.Max() - x < 760) == 1;
    }

    private static Func<object?[], bool> KeepsFewerThan(int rows) => arguments =>
        arguments.OfType<bool[]>().Single() is { Length: > 0 } kept && kept.Count(x => x) < rows;

    private static (double P, double Q) Pair(object?[] arguments) => ((double)arguments[0]!, (double)arguments[1]!);

    /// <summary>Functions that may be negative; of all others that return one number, it is at least 0.</summary>
    private static readonly string[] Signed =
    [
        "Elbo.Discrete", "Elbo.Renyi", "Elbo.RenyiGradient", "FDivergence.LowerBound", "FDivergence.OfLogRatios",
        "BetaBernoulli.Bound", "BetaBernoulli.LogEvidence", "DirichletCategorical.Bound", "DirichletCategorical.LogEvidence",
        "GammaPoisson.Bound", "GammaPoisson.LogEvidence", "Generator.Conjugate", "Generator.Derivative", "Generator.Value",
        "LinearGaussianModel.Bound", "LinearGaussianModel.BoundGradient", "LinearGaussianModel.ExpectedLogLikelihood",
        "LinearGaussianModel.LogEvidence", "NormalGamma.Bound", "NormalGamma.LogEvidence", "NormalNormal.Bound", "NormalNormal.LogEvidence",
        "DiagonalGaussian.EntropyFromLogStandardDeviation", "Gaussian.Entropy", "Information.Interaction",
        "KullbackLeiblerAccumulator.OfProportions", "Logits.LogSumExp",
        "Measures.LogRatioSum", "MultivariateGaussian.Entropy", "Terms.CrossEntropy", "Terms.Entropy", "Terms.LogRatio",
        "Terms.RelativeEntropy", "TrustRegion.ClippedSurrogate",
        "TrustRegion.ClippedSurrogateGradient", "TrustRegion.RegularisedOptimum", "TrustRegion.RegularisedReward",
        "TrustRegion.RegularisedRewardGradient",
    ];

    /// <summary>The same for the numbers in a record.</summary>
    private static readonly string[] SignedParts =
    [
        "BottleneckPoint.Functional", "Estimate.Value", "NormalGamma.Mean", "NormalNormal.Mean",
    ];

    private static MethodInfo[] All { get; } = [.. Call.PublicStatic, .. Call.PublicInstance];

    public static TheoryData<string> Functions => [.. All.Select(Call.Signature)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Extreme_arguments_give_a_number_or_a_refusal_that_names_one(string function)
    {
        Call call = new(All.Single(method => Call.Signature(method) == function));
        Array[] lists = Lists(call.Method);
        int cases = 0, refused = 0;
        List<string> faults = [];
        foreach (object?[] combination in Arguments.Combinations(lists))
        {
            (object? target, object?[] arguments) = (combination[0], combination[1..]);
            cases++;
            for (int i = 0; i < arguments.Length; i++)
                arguments[i] = arguments[i] is Array array && Arguments.IsSpan(call.Parameters[i].ParameterType, typeof(Span<>))
                    ? array.Clone()
                    : arguments[i];
            object?[] parts = [.. arguments.Select((x, i) => !call.Parameters[i].ParameterType.IsByRefLike ? x : Part.Of((Array)x!))];
            try
            {
                object? answer = call.On(target, parts);
                if (Fault(call, answer, target, arguments, parts) is string fault)
                    faults.Add($"{fault} from {target} {Words(arguments)}");
            }
            catch (ArgumentException refusal)
            {
                refused++;
                if (!call.Parameters.Any(p => p.Name == refusal.ParamName)
                    || !refusal.Message.Contains(refusal.ParamName!, StringComparison.Ordinal))
                    faults.Add($"{refusal.GetType().Name} '{refusal.Message}' from {Words(arguments)}");
                if (cases == 1)
                    faults.Add($"the ordinary arguments are refused: {refusal.Message}");
            }
            catch (Exception other)
            {
                faults.Add($"{other.GetType().Name} '{other.Message}' from {Words(arguments)}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} cases, {refused} of them refused");
        Assert.True(faults.Count == 0, $"{faults.Count} of {cases} cases; {string.Join("; ", faults.Take(4))}");
        Assert.Equal(Arguments.Count(lists), cases);
    }

    [Fact]
    public void No_function_is_left_out()
    {
        int cases = All.Sum(method => Arguments.Count(Lists(method)));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{All.Length} functions with their overloads, "
            + $"{All.Select(m => m.DeclaringType!.Name + m.Name).Distinct().Count()} names, {cases} cases");
        string[] names = [.. All.Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct()];
        Assert.Equal([], Library.PublicFunctions.Except(names));
        Assert.Equal([], Signed.Except(names));
        Assert.Equal([], Undefined.Keys.Except(names));
    }

    /// <summary>The objects that the function is tried on, and what each parameter is given.</summary>
    private static Array[] Lists(MethodInfo method) =>
        [Arguments.Targets(method), .. method.GetParameters().Select(p => Arguments.Of(method, p))];

    /// <summary>What is wrong with an answer; null where nothing is.</summary>
    private static string? Fault(Call call, object? answer, object? target, object?[] arguments, object?[] parts)
    {
        (string Name, double Value)[] numbers = [.. Numbers(answer)];
        bool isUndefined = Undefined.TryGetValue(call.Name, out Func<object?[], bool>? undefined)
            && undefined(call.Method.IsStatic ? arguments : [target, .. arguments]);
        foreach ((string name, double value) in numbers)
        {
            if (double.IsNaN(value) && !isUndefined)
                return $"{name} NaN";
        }

        // Where a value is infinite there is no gradient.
        bool isInfinite = numbers.Any(number => double.IsInfinity(number.Value))
            || call.Method.Name.EndsWith("GradientRows", StringComparison.Ordinal)
            && arguments.Where((_, i) => call.Parameters[i].Name == "destination").Cast<double[]>().Single().Any(double.IsInfinity);
        for (int i = 0; i < arguments.Length; i++)
        {
            ParameterInfo parameter = call.Parameters[i];
            if (parameter.IsOut)
            {
                if (!isInfinite && Numbers(parts[i]).Any(number => double.IsNaN(number.Value)))
                    return $"NaN in {parameter.Name}";
                continue;
            }

            if (!Arguments.IsSpan(parameter.ParameterType, typeof(Span<>)) || parameter.Name == "work" || isInfinite || isUndefined)
                continue;
            double[] written = [.. ((Array)arguments[i]!).Cast<IConvertible>().Select(x => x.ToDouble(null))];
            if (written.Any(double.IsNaN))
                return $"NaN in {parameter.Name}";
            if (call.Method.Name.EndsWith("Rows", StringComparison.Ordinal) && !parameter.Name!.EndsWith("radient",
                StringComparison.Ordinal)
                && !call.Method.Name.StartsWith("Log", StringComparison.Ordinal) && written.Any(x => x < 0))
                return $"negative in {parameter.Name}: {string.Join(", ", written)}";
        }

        foreach ((string name, double value) in numbers)
        {
            if (value < 0 && (answer is double ? !Signed.Contains(call.Name) : !SignedParts.Contains($"{answer!.GetType().Name}.{name}")))
                return $"{name} {value:R}";
        }

        return null;
    }

    /// <summary>The numbers in an answer: itself, the items of a tuple, the properties of a record.</summary>
    private static IEnumerable<(string Name, double Value)> Numbers(object? answer) => answer switch
    {
        null or Generator or LogBase or int => [],
        double value => [("the answer", value)],
        _ => answer.GetType().GetProperties().Where(p => p.PropertyType == typeof(double))
            .Select(p => (p.Name, (double)p.GetValue(answer)!))
            .Concat(answer.GetType().GetFields().Where(f => f.FieldType == typeof(double) && !f.IsStatic)
                .Select(f => (f.Name, (double)f.GetValue(answer)!))),
    };

    private static string Words(object?[] arguments) => string.Join(", ", arguments.Select(x => x switch
    {
        Array { Length: > 20 } => "[..]",
        Array array => $"[{string.Join(", ", array.Cast<object>())}]",
        _ => FormattableString.Invariant($"{x}"),
    }));
}
