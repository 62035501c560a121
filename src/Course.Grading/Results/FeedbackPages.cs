using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Course.Checks;

namespace Course.Grading.Results;

/// <summary>
/// <c>feedback/STUDENT.html</c>: a page for each student that needs nothing beside it, neither a network nor a script. All that comes
/// from students is escaped, and the page forbids itself to load or run anything.
/// </summary>
public sealed partial class FeedbackPages : IResultFormat
{
    private static readonly string Template = Resource("feedback.html");

    // Names may be 255 bytes long where they are shortest, and cloud drives and archives add to them.
    private const int LongestName = 100;

    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL"];

    /// <inheritdoc/>
    public IEnumerable<ResultFile> Write(ClassResult result)
    {
        Dictionary<string, string> names = FileNames(result.Students.Select(s => s.Student));
        return result.Students.Select(student => new ResultFile($"feedback/{names[student.Student]}.html", Page(result, student)));
    }

    /// <summary>
    /// File names that every system takes, and keeps apart where it sees no difference between capital and small letters. Where an id had
    /// to be changed or cut for it, or differs from another by no more than that, a hash of all of it stands behind.
    /// </summary>
    internal static Dictionary<string, string> FileNames(IEnumerable<string> students)
    {
        string[] all = [.. students];
        var folded = all.CountBy(Fold, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return all.ToDictionary(student => student, Name, StringComparer.Ordinal);

        string Name(string student) => Plain(student) == student && folded[Fold(student)] == 1 ? student : Hashed(student);
    }

    private static string Fold(string student) => student.ToUpperInvariant();

    /// <summary>The id as far as a file can be called so. One that looks like a name with a hash is changed and gets its own.</summary>
    private static string Plain(string student)
    {
        string plain = new([.. student.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' or '@' or '+' ? c : '_')]);
        while (Encoding.UTF8.GetByteCount(plain) > LongestName)
            plain = plain[..^1];
        plain = plain.TrimEnd('.', ' ');
        string stem = plain.Split('.')[0].ToUpperInvariant();
        bool reserved = Reserved.Contains(stem) || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && char.IsDigit(stem[3]));
        return reserved || HashEnding().IsMatch(plain) ? $"{plain}_" : plain;
    }

    private static string Hashed(string student) =>
        $"{Plain(student)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student)))[..16]}";

    [GeneratedRegex("-[0-9a-f]{16}$", RegexOptions.IgnoreCase)]
    private static partial Regex HashEnding();

    private static string Page(ClassResult result, StudentResult student)
    {
        var body = new StringBuilder();
        body.Append($"<header>\n<p class=\"kicker\">Feedback</p>\n<h1>{Encode(student.Student)}</h1>\n");
        body.Append($"<p class=\"total\"><strong>{student.Points.Shown()}</strong> of {student.MaximumPoints} points</p>\n");
        body.Append(student.Points is { } reached ? Meter(reached, student.MaximumPoints)
            : "<p class=\"next\">Not everything has been graded yet. What was not graded is no zero; your instructor sees it, too.</p>\n");
        body.Append("</header>\n");
        if (student.Problems.Count > 0)
        {
            string problems = string.Concat(student.Problems.Select(p => $"<li>{Encode(p)}</li>\n"));
            body.Append($"<aside>\n<h2>Please look at this</h2>\n<ul>\n{problems}</ul>\n</aside>\n");
        }
        foreach (ExerciseSheet sheet in result.Sheets)
        {
            ExerciseResult[] exercises = [.. student.Exercises.Where(e => sheet.Exercises.Any(of => of.Id == e.Id))];
            string title = Encode(sheet.Notebook.Title ?? Path.GetFileNameWithoutExtension(sheet.Path));
            string points = $"<span class=\"points\">{exercises.Total().Shown()} / {exercises.Sum(e => e.MaximumPoints)}</span>";
            body.Append($"<section>\n<h2>{title}{points}</h2>\n<ol>\n");
            foreach (ExerciseResult exercise in exercises)
                AppendExercise(body, exercise);
            body.Append("</ol>\n</section>\n");
        }
        AppendReceipt(body, result, student);
        return Template
            .Replace("{{title}}", Encode($"Feedback for {student.Student}"), StringComparison.Ordinal)
            .Replace("{{body}}", body.ToString(), StringComparison.Ordinal);
    }

    private static string Meter(decimal points, int maximum) =>
        $"<meter min=\"0\" max=\"{Math.Max(1, maximum)}\" value=\"{points:0.##}\">{points:0.##} of {maximum}</meter>\n";

    private static void AppendExercise(StringBuilder body, ExerciseResult exercise)
    {
        OutcomeRule rule = exercise.Verdict.Outcome.Rule();
        (string kind, string sign) = rule.Kind switch
        {
            OutcomeKind.Right => ("correct", "&#10003;"),
            OutcomeKind.Open => ("open", "&#9675;"),
            OutcomeKind.Undecided => ("open", "?"),
            _ => ("wrong", "&#10007;"),
        };
        string points = $"<span class=\"points\">{exercise.Points.Shown()} / {exercise.MaximumPoints}</span>";
        string title = Encode($"{exercise.Id} {exercise.Title}");
        body.Append($"<li class=\"{kind}\">\n<h3><span class=\"sign\" aria-hidden=\"true\">{sign}</span> {title}{points}</h3>\n");
        body.Append($"<p><b>{Encode(Capital(rule.Text))}.</b>");
        if (rule.Kind is not (OutcomeKind.Right or OutcomeKind.Open))
            body.Append($" {Encode(exercise.Verdict.Message)}");
        body.Append("</p>\n");
        if (exercise.Adjustment is { } adjustment)
        {
            string change = $"from {((decimal?)exercise.ComputedPoints).Shown()} to {adjustment.Points:0.##}";
            body.Append($"<p class=\"adjusted\"><b>Adjusted by your instructor</b> {change}: {Encode(adjustment.Reason)}</p>\n");
        }
        else if (rule.OffersHint)
        {
            body.Append($"<p class=\"next\">A hint: <code>course hint {Encode(exercise.Id)}</code></p>\n");
        }
        body.Append("</li>\n");
    }

    private static void AppendReceipt(StringBuilder body, ClassResult result, StudentResult student)
    {
        body.Append("<footer>\n<details>\n<summary>Receipt: by what this was graded</summary>\n<dl>\n");
        foreach (NotebookReceipt notebook in student.Notebooks)
        {
            body.Append($"<dt>{Encode(notebook.File)}</dt><dd>SHA-256 <code>{notebook.Sha256 ?? "not read"}</code></dd>\n");
            if (notebook.Grade is { } grade)
                body.Append($"<dt>its grade</dt><dd><code>{grade}</code></dd>\n");
        }
        body.Append($"<dt>checks</dt><dd>SHA-256 <code>{result.Receipt.Checks}</code></dd>\n");
        body.Append($"<dt>library</dt><dd>SHA-256 <code>{result.Receipt.Library}</code></dd>\n");
        body.Append($"<dt>versions</dt><dd>course {Encode(result.Receipt.Course)}, .NET {Encode(result.Receipt.Runtime)}</dd>\n");
        body.Append("</dl>\n</details>\n</footer>\n");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Encode(string text) => WebUtility.HtmlEncode(PlainText.Of(text));

    private static string Resource(string name)
    {
        using Stream stream = typeof(FeedbackPages).Assembly.GetManifestResourceStream($"Course.Grading.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
