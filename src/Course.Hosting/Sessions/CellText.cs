using System.Text.RegularExpressions;

namespace Course.Hosting;

/// <summary>The text of a cell.</summary>
/// <param name="Name">How messages call it: <c>cell 7</c>, <c>setup.csx</c>.</param>
/// <param name="Code">C# script.</param>
/// <param name="References">Paths of the libraries that this cell and those after it may use.</param>
/// <param name="Portable">Whether to refuse what would break in another notebook host.</param>
public sealed partial record CellText(string Name, string Code, IReadOnlyList<string> References, bool Portable)
{
    /// <summary>A cell of a notebook, which loads no library itself.</summary>
    public CellText(string name, string code, bool portable)
        : this(name, code, [], portable)
    {
    }

    /// <summary>
    /// The course's own setup, whose lines <c>#r "path"</c> name the libraries. Of what others write, no such line is read.
    /// </summary>
    public static CellText Setup(string name, string code) => new(
        name, Reference().Replace(code, ""), [.. Reference().Matches(code).Select(m => m.Groups["path"].Value)], Portable: false);

    [GeneratedRegex("^[ \\t]*#r[ \\t]+\"(?<path>[^\"\\n]+)\"[ \\t]*\\r?$", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
