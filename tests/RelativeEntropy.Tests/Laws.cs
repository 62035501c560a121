using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace RelativeEntropy.Tests;

/// <summary>Random cases for laws, always the same ones: the seed is fixed and printed.</summary>
internal static class Laws
{
    private const ulong Seed = 19510301;
    private const ulong Gamma = 2718281829;

    /// <summary>1,000, or what the environment variable PROPERTY_CASES says: CONTRIBUTING.md tells when.</summary>
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("PROPERTY_CASES") ?? "1000");

    /// <summary>Positive integer masses below 2^20, so that sums, halves and doubles of them are exact.</summary>
    public static Gen<double> Mass => Gen.Choose(1, (1 << 20) - 1).Select(x => (double)x);

    /// <summary>The same with zeros among them.</summary>
    public static Gen<double> MassOrZero => Gen.Frequency((1, Gen.Constant(0.0)), (6, Mass));

    public static Gen<int> Length => Gen.Choose(1, 24);

    /// <summary>A measure that may be zero in places, and one that is positive everywhere, both of one length.</summary>
    public static Gen<(double[] P, double[] Q)> Measures => MeasuresOf(Length);

    public static Gen<(double[] P, double[] Q)> MeasuresOf(Gen<int> length) =>
        length.SelectMany(n => Gen.Zip(Gen.ArrayOf(MassOrZero, n), Gen.ArrayOf(Mass, n)).Select(pair => (pair.Item1, pair.Item2)));

    /// <summary>The same, normalised; p has at least one positive element.</summary>
    public static Gen<(double[] P, double[] Q)> Distributions =>
        Measures.Where(pair => pair.P.Sum() > 0).Select(pair => (Normalised(pair.P), Normalised(pair.Q)));

    /// <summary>A finite logit in [-20, 20], in steps of 2^-10.</summary>
    public static Gen<double> Logit => Gen.Choose(-20480, 20480).Select(x => x / 1024.0);

    public static Gen<(double[] A, double[] B)> LogitPairs =>
        Length.SelectMany(n => Gen.Zip(Gen.ArrayOf(Logit, n), Gen.ArrayOf(Logit, n)).Select(pair => (pair.Item1, pair.Item2)));

    public static double[] Normalised(double[] masses)
    {
        double total = masses.Sum();
        return [.. masses.Select(x => x / total)];
    }

    public static void Hold<T>(Gen<T> cases, Func<T, bool> law)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{Cases} cases from seed ({Seed}, {Gamma})");
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(Cases)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(cases.ToArbitrary(), law));
    }
}
