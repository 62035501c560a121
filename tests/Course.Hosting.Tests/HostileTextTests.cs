using System.Text;
using Course.Protocol;

namespace Course.Hosting.Tests;

/// <summary>
/// Texts at which a compiler could overflow its stack, fill the memory or work for hours. They cost their own cell: what comes after them
/// is compiled as ever.
/// </summary>
public sealed class HostileTextTests(HostileTextTests.Pool pool) : IClassFixture<HostileTextTests.Pool>
{
    private const int Deep = 100_000;
    private const int Long = 1_000_000;

    // Far more than the compiler is given for a cell, twice: this tells an end from none.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["nested interpolation"] = $"#if NEVER\n{Repeat("$\"{", Deep)}\n#endif",
        ["nested interpolation that ends"] = $"#if NEVER\n{Repeat("$\"{", Deep)}1{Repeat("}\"", Deep)}\n#endif",
        ["nested verbatim interpolation"] = Repeat("$@\"{", Deep),
        ["nested raw interpolation"] = Repeat("$\"\"\"{", Deep),
        ["dollars"] = Repeat("$", Long),
        ["at signs"] = Repeat("@", Long),
        ["dollars and at signs"] = Repeat("$@", Long / 2),
        ["quotes"] = Repeat("\"", Long),
        ["an odd number of quotes"] = Repeat("\"", Long + 1),
        ["quotes in a verbatim string"] = "@" + Repeat("\"", Long),
        ["quotes in a raw string"] = Repeat("\"", Long / 2) + "x" + Repeat("\"", (Long / 2) - 1) + "x",
        ["raw strings"] = Repeat("\"\"\"x", Long / 4),
        ["braces"] = Repeat("{", Long),
        ["braces in an interpolated string"] = "$\"" + Repeat("{", Long),
        ["braces in a raw interpolated string"] = "$$$\"\"\"" + Repeat("{{x", Long / 3),
        ["closing braces"] = Repeat("}", Long),
        ["brackets"] = Repeat("(", Long),
        ["single quotes"] = Repeat("'", Long),
        ["backslashes in a string"] = "\"" + Repeat("\\", Long),
        ["slashes"] = Repeat("/", Long),
        ["comments that do not end"] = Repeat("/*", Long / 2),
        ["usings"] = Repeat("using ", Long / 6),
        ["names"] = Repeat("a ", Long / 2),
        ["a constant doubled forty times"] = Doubled(40),
        ["lambdas in lambdas over overloads"] =
            "static class O { public static int F(Func<int, int> f) => 0; public static int F(Func<string, int> f) => 0; }\nint x = "
            + Repeat("O.F(a => ", 60) + "a" + Repeat(")", 60) + ";",
        ["an assembly of megabytes"] = "string s = \"" + Repeat("\\u4e00", Long) + "\";\nstring t = \"" + Repeat("\\u4e01", Long) + "\";",
    };

    public static TheoryData<string> Names => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_text_costs_its_own_cell(string name)
    {
        (CellChain before, CellChain hostile) = Chains(name);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Compilation compilation = await pool.Compilers.CompileAsync(hostile, cancellation).WaitAsync(Deadline, cancellation);
        Assert.True(compilation.Problem is { Kind: FailureKind.Compilation or FailureKind.Portability } || compilation.Cell is not null);
        var after = new CellChain(before, new CellText("cell 3", $"mine // {name}", portable: false));
        Assert.True((await pool.Compilers.CompileAsync(after, cancellation)).Cell is { HasCode: true });
    }

    /// <summary>It ends two compilers, one after the other, before that is held against it.</summary>
    [Theory]
    [InlineData("nested verbatim interpolation")]
    [InlineData("brackets")]
    public async Task A_text_that_ends_its_compiler_is_blamed(string name)
    {
        Compilation compilation = await pool.Compilers.CompileAsync(Chains(name).Hostile, TestContext.Current.CancellationToken);
        Assert.Equal((FailureKind.Compilation, null), (compilation.Problem!.Kind, compilation.Cell));
        const string Blame = "cell 2: the compiler gave up on it: it overflowed its stack";
        Assert.StartsWith(Blame, compilation.Problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The constants stand in the assembly, each twice as long as the one before: 16 MB, and a third more in JSON.</summary>
    [Fact]
    public async Task An_assembly_that_is_longer_than_a_message_costs_its_own_cell()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var hostile = new CellChain(null, new CellText("cell 1", Doubled(22), portable: true));
        Compilation compilation = await pool.Compilers.CompileAsync(hostile, cancellation);
        Assert.Equal((FailureKind.Compilation, null), (compilation.Problem!.Kind, compilation.Cell));
        Assert.StartsWith("cell 1: its assembly is too large: ", compilation.Problem.Message, StringComparison.Ordinal);
        var after = new CellChain(null, new CellText("cell 1", "22", portable: true));
        Assert.True((await pool.Compilers.CompileAsync(after, cancellation)).Cell is { HasCode: true });
    }

    /// <summary>These compile, and end the runner.</summary>
    [Theory]
    [InlineData("class B<T> { }\nclass A<T> : B<A<A<T>>> { }\nnew A<int>()")]
    public async Task A_type_without_end_costs_its_own_runner(string code)
    {
        string folder = Directory.CreateTempSubdirectory("course-test-").FullName;
        await using var sessions = new SessionPool(pool.Compilers, new ChildOptions(folder), ahead: 0);
        await using (CellSession session = await sessions.TakeAsync())
        {
            Failed? failed = null;
            RequestEnd end = await session.RunAsync(
                new CellText("cell 1", code, portable: false), TimeLimit.Of(TimeSpan.FromSeconds(30)), e => failed = e as Failed ?? failed,
                TestContext.Current.CancellationToken);
            Assert.True(failed is not null || end.Failure is not null);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static (CellChain Before, CellChain Hostile) Chains(string name)
    {
        var before = new CellChain(null, new CellText("cell 1", $"int mine = 7; // {name}", portable: false));
        return (before, new CellChain(before, new CellText("cell 2", Texts[name], portable: true)));
    }

    private static string Doubled(int times) => "const string a0 = \"a\";\n"
        + string.Concat(Enumerable.Range(1, times).Select(i => $"const string a{i} = a{i - 1} + a{i - 1};\n"));

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    public sealed class Pool : IAsyncDisposable
    {
        public CompilerPool Compilers { get; } = new(Path.GetTempPath());

        public ValueTask DisposeAsync() => Compilers.DisposeAsync();
    }
}
