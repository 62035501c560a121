using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Course.Checks.Tests;

/// <summary>What an answer calls of the library, in cells compiled as scripts, from their bytes and from the delegate.</summary>
public sealed class LibraryCallsInCellsTests
{
    private const string Answer = "(Func<double[], double[], double>)(Answer)", Variable = "(Func<double?>)(() => answer)",
        ByHand = "double Answer(double[] p, double[] q) => p.Zip(q, (a, b) => a * Math.Log(a / b)).Sum();";

    // Written in a cell that ends with "|" is what the next cell holds.
    private const char NextCell = '|';

    public static TheoryData<string, string, string, OptimizationLevel> Called
    {
        get
        {
            const string Kl = "Divergence.KullbackLeibler";
            (string Code, string Calls)[] methods =
            [
                ("double Answer(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);", Kl),
                ("static double Answer(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);", Kl),
                ("#region \"\ndouble Answer(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);\n#endregion \"", Kl),
                ("#if NEVER\n/*\n#endif\ndouble Answer(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);\n#if NEVER\n*/\n#endif",
                    Kl),
                ("double Answer(double[] p, double[] q) => Div\\u0065rgence.Kullb\\u0061ckLeibler(p, q);", Kl),
                ("using D = RelativeEntropy.Divergence;\ndouble Answer(double[] p, double[] q) => D.KullbackLeibler(p, q);", Kl),
                ("using static RelativeEntropy.Divergence;\ndouble Answer(double[] p, double[] q) => KullbackLeibler(p, q);", Kl),
                ("delegate double F(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase unit); F Take(F f) => f;\n"
                    + "double Answer(double[] p, double[] q) => Take(Divergence.KullbackLeibler)(p, q, default);", Kl),
                ("double Answer(double[] p, double[] q) { "
                    + "Func<double[], double[], double> f = (a, b) => Divergence.KullbackLeibler(a, b); return f(p, q); }", Kl),
                ("double Answer(double[] p, double[] q) { Func<double> f = () => Divergence.KullbackLeibler(p, q); return f(); }", Kl),
                ("double Answer(double[] p, double[] q) { return Inner(); double Inner() => Divergence.KullbackLeibler(p, q); }", Kl),
                ("IEnumerable<double> Each(double[] p, double[] q) { yield return Divergence.KullbackLeibler(p, q); }\n"
                    + "double Answer(double[] p, double[] q) => Each(p, q).Sum();", Kl),
                ("async Task<double> Later(double[] p, double[] q) { await Task.Yield(); return Divergence.KullbackLeibler(p, q); }\n"
                    + "double Answer(double[] p, double[] q) => Later(p, q).Result;", Kl),
                ("double Of<T>(IEnumerable<T> p, T[] q) => "
                    + "Divergence.KullbackLeibler(p.Cast<double>().ToArray(), q.Cast<double>().ToArray());\n"
                    + "double Answer(double[] p, double[] q) => Of<double>(p, q);", Kl),
                ("class Box<T> { public T Of(Func<T> f) => f(); "
                    + "public double Kl(double[] p, double[] q) => Divergence.KullbackLeibler(p, q); }|"
                    + "double Answer(double[] p, double[] q) => new Box<int>().Kl(p, q);", Kl),
                ("interface IOf { static abstract double Of(double[] p, double[] q); }\n"
                    + "struct Kl : IOf { public static double Of(double[] p, double[] q) => Divergence.KullbackLeibler(p, q); }\n"
                    + "static double By<T>(double[] p, double[] q) where T : IOf => T.Of(p, q);|"
                    + "double Answer(double[] p, double[] q) => By<Kl>(p, q);", Kl),
                ("class By : IComparer<double[]> { "
                    + "public int Compare(double[] p, double[] q) => Divergence.KullbackLeibler(p, q) > 0 ? 1 : 0; }|"
                    + "double Answer(double[] p, double[] q) => Comparer(new By(), p, q);\n"
                    + "double Comparer(IComparer<double[]> by, double[] p, double[] q) => by.Compare(p, q);", Kl),
                ("double Helper(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);|"
                    + "double Answer(double[] p, double[] q) => Helper(p, q);", Kl),
                ("double Core(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);|"
                    + "double Helper(double[] p, double[] q) => Core(p, q);|1 + 1|"
                    + "double Answer(double[] p, double[] q) => Helper(p, q);", Kl),
                ("static class Mine { public static double Of(double[] p, double[] q) => Divergence.KullbackLeibler(p, q); }|"
                    + "double Answer(double[] p, double[] q) => Mine.Of(p, q);", Kl),
                ("static class Mine { public delegate double F(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase unit); "
                    + "public static readonly F Of = Divergence.KullbackLeibler; }|"
                    + "double Answer(double[] p, double[] q) => Mine.Of(p, q, default);", Kl),
                ("class Mine { public double[] P = [1]; public double Kl => Divergence.KullbackLeibler(P, P); }\n"
                    + "double Answer(double[] p, double[] q) => new Mine { P = p }.Kl;", Kl),
                ("delegate double F(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase unit);|"
                    + "static F f = Divergence.KullbackLeibler;|double Answer(double[] p, double[] q) => f(p, q, default);", Kl),
                ("double Answer(double[] p, double[] q) => p.Zip(q, Terms.RelativeEntropy).Sum();", "Terms.RelativeEntropy"),
                ("Func<double[], double[], double> Answer = (p, q) => Divergence.KullbackLeibler(p, q);", Kl),
                ("delegate double F(ReadOnlySpan<double> p, ReadOnlySpan<double> q, LogBase unit);\nF f = null;|"
                    + "f = Divergence.KullbackLeibler;|"
                    + "double Answer(double[] p, double[] q) => f(p, q, default);", Kl),
                ("double[] table = new double[2]; for (int i = 0; i < 2; i++) table[i] = Divergence.KullbackLeibler([1], [1]);|"
                    + "double Answer(double[] p, double[] q) => table[0];", Kl),
                ("var list = new List<double>(); "
                    + "foreach (double x in new[] { 1.0 }) { double t = Divergence.KullbackLeibler([x], [x]); list.Add(t); }\n"
                    + "double Answer(double[] p, double[] q) => list[0];", Kl),
                ("Expression<Func<double[], double[], double>> e = (p, q) => Divergence.KullbackLeibler(p, q);\n"
                    + "double Answer(double[] p, double[] q) => e.Compile()(p, q);", Kl),
                ("double Answer(double[] p, double[] q) => new MultivariateNothing(p).Of(q);\n"
                    + "class MultivariateNothing(double[] p) { double h = Entropy.Shannon(p); public double Of(double[] q) => h; }",
                    "Entropy.Shannon"),
                ("double Answer(double[] p, double[] q) => new GaussianGradient(1, 2, 3, 4).Mean0;",
                    "GaussianGradient.Mean0 GaussianGradient.new"),
                ("double Answer(double[] p, double[] q) => Divergence.KullbackLeibler(p, q, LogBase.Bits);", Kl + " LogBase.Bits"),
            ];
            (string Code, string Calls)[] variables =
            [
                ("double? answer = Entropy.Shannon([0.5, 0.5]);", "Entropy.Shannon"),
                ("double h = Entropy.Shannon([0.5, 0.5]);|double? answer = 2 * h;", "Entropy.Shannon"),
                ("double? answer = null;|{ double h = Entropy.Shannon([0.5, 0.5]); if (h > 0) h += 1; answer = h; }", "Entropy.Shannon"),
                ("double? answer = await Task.Run(() => Entropy.Shannon([0.5, 0.5]));", "Entropy.Shannon"),
                ("double? answer; void Set(out double? to, double value) => to = value;\nSet(out answer, Entropy.Shannon([0.5, 0.5]));",
                    "Entropy.Shannon"),
                ("double h = 1; double? answer = h > 2 ? h : Entropy.Shannon([0.5, 0.5]);", "Entropy.Shannon"),
            ];
            return Rows(methods, variables);
        }
    }

    public static TheoryData<string, string, string, OptimizationLevel> NotCalled
    {
        get
        {
            string[] methods =
            [
                ByHand,
                ByHand + " string name = nameof(Divergence.KullbackLeibler);",
                "double Answer(double[] p, double[] q) => nameof(Divergence.KullbackLeibler).Length;",
                ByHand + "\nConsole.WriteLine(Divergence.KullbackLeibler([1], [1]));",
                ByHand + "\nConsole.WriteLine($\"{Answer([1], [1])} {Divergence.KullbackLeibler([1], [1])}\");",
                ByHand + "\nConsole.WriteLine(Answer([1], [1]) == Divergence.KullbackLeibler([1], [1]));",
                ByHand + "|Console.WriteLine(Divergence.KullbackLeibler([1], [1]));",
                "double Reference(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);|" + ByHand
                    + "\nConsole.WriteLine(Reference([1], [1]));",
                "Func<double, double, double> reference = Terms.RelativeEntropy; static double fixed1 = Entropy.Shannon([1]);\n"
                    + "static double scale = 1;|double Answer(double[] p, double[] q) => scale * p.Length;",
                "double Answer(double[] p, double[] q) => p.Length; // Divergence.KullbackLeibler(p, q)",
                "double Answer(double[] p, double[] q) => \"Divergence.KullbackLeibler(p, q)\".Length;",
                "double KullbackLeibler(double[] p, double[] q) => p.Length;\n"
                    + "double Answer(double[] p, double[] q) => KullbackLeibler(p, q);",
                "static class Divergence { public static double KullbackLeibler(double[] p, double[] q) => p.Length; }|"
                    + "double Answer(double[] p, double[] q) => Divergence.KullbackLeibler(p, q);",
                "double Mine(double[,] p, double[] q) => Divergence.KullbackLeibler(q, q); double Mine(double[] p, double[] q) => 1;|"
                    + "double Answer(double[] p, double[] q) => Mine(p, q);",
                "double[] inputs = [0.5, 0.5]; void Show(double x) => Console.WriteLine(x);\n"
                    + "Show(Divergence.KullbackLeibler(inputs, inputs));\n"
                    + "double scale = inputs.Sum();\ndouble Answer(double[] p, double[] q) => scale;",
                "double Mine(double x) => Math.Log(x);\nFunc<double, double> test = x => Entropy.Shannon([x]);\n"
                    + "Func<double, double> mine = x => Mine(x);\n"
                    + "double Answer(double[] p, double[] q) => mine(1);",
            ];
            string[] variables =
            [
                "double? answer = 0.3; Console.WriteLine(answer.Value - Entropy.Shannon([1]));",
                "double? answer = 0.3; Console.WriteLine(answer == Entropy.Shannon([1]));",
                "double? answer; { double h = Entropy.Shannon([1]); Console.WriteLine(h); }\n"
                    + "{ double h = Math.Log(2); h += 1; answer = h; }",
                "Console.WriteLine(await Task.Run(() => Entropy.Shannon([1])));\ndouble? answer = await Task.Run(() => Math.Log(2));",
                "foreach (double x in new[] { 1.0 }) { "
                    + "double h = Entropy.Shannon([x]); await Task.Yield(); Console.WriteLine($\"{h:F3}\"); }\n"
                    + "string text = $\"{1.0:F1}\"; double? answer = text.Length;",
                "double? answer = null; if (answer != Entropy.Shannon([1])) answer = 2;",
            ];
            return Rows(methods.Select(code => (code, "")), variables.Select(code => (code, "")));
        }
    }

    [Theory]
    [MemberData(nameof(Called))]
    [MemberData(nameof(NotCalled))]
    public async Task The_calls_of_an_answer_are_found_and_no_others(string cells, string answer, string calls, OptimizationLevel level)
    {
        var compiled = new CompiledCells(answer, level, cells.Split(NextCell));
        string[] expected = calls.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, compiled.CallsInBytes());
        Assert.Equal(expected, await compiled.CallsOfTheDelegateAsync());
    }

    [Fact]
    public async Task A_member_of_the_library_given_as_the_answer_is_called()
    {
        var compiled = new CompiledCells("(Func<double, double, double>)(Terms.RelativeEntropy)", OptimizationLevel.Release);
        Assert.Equal(["Terms.RelativeEntropy"], compiled.CallsInBytes());
        Assert.Equal(["Terms.RelativeEntropy"], await compiled.CallsOfTheDelegateAsync());
    }

    [Fact]
    public void A_long_chain_of_variables_is_followed_to_its_end()
    {
        string chain = "double a0 = Entropy.Shannon([1]);" + string.Concat(
            Enumerable.Range(1, 3000).Select(i => $"double a{i} = a{i - 1};"));
        Assert.Equal(
            ["Entropy.Shannon"], new CompiledCells("(Func<double>)(() => a3000)", OptimizationLevel.Release, chain).CallsInBytes());
    }

    [Fact]
    public void Damaged_bytes_are_read_as_far_as_they_go()
    {
        IReadOnlyList<ImmutableArray<byte>> images = new CompiledCells(Answer, OptimizationLevel.Release,
            "double Helper<T>(T[] p, double[,] m) => Divergence.KullbackLeibler([1], [1]); int[] a = [1]; var list = new List<int>(a);",
            "double Answer(double[] p, double[] q) => p.Length switch { 0 => 1, 1 => 2, 2 => list[0], 3 => 4, 4 => 3, "
                + "_ => Helper<double>(p, null) };").Images;
        for (int seed = 0; seed < 600; seed++)
        {
            var random = new Random(seed);
            Assert.NotNull(CompiledCells.Calls([.. images.Select(image => Damaged(image, random))]).ToArray());
        }
        Assert.Empty(CompiledCells.Calls([[], [1, 2, 3]]));
    }

    // Some bytes changed, or the end cut off.
    private static ImmutableArray<byte> Damaged(ImmutableArray<byte> image, Random random)
    {
        byte[] bytes = [.. image];
        for (int flips = random.Next(30); flips > 0; flips--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return [.. bytes.Take(random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length)];
    }

    private static TheoryData<string, string, string, OptimizationLevel> Rows(
        IEnumerable<(string Code, string Calls)> methods, IEnumerable<(string Code, string Calls)> variables)
    {
        var rows = new TheoryData<string, string, string, OptimizationLevel>();
        foreach (OptimizationLevel level in new[] { OptimizationLevel.Release, OptimizationLevel.Debug })
        {
            foreach ((string code, string calls) in methods)
                rows.Add(code, Answer, calls, level);
            foreach ((string code, string calls) in variables)
                rows.Add(code, Variable, calls, level);
        }
        return rows;
    }
}
