namespace Course.Notebooks.Tests;

public sealed class NotebookSizeTests
{
    /// <summary>
    /// GitHub shows small files, in general those below 2 MB, and gives up on larger or more complex ones (docs.github.com, "Repository
    /// limits"). Half of that leaves room for what is complex.
    /// </summary>
    private const int Most = 1_000_000;

    public static TheoryData<string> Notebooks
    {
        get
        {
            CourseFolder course = CourseFolder.Find(AppContext.BaseDirectory)!;
            return [.. new[] { "notebooks", "exercises", "solutions" }.SelectMany(folder =>
                CourseFolder.NotebooksIn(Path.Combine(course.Root, folder)).Select(path => $"{folder}/{Path.GetFileName(path)}"))];
        }
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void A_notebook_is_small_enough_for_github_to_show(string notebook) =>
        Assert.InRange(new FileInfo(Path.Combine(CourseFolder.Find(AppContext.BaseDirectory)!.Root, notebook)).Length, 1, Most);
}
