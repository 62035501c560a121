using Course.Checks;
using static Course.Grading.Tests.Notebooks;

namespace Course.Grading.Tests;

/// <summary>
/// Each attack, at each tier: that it raises no grade and costs no other exercise, and that what the tier says of it is so. In isolation
/// those are run of which the tiers say different things. The environment variable <c>ATTACKS=all</c> runs every one at both tiers.
/// </summary>
public sealed class AttackTests(PlainRange plain, IsolatedRange isolated) : IClassFixture<PlainRange>, IClassFixture<IsolatedRange>
{
    private const string Right = """
        // exercise 02.1
        static double Divergence(double[] p, double[] q) =>
            p.Select((x, i) => x > 0 ? x * Math.Log(x / q[i]) : 0).Sum();
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> AtPlain => [.. Attack.Chosen.Select(a => a.Name)];

    public static TheoryData<string> InIsolation =>
        [.. Attack.Chosen.Where(a => a.Grade != a.Isolate || Attack.AreAllChosen).Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(AtPlain))]
    public async Task Grade_holds_what_it_says_of(string attack)
    {
        Assert.SkipWhen(plain.Impossible is not null, plain.Impossible ?? "");
        Attack tried = Attack.All.Single(a => a.Name == attack);
        await plain.TryAsync(tried, tried.Grade);
    }

    [Theory]
    [MemberData(nameof(InIsolation))]
    public async Task Isolation_holds_what_it_says_of(string attack)
    {
        Assert.SkipWhen(isolated.Impossible is not null, isolated.Impossible ?? "");
        Attack tried = Attack.All.Single(a => a.Name == attack);
        await isolated.TryAsync(tried, tried.Isolate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_right_answer_is_correct_and_another_s_attack_beside_it_costs_nothing(bool isolate)
    {
        AttackRange range = isolate ? isolated : plain;
        Assert.SkipWhen(range.Impossible is not null, range.Impossible ?? "");
        string[] attacks = ["exit", "many-processes"];
        Task<Grade>[] attacked =
            [.. attacks.Select(name => range.GradeAsync([Code(Attack.All.Single(a => a.Name == name).Code)], Patience, "02.1"))];
        Grade honest = await range.GradeAsync([Code(Right)], Patience, "02.1");
        Assert.Equal(new Verdict("02.1", Outcome.Correct, "Correct."), honest.Exercises.Single().Verdict);
        Assert.All(await Task.WhenAll(attacked), grade => Assert.Equal(0, grade.Points));
    }

    [Fact]
    public async Task An_attack_costs_its_exercise_and_no_other_of_the_submission()
    {
        Assert.SkipWhen(plain.Impossible is not null, plain.Impossible ?? "");
        string attack = Attack.All.Single(a => a.Name == "exit").Code;
        Grade grade = await plain.GradeAsync(
            [Code(attack), Code("// exercise 02.3\nstring supportsChoice = \"C\";")], Patience, "02.1", "02.3");
        Assert.Equal([Outcome.Failed, Outcome.Correct], grade.Exercises.Select(e => e.Verdict.Outcome));
    }

    [Fact]
    public void The_page_says_of_every_attack_what_the_tests_hold()
    {
        string page = Path.Combine(Attack.Folder, "..", "..", "docs", "grading-tiers.md");
        string[] rows =
        [
            .. File.ReadLines(page).Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Count(c => c == '|') == 6),
        ];
        Assert.Equal(Attack.All.Select(a => $"| `{a.Name}` | {a.Does} | {a.Grade.Claim} | {a.Isolate.Claim} | untried |"), rows);
    }

    [Fact]
    public void Every_attack_has_its_file_and_every_claim_is_one_of_four()
    {
        Assert.Equal(
            Attack.All.Select(a => a.Name).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Attack.Folder, "*.csx").Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal));
        Assert.All(Attack.All.SelectMany(a => new[] { a.Grade.Claim, a.Isolate.Claim }), claim => Assert.Contains(claim, Claims.All));
    }
}
