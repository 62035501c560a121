using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Course.Checks;

namespace Course.Grading.Classroom;

/// <summary>
/// By what a class was graded: who has the same, and grades the same notebooks with the same seeds, gets the same grades.
/// </summary>
/// <param name="Course">The version of the course.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Checks">The SHA-256 of the checks.</param>
/// <param name="Library">The SHA-256 of the libraries that answers load.</param>
/// <param name="TimeoutSeconds">How long a cell or a call could take.</param>
/// <param name="Isolated">Whether each answer ran in namespaces of its own.</param>
public sealed record Receipt(string Course, string Runtime, string Checks, string Library, double TimeoutSeconds, bool Isolated)
{
    /// <summary>The receipt of grading with what is running.</summary>
    public static Receipt Of(TimeSpan timeout, bool isolated) => new(
        typeof(Receipt).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
        Environment.Version.ToString(),
        Hash(File.ReadAllBytes(typeof(Exercise).Assembly.Location)),
        Hash(Encoding.UTF8.GetBytes(string.Join(
            '\n', Kit.Files.Select(file => $"{Path.GetFileName(file)} {Hash(File.ReadAllBytes(file))}")))),
        timeout.TotalSeconds,
        isolated);

    /// <summary>
    /// What identifies the grade of one notebook: it changes with everything that could change the grade, and with nothing else.
    /// </summary>
    /// <param name="submission">The SHA-256 of the notebook.</param>
    /// <param name="sheet">The exercises and their points.</param>
    /// <param name="seed">The student's seed.</param>
    public string Key(string submission, ExerciseSheet sheet, long seed) => Hash(Encoding.UTF8.GetBytes(string.Join('\n',
    [
        $"{this}", submission, $"{seed}", .. sheet.Exercises.Select(e => $"{e.Id} {e.Points} {e.Title}"),
    ])));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
