namespace RelativeEntropy.Tests;

/// <summary>The library beside SciPy and PyTorch, as tests/peers/peers.py recorded them; and docs/peers.md, which says so.</summary>
public class PeerTests
{
    public static TheoryData<string> Names => [.. Peers.Recorded.Cases.Select(c => c.Name + ", " + c.Function)];

    private static string? Destination => Environment.GetEnvironmentVariable("PEERS_PAGE");

    [Theory]
    [MemberData(nameof(Names))]
    public void Ours_is_right_to_13_digits_and_a_peer_that_is_right_agrees(string name)
    {
        PeerCase c = Peers.Recorded.Cases.Single(c => c.Name + ", " + c.Function == name);
        if (c.Ours is not double ours)
            return;
        Assert.True(c.ErrorOf(ours) <= 1e-13, $"{ours:R} for {c.Truth}");
        Assert.All(c.Peers.Where(peer => !c.IsWrong(peer)), peer =>
            Assert.True(peer.Value == ours || Math.Abs(peer.Value - ours) <= (PeerCase.Tolerance + 1e-13) * Math.Abs(ours), $"{peer.Expression} = {peer.Value:R}, ours is {ours:R}"));
    }

    [Fact]
    public void Where_a_peer_is_wrong_the_case_says_why() =>
        Assert.All(Peers.Recorded.Cases, c => Assert.Equal(c.Peers.Any(c.IsWrong), c.Why.Length > 0));

    [Fact]
    public void The_page_is_that_of_the_record()
    {
        string page = Peers.Recorded.Page();
        if (Destination is string file)
            File.WriteAllText(file, page);
        else
            Assert.Equal(WithoutOurs(page), WithoutOurs(Peers.CommittedPage));
    }

    /// <summary>Our own last digits, and so the rows that show them, may differ between platforms.</summary>
    private static string[] WithoutOurs(string page)
    {
        string[] ours = [.. Peers.Recorded.Cases.Select(c => c.Function).Where(f => f.Length > 0).Distinct().Select(f => $"| `{f}` |")];
        return [.. page.Split('\n').Where(line => !ours.Any(start => line.StartsWith(start, StringComparison.Ordinal)))];
    }
}
