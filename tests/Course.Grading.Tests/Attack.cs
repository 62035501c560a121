using System.Text.Json;
using Course.Notebooks;

namespace Course.Grading.Tests;

/// <summary>What a tier says of an attack.</summary>
/// <param name="Claim">One of the <see cref="Claims"/>.</param>
/// <param name="Says">What the verdict on it contains.</param>
public sealed record TierClaim(string Claim, string Says);

/// <summary>What can be said of an attack.</summary>
internal static class Claims
{
    /// <summary>It is ended, or comes to nothing; it costs its own exercise and leaves nothing.</summary>
    public const string Contained = "contained";

    /// <summary>What it reaches for is not there.</summary>
    public const string Blocked = "blocked";

    /// <summary>It gets what it reaches for.</summary>
    public const string NotStopped = "not stopped";

    /// <summary>It may get it: that depends on the system, or on time.</summary>
    public const string NotClaimed = "not claimed";

    public static string[] All => [Contained, Blocked, NotStopped, NotClaimed];
}

/// <summary>An attack of <c>tests/attacks</c>: an answer to exercise 02.1, and what each tier says of it.</summary>
/// <param name="Name">Its name, and its file's.</param>
/// <param name="Does">What it does.</param>
/// <param name="Nightly">Whether it is left out where nobody asks for all.</param>
/// <param name="Grade">What `course grade` says.</param>
/// <param name="Isolate">What `course grade --isolate` says.</param>
public sealed record Attack(string Name, string Does, bool Nightly, TierClaim Grade, TierClaim Isolate)
{
    public static string Folder { get; } = Path.Combine(CourseFolder.Find(AppContext.BaseDirectory)!.Root, "tests", "attacks");

    public static IReadOnlyList<Attack> All { get; } =
        JsonSerializer.Deserialize<List<Attack>>(File.ReadAllText(Path.Combine(Folder, "attacks.json")), JsonSerializerOptions.Web)!;

    /// <summary>Those that are run here: the environment variable <c>ATTACKS=all</c> asks for all.</summary>
    public static IReadOnlyList<Attack> Chosen => [.. All.Where(a => !a.Nightly || AreAllChosen)];

    public static bool AreAllChosen => Environment.GetEnvironmentVariable("ATTACKS") == "all";

    public string Code => File.ReadAllText(Path.Combine(Folder, $"{Name}.csx"));

    /// <summary>Whether the limits of time end it.</summary>
    public bool IsEndless => Grade.Says is "it used more than" or "it did not end within";
}
