using System.Text.RegularExpressions;
using Course.Hosting;

namespace RelativeEntropy.Tests;

/// <summary>The examples of the guide and of the readme files: all compile, run, and give what their comments say.</summary>
public sealed partial class GuideTests
{
    [Theory]
    [InlineData("guide.md")]
    [InlineData("drift.md")]
    [InlineData("README.md")]
    [InlineData("package/README.md")]
    public async Task Examples_run_and_give_what_their_comments_say(string page)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "pages", page), TestContext.Current.CancellationToken);
        await using var sessions = new SessionPool(Compilers.Shared, new ChildOptions(AppContext.BaseDirectory), ahead: 0);
        await using CellSession session = await Examples.BeginAsync(sessions);
        int claims = 0;
        List<string> failures = [];
        foreach (string block in Block().Matches(text).Select(m => m.Groups["code"].Value))
            claims += await Examples.RunAsync(session, block, failures);

        Assert.True(failures.Count == 0, $"{page}:\n{string.Join("\n\n", failures)}");
        Assert.True(claims > 0, $"{page} claims nothing");
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
