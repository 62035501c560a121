namespace Course.Grading.Results;

/// <summary>One form in which grades are written. Another form is another class, in <see cref="ResultFormats.All"/>.</summary>
public interface IResultFormat
{
    /// <summary>
    /// The files. The same result gives the same files, byte for byte: no times of day, no durations, no names of this machine.
    /// </summary>
    IEnumerable<ResultFile> Write(ClassResult result);
}

/// <summary>A file of results.</summary>
/// <param name="Path">Where it goes, relative to the folder of results, with forward slashes.</param>
/// <param name="Text">What stands in it.</param>
public sealed record ResultFile(string Path, string Text);

/// <summary>The forms in which a class's grades are written.</summary>
public static class ResultFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IResultFormat> All { get; } =
        [new JsonGrades(), new CsvGradebook(), new JUnitReport(), new FeedbackPages()];
}
