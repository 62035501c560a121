using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Course.Hosting;

namespace RelativeEntropy.Tests;

/// <summary>The examples in the documentation of the library: all compile, run, and give what their comments say.</summary>
public sealed class ExampleTests
{
    private static readonly (string Member, string Code)[] All =
    [
        .. XDocument.Load(Path.ChangeExtension(typeof(Divergence).Assembly.Location, "xml")).Descendants("example")
            .Select(example => (example.Parent!.Attribute("name")!.Value, Code(example))),
    ];

    [Fact]
    public async Task Examples_run_and_give_what_their_comments_say()
    {
        await using var sessions = new SessionPool(Compilers.Shared, new ChildOptions(AppContext.BaseDirectory), ahead: 0);
        await using CellSession session = await Examples.BeginAsync(sessions);
        await Examples.RunAsync(session, "using RelativeEntropy;", []);
        CellChain? alone = session.Cells;
        List<string> failures = [];
        int claims = 0;
        foreach ((string member, string code) in All)
        {
            List<string> faults = [];
            int claimed = await Examples.RunAsync(session, code, faults, Examples.StatesAValue);
            session.Cells = alone;
            claims += claimed;
            if (claimed == 0)
                faults.Add("claims nothing");
            failures.AddRange(faults.Select(fault => $"{member}: {fault}"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{All.Length} examples, {claims} values");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void Every_public_type_has_an_example()
    {
        string[] shown = [.. All.Select(example => TypeOf(example.Member)).Distinct()];
        string[] types = [.. typeof(Divergence).Assembly.GetExportedTypes().Where(NeedsOne).Select(type => type.FullName!)];
        Assert.True(types.Length > 40, $"{types.Length} types");
        Assert.Equal([], types.Except(shown));
    }

    /// <summary>Every function of the room of estimation; overloads share one.</summary>
    [Fact]
    public void Every_estimator_has_an_example()
    {
        Type[] room =
        [
            typeof(NearestNeighbours), typeof(PlugIn), typeof(VariationalBounds), typeof(Quadrature), typeof(Summation), typeof(Drift),
        ];
        string[] shown = [.. All.Select(example => example.Member.Split(':')[1].Split('(')[0])];
        Assert.Equal([], room.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => $"{type.FullName}.{method.Name}")).Except(shown));
    }

    /// <summary>Not an enumeration, a delegate, or a record of results, which the examples of what returns it show.</summary>
    private static bool NeedsOne(Type type) =>
        !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type) && !(type.IsValueType && type.GetMethods(
            BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .All(method => method.IsSpecialName || method.IsDefined(typeof(CompilerGeneratedAttribute))));

    private static string Code(XElement example) =>
        string.Join('\n', (example.Element("code")?.Value ?? "").Trim('\n').Split('\n').Select(line => line.Trim()));

    /// <summary>Of "T:Space.Type" or "M:Space.Type.Member(parameters)".</summary>
    private static string TypeOf(string member)
    {
        string name = member[2..].Split('(')[0];
        return member[0] == 'T' ? name : name[..name.LastIndexOf('.')];
    }
}
