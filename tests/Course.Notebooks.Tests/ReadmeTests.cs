using System.Text.RegularExpressions;
using Course.Hosting;

namespace Course.Notebooks.Tests;

public sealed partial class ReadmeTests
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    [Fact]
    public async Task The_code_in_the_readme_runs_and_gives_what_its_comments_say()
    {
        string code = Code().Match(File.ReadAllText(Path.Combine(Course.Root, "README.md"))).Groups["code"].Value;
        var said = Said().Matches(code).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        Assert.Equal(["h", "nats"], said.Keys.Order());
        string[] cells = ["#!import setup.csx", code, .. said.Keys];
        await using var sessions = new SessionPool(Compilers.Shared, new ChildOptions(Course.Notebooks), ahead: 0);
        var runner = new NotebookRunner(sessions, new Redaction(Course.Root), TimeLimit.Of(TimeSpan.FromSeconds(60)));
        NotebookRun run = await runner.RunAsync(new Notebook([.. cells.Select((c, i) => new CodeCell($"c{i}", c, [], null, []))], []), Course.Notebooks, cancellation: TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Message);
        Assert.Equal(said.Values, run.Notebook.CodeCells.Skip(2).Select(c => Assert.IsType<DataOutput>(c.Outputs.Single()).Data["text/plain"]!.ToString()));
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"double (?<name>\w+) = [^\n]*;\s+// (?<value>[\d.]+)")]
    private static partial Regex Said();
}
