using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Course.Tests;

/// <summary>
/// Random and mutated texts. Each case has a seed of its own. The environment variable FUZZ_MINUTES asks for as many minutes of cases with
/// fresh seeds instead of a few with known ones; FUZZ_SEED asks for the one case of that seed, which is how a failure is seen again.
/// </summary>
internal static partial class Fuzz
{
    private const int KnownSeed = 20_020;
    private const int MostShown = 4_000;
    private const int Deepest = 5_000;
    private const int Longest = 200_000;

    private static readonly int? OneSeed = Variable("FUZZ_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : null;
    private static readonly double? Minutes = Variable("FUZZ_MINUTES") is { } minutes
        ? double.Parse(minutes, CultureInfo.InvariantCulture)
        : null;

    private static readonly string[] Pieces =
    [
        "(", ")", "[", "]", "{", "}", "<", ">", "\"", "'", "\"\"\"", "$\"", "$\"{", "@\"", "$@\"", "$$\"\"\"{{", "\\", "\\u0022",
        "\\ud800", "\\U00110000", "//", "/*", "*/",
        "\n#if X\n", "\n#else\n", "\n#endif\n", "\n#region \"\n", "\n#line 1 \"a\"\n", "\n#line (1,1)-(0,0) \"\"\n",
        "\n#pragma warning disable\n", "\n#nullable enable\n",
        "\n#error x\n", "\n#r \"a.dll\"\n", "\n#load \"a.csx\"\n", "\n#!magic\n", "\n#define X\n", "\0", "\u001a", "\ufeff", "\u2028",
        "\u202e", "\u200d", "e\u0301", "\ud83d\ude00", "\ud800",
        "\udc00", "\uffff", "\u00a0", "\r", "\r\n", "\t", ";", ",", ":", "::", "=>", "??=", "..", "^", "unsafe ", "stackalloc ", "await ",
        "async ", "yield return ", "goto ", "record ", "struct ", "ref ",
        "dynamic ", "var ", "using ", "global::", "extern alias a;", "public static implicit operator ", "where T : ", "new() ", "default ",
        "is not ", "with { }", "switch { _ => ", "null", "true", "0", "-1",
        "1e999", "1e-999", "99999999999999999999", "0x", "1_", "NaN", "{\"a\":1,\"a\":2}", "{\"$type\":\"x\"}", "[[]]", "\"cells\":",
        "\"request\":\"run\"", "\"event\":\"done\"",
    ];

    /// <summary>The course's notebooks, as they stand in their files.</summary>
    public static IReadOnlyList<string> Notebooks { get; } =
    [
        .. ((string[])["notebooks", "exercises", "solutions"])
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Root(), folder), "*.ipynb"))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText),
    ];

    /// <summary>The course's own code: the text of every code cell.</summary>
    public static IReadOnlyList<string> Cells { get; } = [.. Notebooks.SelectMany(CodeOf).Distinct()];

    /// <summary>Tries case after case. What is thrown at one is shown with its seed and its text.</summary>
    /// <param name="cases">How many, where no environment variable says otherwise.</param>
    /// <param name="make">Makes a text.</param>
    /// <param name="check">Throws where the text does what it must not.</param>
    public static async Task TryAsync(int cases, Func<Random, string> make, Func<string, Random, Task> check)
    {
        int first = OneSeed ?? (Minutes is null ? KnownSeed : Random.Shared.Next());
        var watch = Stopwatch.StartNew();
        int tried = 0;
        for (bool more = true; more;)
        {
            int seed = unchecked(first + tried++);
            var random = new Random(seed);
            string text = make(random);
            try
            {
                await check(text, random);
            }
            catch (Exception e)
            {
                string shown = JsonSerializer.Serialize(text.Length <= MostShown ? text : text[..MostShown] + "...");
                throw new InvalidOperationException(
                    $"FUZZ_SEED={seed} makes a text of {text.Length} characters at which this came: {e.Message}\n{shown}", e);
            }
            more = OneSeed is null && (Minutes is { } minutes ? watch.Elapsed < TimeSpan.FromMinutes(minutes) : tried < cases);
        }
        string said = $"{tried} cases from FUZZ_SEED={first} on, in {watch.Elapsed.TotalSeconds:0} s: nothing but messages";
        TestContext.Current.TestOutputHelper?.WriteLine(said);
        if (Variable("FUZZ_LOG") is { } log)
            await File.AppendAllTextAsync(log, $"{TestContext.Current.Test?.TestDisplayName}: {said}\n");
    }

    /// <summary>One of the texts with some changes; once in a while pieces in any order.</summary>
    public static string Mutated(IReadOnlyList<string> corpus, Random random)
    {
        if (random.Next(10) == 0)
            return string.Concat(Enumerable.Range(0, random.Next(100)).Select(_ => Piece(random)));
        string text = Any(corpus, random);
        for (int changes = random.Next(1, 8); changes > 0; changes--)
            text = Changed(text, corpus, random);
        return text.Length <= Longest ? text : text[..Longest];
    }

    private static string Changed(string text, IReadOnlyList<string> corpus, Random random)
    {
        (int start, int end) = random.Next(2) == 0 ? Token(text, random) : Span(text, random);
        (string before, string part, string after) = (text[..start], text[start..end], text[end..]);
        (int otherStart, int otherEnd) = Token(after, random);
        return random.Next(9) switch
        {
            0 => before + after,
            1 => before + part + part + after,
            2 => before + after[otherStart..otherEnd] + after[..otherStart] + part + after[otherEnd..],
            3 => before + Piece(random) + part + after,
            4 => before + Piece(random) + after,
            5 => before + part,
            6 => part + after,
            7 => before + Nested(part, random) + after,
            _ => before + Slice(Any(corpus, random), random) + after,
        };
    }

    private static string Nested(string part, Random random)
    {
        (string opening, string closing) = random.Next(7) switch
        {
            0 => ("(", ")"),
            1 => ("[", "]"),
            2 => ("{", "}"),
            3 => ("$\"{", "}\""),
            4 => ("{\"a\":", "}"),
            5 => ("A<", ">"),
            _ => ("a => ", ""),
        };
        int depth = random.Next(3) == 0 ? random.Next(Deepest) : random.Next(80);
        return string.Concat(Enumerable.Repeat(opening, depth)) + part + string.Concat(Enumerable.Repeat(closing, depth));
    }

    private static string Piece(Random random) =>
        random.Next(8) == 0 ? ((char)random.Next(char.MaxValue + 1)).ToString() : Any(Pieces, random);

    private static string Slice(string text, Random random)
    {
        (int start, int end) = Span(text, random);
        return text[start..end];
    }

    private static (int Start, int End) Span(string text, Random random)
    {
        int start = random.Next(text.Length + 1);
        return (start, start + random.Next(Math.Min(200, text.Length - start) + 1));
    }

    private static (int Start, int End) Token(string text, Random random)
    {
        Match token = Tokens().Match(text, random.Next(text.Length + 1));
        return (token.Index, token.Index + token.Length);
    }

    private static string Any(IReadOnlyList<string> texts, Random random) => texts[random.Next(texts.Count)];

    private static IEnumerable<string> CodeOf(string notebook)
    {
        using var json = JsonDocument.Parse(notebook);
        return
        [
            .. json.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code")
                .Select(cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString()))),
        ];
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Course.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("no folder above the tests holds Course.sln");
        return folder;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    [GeneratedRegex(@"\w+|\s+|[^\w\s]|$")]
    private static partial Regex Tokens();
}
