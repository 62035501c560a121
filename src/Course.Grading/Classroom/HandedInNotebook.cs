using System.Security.Cryptography;
using Course.Notebooks;

namespace Course.Grading.Classroom;

/// <summary>A notebook that was handed in, as far as it could be read.</summary>
/// <param name="File">Its name, relative to the class's folder.</param>
/// <param name="Hash">The SHA-256 of the file; null where it could not be read.</param>
/// <param name="Submission">Its code; null where it is no submission.</param>
/// <param name="Sheet">What it answers.</param>
/// <param name="Problem">Why it is none.</param>
internal sealed record HandedInNotebook(string File, string? Hash, Submission? Submission, ExerciseSheet? Sheet, string? Problem)
{
    /// <summary>Whether this machine could not read the file, which says nothing about what stands in it.</summary>
    public bool IsUnread { get; private init; }

    private const long MostBytes = 32 << 20;

    /// <summary>Reads a notebook, whatever it is.</summary>
    public static HandedInNotebook Read(string path, string shown, IReadOnlyList<ExerciseSheet> sheets)
    {
        string? hash = null;
        try
        {
            // A pipe has no length either; opening one would wait for ever.
            long length = new FileInfo(path).Length;
            if (length == 0)
                return Unread("it is empty");
            if (length > MostBytes)
                return Unread($"it has {length >> 20} MB; at most {MostBytes >> 20} are read. Clear its outputs and save it again");

            // Read once: what is hashed is what is graded.
            byte[] bytes = System.IO.File.ReadAllBytes(path);
            hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            Notebook notebook = NotebookFile.Parse(bytes, path);
            ExerciseSheet sheet = Sheets.For(notebook, path, sheets);

            // The code is enough; what a notebook shows may be large.
            var code = new Notebook([.. notebook.CodeCells.Select(cell => cell with { Outputs = [] })], []);
            return new HandedInNotebook(shown, hash, new Submission(code), sheet, null);
        }
        catch (NotebookFormatException e)
        {
            return Unread(e.Reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return Unread("it cannot be read") with { IsUnread = true };
        }

        HandedInNotebook Unread(string problem) => new(shown, hash, null, null, $"{shown}: {problem}");
    }
}
