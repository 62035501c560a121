using System.Globalization;

namespace Course.Grading.Classroom;

/// <summary>Points that the instructor gives by hand, in place of those computed.</summary>
/// <param name="Points">The points.</param>
/// <param name="Reason">Why, for the student to read.</param>
public sealed record Adjustment(decimal Points, string Reason);

/// <summary>
/// The instructor's adjustments: a plain file with the columns student, exercise, points, reason. Grading reads it and never writes
/// into it.
/// </summary>
public sealed class Adjustments
{
    /// <summary>What the file is called.</summary>
    public const string FileName = "adjustments.csv";

    /// <summary>The file's first line.</summary>
    public const string Header = "student,exercise,points,reason";

    private readonly Dictionary<(string Student, string Exercise), Adjustment> _all;

    private Adjustments(Dictionary<(string Student, string Exercise), Adjustment> all) => _all = all;

    /// <summary>No adjustments.</summary>
    public static Adjustments None { get; } = new([]);

    /// <summary>Reads the file.</summary>
    /// <param name="path">It; none where there is no such file.</param>
    /// <param name="students">The class.</param>
    /// <param name="exercises">What is graded.</param>
    /// <exception cref="FormatException">A line of it cannot be followed; the message says every one that cannot, and why.</exception>
    public static Adjustments Read(string path, IEnumerable<string> students, IEnumerable<SheetExercise> exercises)
    {
        if (!File.Exists(path))
            return None;
        var all = new Dictionary<(string Student, string Exercise), Adjustment>();
        var problems = new List<string>();
        string[] known = [.. students];
        Dictionary<string, SheetExercise> byId = exercises.ToDictionary(e => e.Id, StringComparer.Ordinal);
        try
        {
            bool first = true;
            foreach ((int line, IReadOnlyList<string> fields) in Csv.Read(File.ReadAllText(path)))
            {
                string? problem = !first ? Add(fields, known, byId, all)
                    : string.Equals(string.Join(',', fields), Header, StringComparison.OrdinalIgnoreCase) ? null
                    : $"the first line must be {Header}";
                first = false;
                if (problem is not null)
                    problems.Add($"line {line}: {problem}");
            }
        }
        catch (FormatException e)
        {
            problems.Add(e.Message);
        }
        return problems is [] ? new Adjustments(all) : throw new FormatException($"{FileName}: {string.Join("; ", problems)}");
    }

    /// <summary>The adjustment of one exercise of one student, or null.</summary>
    public Adjustment? Of(string student, string exercise) => _all.GetValueOrDefault((student, exercise));

    private static string? Add(
        IReadOnlyList<string> fields, string[] students, Dictionary<string, SheetExercise> exercises,
        Dictionary<(string Student, string Exercise), Adjustment> all)
    {
        if (fields is not [var student, var given, var points, var reason])
            return $"it has {fields.Count} fields instead of 4 ({Header}); a reason with a comma in it stands in double quotes";
        if (!students.Contains(student, StringComparer.Ordinal))
            return $"there is no student '{student}'{Nearest.Question(student, students)}";

        // Spreadsheets make 2.1 of 02.1.
        string exercise = ExerciseId.Of(given);
        if (!exercises.TryGetValue(exercise, out SheetExercise? of))
            return $"there is no exercise '{given}' among those graded: {string.Join(", ", exercises.Keys)}";
        if (!decimal.TryParse(points, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            || value > of.Points || decimal.Round(value, 2) != value)
        {
            return $"'{points}' is no number of points for exercise {exercise}: "
                + $"it must be from 0 to {of.Points}, such as {of.Points / 2m:0.#}";
        }
        if (reason.Length == 0)
            return "the reason is missing";
        return all.TryAdd((student, exercise), new Adjustment(value, reason))
            ? null
            : $"{student} has an adjustment of exercise {exercise} already";
    }
}
