namespace Course.Grading.Classroom;

/// <summary>What is graded anew although the journal knows it.</summary>
public sealed class Again
{
    private const int MostNamed = 10;

    private readonly HashSet<(string? Student, string? Exercise)> _named;

    private Again(HashSet<(string? Student, string? Exercise)> named) => _named = named;

    /// <summary>Nothing is.</summary>
    public static Again Nothing { get; } = new([]);

    /// <summary>
    /// Reads what is named: a student, an exercise, or an exercise of a student, as in <c>alice/02.5</c>. A student's id wins: where a
    /// student is called 02.5, the exercise is written 2.5.
    /// </summary>
    /// <param name="given">What is named.</param>
    /// <param name="assignment">What can be.</param>
    /// <exception cref="ArgumentException">There is no such student or exercise.</exception>
    public static Again Read(IEnumerable<string> given, Assignment assignment)
    {
        string[] students = [.. assignment.Students];
        string[] exercises = [.. assignment.Sheets.SelectMany(s => s.Exercises).Select(e => e.Id)];
        return new Again([.. given.Select(one => Named(one, students, exercises))]);
    }

    /// <summary>The exercises of a sheet that are graded anew for a student.</summary>
    internal IEnumerable<string> In(string student, ExerciseSheet sheet) => sheet.Exercises.Select(e => e.Id)
        .Where(exercise => _named.Contains((student, null)) || _named.Contains((null, exercise)) || _named.Contains((student, exercise)));

    /// <summary>A student's id as a shell takes it.</summary>
    internal static string Quoted(string student) =>
        student.All(c => char.IsLetterOrDigit(c) || "-_.@+".Contains(c)) ? student : $"\"{student}\"";

    private static (string? Student, string? Exercise) Named(string given, string[] students, string[] exercises)
    {
        if (students.Contains(given, StringComparer.Ordinal))
            return (given, null);
        int slash = given.LastIndexOf('/');
        string exercise = ExerciseId.Of(given[(slash + 1)..]);
        bool isExercise = exercises.Contains(exercise, StringComparer.Ordinal);
        if (slash < 0 && isExercise)
            return (null, exercise);
        string student = slash < 0 ? given : given[..slash];
        bool isStudent = students.Contains(student, StringComparer.Ordinal);
        if (slash >= 0 && isStudent && isExercise)
            return (student, exercise);
        string nearest = Nearest.Question(student, students);
        string problem = isStudent || (slash < 0 && exercise.Length > 0 && exercise.All(c => char.IsAsciiDigit(c) || c == '.'))
            ? $"there is no exercise '{exercise}' among those graded: {Shortened(exercises)}."
            : $"there is no student '{student}'{(nearest.Length > 0 ? nearest : $". There are: {Shortened(students)}.")}";
        throw new ArgumentException($"'{given}' cannot be graded again: {problem} Name a student, an exercise or both, as in alice/02.5");
    }

    private static string Shortened(string[] names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
}
