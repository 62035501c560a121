namespace Course.Cli;

/// <summary>Folders for learners' code to run in, gone afterwards.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("course-").FullName;
    private int _folders;

    /// <summary>A folder that nobody has used.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, $"{Interlocked.Increment(ref _folders)}")).FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something in it is held or locked; the system clears its temporary folder itself.
        }
    }
}
