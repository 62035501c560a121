namespace RelativeEntropy.Tensors.Tests;

/// <summary>docs/torchsharp.md lists the pairs that there are, and no others.</summary>
public sealed class PageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "pages", "torchsharp.md"));

    [Fact]
    public void The_page_lists_the_pairs()
    {
        string[] rows = [.. Page.SkipWhile(line => line != "## The pairs").SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|'))];
        string[][] cells = [.. rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries)[1..^1])];
        IEnumerable<string> Listed(int column) => cells.SelectMany(row => Names(row[column]).Select(q => $"{row[0]} || {q}"));

        // Other tests register types of their own.
        string[] pairs = [.. TorchDistributions.Pairs.Where(pair => pair.P.Assembly == typeof(torch).Assembly).Select(pair => $"{pair.P.Name} || {pair.Q.Name}")];
        Assert.Equal(pairs.Order(StringComparer.Ordinal), Listed(1).Concat(Listed(2)).Order(StringComparer.Ordinal));
        Assert.Equal(68 + 3, pairs.Length);
    }

    [Fact]
    public void What_it_lists_as_finite_PyTorch_was_asked_about_unless_it_has_no_answer()
    {
        string[] asked = [.. Peer.Recorded.Pairs.Select(pair => pair.Name)];
        string[] elsewhere = ["HalfCauchy || HalfCauchy", "Multinomial || Multinomial", "Poisson || Bernoulli", "Poisson || Binomial"];
        string[] finite = [.. Page.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(c => c.Length == 5)
            .SelectMany(c => Names(c[2]).Select(q => $"{c[1]} || {q}")).Where(pair => TorchDistributions.Pairs.Any(r => $"{r.P.Name} || {r.Q.Name}" == pair))];
        Assert.Empty(finite.Except(asked).Except(elsewhere));
        Assert.Equal(47, finite.Length);
    }

    private static string[] Names(string cell) => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
