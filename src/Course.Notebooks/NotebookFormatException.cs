namespace Course.Notebooks;

/// <summary>A file is not a notebook that can be read.</summary>
/// <param name="path">The file.</param>
/// <param name="message">What is wrong, and where in it.</param>
/// <param name="inner">The cause.</param>
public sealed class NotebookFormatException(string path, string message, Exception? inner = null)
    : Exception($"{Path.GetFileName(path)}: {message}", inner)
{
    /// <summary>What is wrong, without the file.</summary>
    public string Reason { get; } = message;
}
