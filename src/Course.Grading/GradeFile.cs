using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Notebooks;

namespace Course.Grading;

/// <summary>A file that was graded, or could not be.</summary>
/// <param name="Path">The file.</param>
/// <param name="Grade">Its grade, or null.</param>
/// <param name="Problem">Why there is none, or null.</param>
public sealed record GradedFile(string Path, Grade? Grade, string? Problem)
{
    /// <summary>Whether every exercise in it is correct.</summary>
    public bool IsComplete => Grade is { } grade && grade.Points == grade.MaximumPoints;
}

/// <summary>Grades as JSON.</summary>
public static class GradeFile
{
    /// <summary>The version of the layout; it grows when a field changes its meaning.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The grades of some files.</summary>
    public static string ToJson(IEnumerable<GradedFile> files) => JsonSerializer.Serialize(
        new
        {
            Version,
            Files = files.Select(f => new
            {
                File = CourseFolder.Shown(f.Path),
                f.Problem,
                f.Grade?.Points,
                f.Grade?.MaximumPoints,
                Exercises = f.Grade?.Exercises.Select(e => new { e.Id, e.Title, e.Points, e.MaximumPoints, e.Verdict.Outcome, e.Verdict.Message, e.Verdict.Mistake }),
            }),
        },
        Layout);
}
