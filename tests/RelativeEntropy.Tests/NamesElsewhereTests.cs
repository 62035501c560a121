using System.Reflection;
using System.Text.RegularExpressions;

namespace RelativeEntropy.Tests;

/// <summary>docs/names-elsewhere.md: what stands in the first column of its tables is public in this library.</summary>
public sealed partial class NamesElsewhereTests
{
    private static readonly string[] Names =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "pages", "names-elsewhere.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Name().Matches(line.Split('|')[1]).Select(m => m.Groups["name"].Value)),
    ];

    [Fact]
    public void Names_in_the_first_column_are_public()
    {
        Assert.True(Names.Length > 50, $"{Names.Length} names");
        Assert.Equal([], Names.Where(name => !IsPublic(name)));
    }

    /// <summary>The rooms that others have too: no class of theirs is forgotten.</summary>
    [Fact]
    public void The_rooms_that_others_have_are_named()
    {
        string[] rooms =
        [
            nameof(Divergence), nameof(Measures), nameof(Proportions), nameof(Entropy), nameof(Terms), nameof(Logits), nameof(Generator),
            nameof(Gaussian), nameof(DiagonalGaussian), nameof(MultivariateGaussian), nameof(LowRankGaussian), nameof(MonteCarlo),
            nameof(NearestNeighbours), nameof(PlugIn), nameof(Drift), nameof(Distillation), nameof(ProportionalPenalty),
        ];
        Assert.Equal([], rooms.Except(Names.Select(name => name.Split('.')[0])));
    }

    /// <summary>"Type" or "Type.Member".</summary>
    private static bool IsPublic(string name)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance;
        string[] parts = name.Split('.');
        Type? type = typeof(Divergence).Assembly.GetExportedTypes().SingleOrDefault(t => t.Name == parts[0]);
        return type is not null && (parts.Length == 1 || type.GetMember(parts[1], Public).Length > 0);
    }

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name();
}
