namespace Course.Hosting;

/// <summary>
/// A folder that only this user enters, for the pipe of one child and the place of its root; and the child's control group.
/// </summary>
internal sealed class ChildFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("course-").FullName;

    public ChildFolder() => Directory.CreateDirectory(Root);

    /// <summary>The socket on which the child talks.</summary>
    public string Pipe => Path.Combine(_folder, "pipe");

    /// <summary>An empty folder, which becomes the child's root in its own mount namespace.</summary>
    public string Root => Path.Combine(_folder, "root");

    /// <summary>The control group in which the child is, or null.</summary>
    public ControlGroup? Group { get; init; }

    public void Dispose()
    {
        Group?.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system clears its temporary folder itself.
        }
    }
}
