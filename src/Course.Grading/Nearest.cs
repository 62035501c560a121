namespace Course.Grading;

/// <summary>What a name that is not known was probably meant to be.</summary>
public static class Nearest
{
    private const int Most = 3;

    /// <summary>The known names that are least changed in the one given, or that it begins; none where all are far from it.</summary>
    public static IReadOnlyList<string> To(string given, IEnumerable<string> known)
    {
        string written = given.Trim().ToLowerInvariant();
        int far = Math.Clamp(written.Length / 3, 1, Most) + 1;
        (string Name, int Changes)[] near =
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Changes: Changes(written, name.ToLowerInvariant())))
                .Where(n => n.Changes < Math.Min(far, n.Name.Length)),
        ];
        return [.. near.Where(n => n.Changes == near.Min(m => m.Changes)).Select(n => n.Name)];
    }

    /// <summary>
    /// A question to end a message with, such as <c>. Did you mean 'grade'?</c>; empty where nothing is near, or too much.
    /// </summary>
    public static string Question(string given, IEnumerable<string> known) => Ask(To(given, known));

    /// <summary>Asks whether one of a few names was meant; empty where there is none, or too many to be few.</summary>
    public static string Ask(IReadOnlyList<string> near) =>
        near.Count is > 0 and <= Most ? $". Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?" : "";

    private static int Changes(string given, string known) =>
        given.Length > 1 && known.StartsWith(given, StringComparison.Ordinal) ? 1 : Distance(given, known);

    /// <summary>How many characters to insert, remove, replace or swap with their neighbour (optimal string alignment).</summary>
    private static int Distance(string from, string to)
    {
        int[] before = [], last = [], row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            (before, last, row) = (last, row, new int[to.Length + 1]);
            row[0] = i;
            for (int k = 1; k <= to.Length; k++)
            {
                row[k] = Math.Min(Math.Min(last[k], row[k - 1]) + 1, last[k - 1] + (from[i - 1] == to[k - 1] ? 0 : 1));
                if (i > 1 && k > 1 && from[i - 1] == to[k - 2] && from[i - 2] == to[k - 1])
                    row[k] = Math.Min(row[k], before[k - 2] + 1);
            }
        }
        return row[^1];
    }
}
