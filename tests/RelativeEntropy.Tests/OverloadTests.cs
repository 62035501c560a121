using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RelativeEntropy.Tests;

/// <summary>
/// Which of two overloads a call takes: that of doubles for whatever can be doubles, that of floats for arrays and spans of floats alone.
/// A float would hold whole numbers up to 2^24 only.
/// </summary>
public sealed class OverloadTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly MethodBase[] Callable =
        [.. typeof(Divergence).Assembly.GetExportedTypes().SelectMany(type => type.GetMembers(Declared)).OfType<MethodBase>()];

    private static readonly (MethodInfo Wide, MethodInfo Narrow)[] Pairs =
    [
        .. Callable.OfType<MethodInfo>().Where(method => TakesFloats(method) && !TakesHalves(method)).Select(narrow => (
            Callable.OfType<MethodInfo>()
                .Single(wide => Group(wide) == Group(narrow) && Types(wide).SequenceEqual(Types(narrow).Select(Widened))),
            narrow)),
    ];

    /// <summary>What stands for a span that is read and for one that is written, by what the call is about, and whether it is to take
    /// floats.</summary>
    private static readonly Dictionary<string, (string Read, string Written, bool AsFloats)> Arguments = new()
    {
        ["whole numbers"] = ("[16777217, 1]", "doubles", false),
        ["an int variable"] = ("[whole, 1]", "doubles", false),
        ["a long variable"] = ("[long64, 1]", "doubles", false),
        ["a spread of ints"] = ("[.. wholes]", "doubles", false),
        ["nothing"] = ("[]", "[]", false),
        ["doubles"] = ("doubles", "doubles", false),
        ["float literals"] = ("[0.1f, 0.9f]", "doubles", false),
        ["an array of floats"] = ("floats", "floats", true),
        ["a span of floats"] = ("span", "span", true),
        ["a read-only span of floats"] = ("readOnly", "span", true),
        ["a slice of floats"] = ("floats.AsSpan(1)", "span[1..]", true),
    };

    /// <summary>A method for each of them, with a call of every pair in it.</summary>
    private static readonly string Calls = string.Concat(Arguments.Select(arguments => $$"""
        static void {{MethodOf(arguments.Key)}}(
            int whole, long long64, int[] wholes, double[] doubles, float[] floats, Span<float> span, ReadOnlySpan<float> readOnly)
        {
        {{string.Concat(Pairs.Select(pair => CallOf(arguments.Value.AsFloats ? pair.Narrow : pair.Wide, arguments.Value)))}}
        }

        """));

    private static readonly Lazy<CSharpCompilation> Program = new(() => Compiled(
        $"using System; using RelativeEntropy; static class Calls {{ {Calls} }}", SourceCodeKind.Regular, LanguageVersion.CSharp14));

    // The notebooks compile scripts as C# 13, which knows no conversions of spans but the declared ones.
    private static readonly Lazy<CSharpCompilation> Notebook = new(() => Compiled(
        $"using System; using RelativeEntropy; {Calls}", SourceCodeKind.Script, LanguageVersion.CSharp13));

    public static TheoryData<string> Whats => [.. Arguments.Keys];

    [Fact]
    public void Doubles_go_before_all_else_in_every_group_of_overloads()
    {
        foreach (MethodBase method in Callable.GroupBy(Group).Where(group => group.Any(TakesFloats)).SelectMany(group => group))
        {
            int priority = method.GetCustomAttribute<OverloadResolutionPriorityAttribute>()?.Priority ?? 0;
            int expected = TakesFloats(method) || TakesHalves(method) || TakesCounts(method) ? 0 : 1;
            Assert.True(priority == expected, $"{method.DeclaringType}.{method} has priority {priority}");
        }

        Assert.True(Pairs.Length > 100, $"only {Pairs.Length} pairs were found");
    }

    [Theory]
    [MemberData(nameof(Whats))]
    public void Every_pair_takes(string what)
    {
        foreach (CSharpCompilation compilation in new[] { Program.Value, Notebook.Value })
        {
            SyntaxTree tree = compilation.SyntaxTrees.Single();
            SemanticModel model = compilation.GetSemanticModel(tree);
            SyntaxNode calls = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
                .Single(node => node is MethodDeclarationSyntax method && method.Identifier.Text == MethodOf(what));
            IMethodSymbol[] taken =
            [
                .. calls.DescendantNodes().OfType<InvocationExpressionSyntax>()
                    .Select(call => (IMethodSymbol)model.GetSymbolInfo(call, TestContext.Current.CancellationToken).Symbol!)
                    .Where(method => method.ContainingNamespace.Name == nameof(RelativeEntropy)),
            ];
            Assert.Equal(Pairs.Length, taken.Length);
            foreach (IMethodSymbol method in taken)
            {
                bool floats = method.Parameters.Any(p => p.Type.ToDisplayString().Contains("<float>", StringComparison.Ordinal));
                Assert.True(floats == Arguments[what].AsFloats, $"{compilation.LanguageVersion} takes {method}");
            }
        }
    }

    /// <summary>A half counts as the float it equals, and only an array or a span of halves is taken for them.</summary>
    [Fact]
    public void Halves_go_to_the_overloads_of_halves_and_all_else_does_not()
    {
        Half[] halves = [(Half)1, (Half)2, (Half)(-1)];
        float[] floats = [1, 2, -1], fromHalves = new float[3], fromFloats = new float[3];
        Assert.Equal(Logits.MeanCrossEntropyFromLabels([1], floats, 3), Logits.MeanCrossEntropyFromLabels([1], halves, 3));
        Assert.Equal(Logits.MeanCrossEntropyFromLabels([1], [1, 2, -1], 3), Logits.MeanCrossEntropyFromLabels([1], [1.0, 2, -1], 3));
        Assert.Equal(
            Logits.MeanCrossEntropyFromLabelsGradient([1], floats, 3, fromFloats), Logits.MeanCrossEntropyFromLabelsGradient([1], halves,
                3, fromHalves));
        Assert.Equal(fromFloats, fromHalves);
        Assert.Equal(double.NaN, Logits.MeanCrossEntropyFromLabels([], [], 3));
    }

    [Fact]
    public void Whole_numbers_are_taken_for_what_they_are()
    {
        int whole = 16777217;
        long logit = 100000001;
        double divergence = Measures.KullbackLeibler([16777217.0, 1.0], [16777216.0, 1.0]);
        double crossEntropy = Logits.CrossEntropy(0, [100000001.0, 100000000.0]);
        Assert.Equal(2.98e-8, divergence, 1e-10);
        Assert.Equal(0.3133, crossEntropy, 1e-4);
        Assert.Equal(divergence, Measures.KullbackLeibler([16777217, 1], [16777216, 1]));
        Assert.Equal(divergence, Measures.KullbackLeibler([whole, 1], [whole - 1, 1]));
        Assert.Equal(crossEntropy, Logits.CrossEntropy(0, [100000001, 100000000]));
        Assert.Equal(crossEntropy, Logits.CrossEntropy(0, [logit, logit - 1]));
        Assert.Throws<ArgumentException>(() => Entropy.Shannon([]));
    }

    // 0.1f and 0.9f differ from 1/10 and 9/10 by more than doubles may, and by less than floats may.
    [Fact]
    public void Literals_of_floats_in_brackets_are_doubles_and_are_held_to_their_tolerance()
    {
        float[] floats = [0.1f, 0.9f];
        Assert.Equal(0.325, Entropy.Shannon(floats), 1e-3);
        Assert.Equal(Entropy.Shannon(floats), Entropy.Shannon(floats.AsSpan()));
        var refusal = Assert.Throws<ArgumentException>(() => Entropy.Shannon([0.1f, 0.9f]));
        Assert.StartsWith("p sums to 0.99999997", refusal.Message, StringComparison.Ordinal);
    }

    private static CSharpCompilation Compiled(string source, SourceCodeKind kind, LanguageVersion version)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(version, kind: kind));
        MetadataReference[] references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
                .Append(typeof(Divergence).Assembly.Location)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
        CSharpCompilation compilation = kind == SourceCodeKind.Script
            ? CSharpCompilation.CreateScriptCompilation("calls", tree, references)
            : CSharpCompilation.Create("calls", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{d.GetMessage()} {source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}"));
        return compilation;
    }

    private static string MethodOf(string what) => what.Replace(' ', '_').Replace('-', '_');

    private static string CallOf(MethodInfo method, (string Read, string Written, bool) arguments)
    {
        string owner = method.DeclaringType!.Name;
        var call = new StringBuilder($"{(method.IsStatic ? owner : $"default({owner})")}.{method.Name}(");
        foreach (ParameterInfo parameter in method.GetParameters().Where(p => !p.IsOptional))
        {
            call.Append(call[^1] == '(' ? "" : ", ").Append(parameter.ParameterType switch
            {
                { IsByRef: true } => "out _",
                { IsGenericType: true } span when span == typeof(ReadOnlySpan<int>) => "[0]",
                { IsGenericType: true } span when span.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>) => arguments.Read,
                { IsGenericType: true } span when span == typeof(Span<double>) && TakesFloats(method) => "doubles",
                { IsGenericType: true } => arguments.Written,
                var type when type == typeof(Generator) => "Generator.KullbackLeibler",
                _ => "1",
            });
        }

        return call.Append(");\n").ToString();
    }

    private static IEnumerable<Type> Types(MethodBase method) => method.GetParameters().Select(p => p.ParameterType);

    private static Type Widened(Type type) =>
        type == typeof(ReadOnlySpan<float>) ? typeof(ReadOnlySpan<double>)
        : type == typeof(Span<float>) ? typeof(Span<double>)
        : type == typeof(float) ? typeof(double)
        : type;

    private static bool TakesFloats(MethodBase method) => Types(method).Any(type => Widened(type) != type);

    private static bool TakesHalves(MethodBase method) => Types(method).Contains(typeof(ReadOnlySpan<Half>));

    // Integers beside doubles are labels.
    private static bool TakesCounts(MethodBase method) =>
        Types(method).Any(type => type == typeof(ReadOnlySpan<int>) || type == typeof(ReadOnlySpan<long>))
        && !Types(method).Contains(typeof(ReadOnlySpan<double>));

    private static (Type?, string) Group(MethodBase method) => (method.DeclaringType, method.Name);
}
