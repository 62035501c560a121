namespace Course.Notebooks;

/// <summary>A file is not a notebook that can be read.</summary>
/// <param name="path">The file.</param>
/// <param name="message">What is wrong, and where in it.</param>
/// <param name="inner">The cause.</param>
public sealed class NotebookFormatException(string path, string message, Exception? inner = null)
    : Exception($"{Path.GetFileName(path)}: {Cut(message)}", inner)
{
    private const int Longest = 500;

    /// <summary>What is wrong, without the file.</summary>
    public string Reason { get; } = Cut(message);

    /// <summary>A reason may quote the file, which may hold megabytes where a word belongs.</summary>
    private static string Cut(string reason) => reason.Length <= Longest ? reason : reason[..Longest] + "...";
}
