using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.Grading.Results;

/// <summary>
/// <c>grades.json</c>: everything there is to know about the grades. <c>docs/grades.schema.json</c> says what stands in it.
/// </summary>
public sealed class JsonGrades : IResultFormat
{
    /// <summary>The version of the layout; it grows when a field goes or changes its meaning.</summary>
    public const int SchemaVersion = 4;

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public IEnumerable<ResultFile> Write(ClassResult result) => [new("grades.json", ToJson(result) + "\n")];

    private static string ToJson(ClassResult result) => JsonSerializer.Serialize(
        new
        {
            SchemaVersion,
            result.Receipt,
            Students = result.Students.Select(s => new
            {
                s.Student,
                s.Points,
                s.MaximumPoints,
                s.NeedsALook,
                s.Problems,
                s.Seed,
                s.Notebooks,
                Exercises = s.Exercises.Select(e => new
                {
                    e.Id,
                    e.Title,
                    e.Points,
                    e.MaximumPoints,
                    e.ComputedPoints,
                    e.Verdict.Outcome,
                    e.Verdict.Message,
                    e.Verdict.Mistake,
                    e.Adjustment,
                }),
            }),
        },
        Layout);
}
