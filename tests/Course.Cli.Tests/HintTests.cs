using System.Text.RegularExpressions;
using Course.Grading;
using Course.Notebooks;

namespace Course.Cli.Tests;

/// <summary>Hints in a terminal.</summary>
public sealed class HintTests
{
    [Fact]
    public void No_hint_of_the_course_shows_tex_in_a_terminal()
    {
        IEnumerable<(string Id, string Hint)> hints = Sheets.Of(CourseFolder.Find(AppContext.BaseDirectory)!)
            .SelectMany(s => s.Exercises).SelectMany(e => HintCommand.Hints(e, e.Hints.Count), (e, hint) => (e.Id, hint));
        Assert.All(hints, h => Assert.DoesNotMatch(@"[\\$]|[_^][{]", Regex.Replace(h.Hint, "`[^`]*`", "")));
    }
}
