using Course.Notebooks;

namespace Course.Grading.Tests;

/// <summary>Notebooks made for a test.</summary>
internal static class Notebooks
{
    public const string Hints = """

        <details><summary>Hint 1</summary>

        weak

        </details>
        <details><summary>Hint 2</summary>

        stronger

        </details>
        <details><summary>Hint 3</summary>

        strong

        </details>
        """;

    public static Notebook Of(params Cell[] cells) => new(cells, []);

    public static Cell Prose(string text) => new MarkdownCell(Id(), text, []);

    public static Cell Code(string code) => new CodeCell(Id(), code, [], 3, [new StreamOutput("stdout", "old")]);

    public static Cell Statement(string id, int points = 3) =>
        Prose($"## Exercise {id} · The divergence · {points} points\n\nWrite it.\n{Hints}");

    private static string Id() => Guid.NewGuid().ToString("N")[..8];
}
