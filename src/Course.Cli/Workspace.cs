namespace Course.Cli;

/// <summary>A folder for the learner's code to run in, gone afterwards.</summary>
internal sealed class Workspace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("course-").FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A file in it is still held; the system clears its temporary folder itself.
        }
    }
}
