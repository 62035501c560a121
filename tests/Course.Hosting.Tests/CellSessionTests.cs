using System.Text.Json;
using Course.Protocol;

namespace Course.Hosting.Tests;

/// <summary>What the cells of a session see of each other, and what is told of them.</summary>
public sealed class CellSessionTests : IAsyncDisposable
{
    private static readonly TimeLimit Patience = TimeLimit.Of(TimeSpan.FromSeconds(60));

    private readonly SessionPool _sessions = new(Compilers.Shared, new ChildOptions(Path.GetTempPath()));

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    [Fact]
    public async Task Cells_find_those_before_them_in_one_context_of_their_own()
    {
        await using CellSession session = await _sessions.TakeAsync();
        await RunAsync(session, "class A { public static int Count = 1; public int Id = 7; }\nint x = 2;", "class B : A { }\nA.Count++;");
        Assert.Equal("2 2 7 True True", await ValueAsync(session, """
            using System.Runtime.Loader;
            static AssemblyLoadContext Of(Type type) => AssemblyLoadContext.GetLoadContext(type.Assembly);
            $"{x} {A.Count} {new B().Id} {Of(typeof(A)) == Of(typeof(B))} {Of(typeof(A)) != AssemblyLoadContext.Default}"
            """));
    }

    [Fact]
    public async Task Two_sessions_in_a_row_do_not_mix()
    {
        for (int k = 0; k < 2; k++)
        {
            await using CellSession session = await _sessions.TakeAsync();
            Assert.Contains("'mine' does not exist", (await FailureAsync(session, "mine")).Message, StringComparison.Ordinal);
            await RunAsync(session, "class Counter { public static int Count; }\nint mine = 1;", "mine++;\nCounter.Count++;");
            Assert.Equal("2 1", await ValueAsync(session, "$\"{mine} {Counter.Count}\""));
        }
    }

    [Fact]
    public async Task No_two_sessions_share_a_runner()
    {
        await using CellSession one = await _sessions.TakeAsync(), two = await _sessions.TakeAsync();
        const string Id = "System.Environment.ProcessId";
        Assert.Distinct([$"{Environment.ProcessId}", await ValueAsync(one, Id), await ValueAsync(two, Id)]);
    }

    [Fact]
    public async Task Types_are_named_by_the_number_of_their_cell_among_those_with_code()
    {
        await using CellSession session = await _sessions.TakeAsync();
        await RunAsync(session, "// a comment", "class C { }", "using System.Text;", "class D { }", "");
        Assert.Equal("Submission#0+C Submission#1+D", await ValueAsync(session, "new StringBuilder($\"{new C()} {new D()}\")"));
    }

    [Fact]
    public async Task What_is_thrown_is_told_with_its_cells_and_lines()
    {
        await using CellSession session = await _sessions.TakeAsync();
        await RunAsync(session, "static int Quotient(int a, int b)\n{\n    return a / b;\n}", "// a comment");
        Failed failed = await FailureAsync(session, "int zero = 0;\n\nQuotient(1, zero)");
        Assert.Equal((FailureKind.Exception, "System.DivideByZeroException"), (failed.Kind, failed.Name));
        Assert.Equal(["at cell 1, line 3", "at cell 3, line 3"], failed.Trace);
    }

    [Fact]
    public async Task What_a_cell_had_when_it_threw_is_kept()
    {
        await using CellSession session = await _sessions.TakeAsync();
        Failed failed = await FailureAsync(session, "int a = 1;\na = 2;\nthrow new Exception(\"told\");\nint b = 3;");
        Assert.Equal("told", failed.Message);
        Assert.Equal("2 0", await ValueAsync(session, "$\"{a} {b}\""));
        Assert.Equal(["at cell 3, line 1"], (await FailureAsync(session, "throw new Exception();")).Trace);
    }

    [Fact]
    public async Task A_session_that_goes_back_takes_another_way()
    {
        await using CellSession session = await _sessions.TakeAsync();
        await RunAsync(session, "int x = 1;");
        CellChain? before = session.Cells;
        await RunAsync(session, "int y = x + 1;\nclass Way { public override string ToString() => \"one\"; }", "y++;");
        session.Cells = before;
        Assert.Contains("'y' does not exist", (await FailureAsync(session, "y")).Message, StringComparison.Ordinal);
        await RunAsync(session, "double y = x + 0.5;\nclass Way { public override string ToString() => \"other\"; }");
        Assert.Equal("1.5 other", await ValueAsync(session, "FormattableString.Invariant($\"{y} {new Way()}\")"));
    }

    /// <summary>Values cross as they are, a function declares nothing, and what is none of the shapes is said to be none.</summary>
    [Fact]
    public async Task A_function_is_called_with_values_and_gives_one()
    {
        await using CellSession session = await _sessions.TakeAsync();
        await RunAsync(session, "int calls = 0;", "double Sum(double[] p, double scale)\n{\ncalls++;\nreturn (p[0] + p[1]) * scale;\n}");
        CellChain? before = session.Cells;
        CellChain sum = session.Function("Sum", "System.Func<double[], double, double>");
        Returned returned = Assert.IsType<Returned>(await CallAsync(session, sum, (double[])[0.1, 0.2], 1.0));
        Assert.Equal(0.1 + 0.2, Values.FromJson(returned.Value, typeof(double)));
        Assert.IsType<Returned>(await CallAsync(session, sum, (double[])[double.NaN, -0.0], double.NegativeInfinity));
        Assert.Same(before, session.Cells);
        Assert.Equal("2", await ValueAsync(session, "calls"));

        CellChain noShape = session.Function("() => DateTime.UnixEpoch", "System.Func<System.DateTime>");
        Assert.Equal(FailureKind.Value, Assert.IsType<Failed>(await CallAsync(session, noShape)).Kind);
        CellChain nothing = session.Function("Product", "System.Func<double>");
        Assert.Equal(FailureKind.Compilation, Assert.IsType<Failed>(await CallAsync(session, nothing)).Kind);
    }

    private static async Task<ChildEvent> CallAsync(CellSession session, CellChain function, params object[] arguments)
    {
        JsonElement[] values = [.. arguments.Select(value => Values.ToJson(value, value.GetType()))];
        List<ChildEvent> events = [];
        RequestEnd end = await session.CallAsync(function, values, Patience, events.Add, TestContext.Current.CancellationToken);
        Assert.Null(end.Failure);
        return Assert.Single(events);
    }

    private static async Task RunAsync(CellSession session, params string[] cells)
    {
        foreach (string cell in cells)
            Assert.Empty(await EventsAsync(session, cell));
    }

    private static async Task<string> ValueAsync(CellSession session, string cell) =>
        Assert.IsType<Result>(Assert.Single(await EventsAsync(session, cell))).Data["text/plain"];

    private static async Task<Failed> FailureAsync(CellSession session, string cell) =>
        Assert.IsType<Failed>(Assert.Single(await EventsAsync(session, cell)));

    private static async Task<IReadOnlyList<ChildEvent>> EventsAsync(CellSession session, string cell)
    {
        int number = 1;
        for (CellChain? before = session.Cells; before is not null; before = before.Before)
            number++;
        List<ChildEvent> events = [];
        var text = new CellText($"cell {number}", cell, portable: false);
        RequestEnd end = await session.RunAsync(text, Patience, events.Add, TestContext.Current.CancellationToken);
        Assert.Null(end.Failure);
        return events;
    }
}
