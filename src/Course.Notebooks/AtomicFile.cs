namespace Course.Notebooks;

/// <summary>Files that appear whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file beside its place and moves it there; an interruption leaves the old file as it was.</summary>
    public static void Write(string path, string text)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);

        // Of its own name, and short: that of the file may be as long as the system allows.
        string beside = Path.Combine(folder, $".{Guid.NewGuid():N}.new");
        try
        {
            File.WriteAllText(beside, text);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
