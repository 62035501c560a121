using System.Text;
using Course.Hosting;
namespace Course.Notebooks.Tests;

/// <summary>
/// The outputs that are committed are what the code gives. A notebook is executed here, unless `course run` has left it in out/ since it and
/// all that it loads were last written, or the environment variable COURSE_EXECUTED names a folder in which it has just been left.
/// </summary>
public class StalenessTests
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    public static TheoryData<string> Chapters => [.. Course.Chapters.Select(path => Path.GetFileName(path))];

    public static TheoryData<string> TensorChapters => [.. Course.TensorChapters.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Chapters))]
    public async Task Stored_outputs_are_what_the_code_gives(string chapter)
    {
        Notebook stored = NotebookFile.Read(Path.Combine(Course.Notebooks, chapter));
        (Notebook executed, IReadOnlyDictionary<string, Slider> sliders) = await ExecuteAsync(stored, chapter);
        string[] differences =
        [
            .. OutputComparison.Differences(stored, executed),
            .. OutputComparison.Differences(SliderFile.Read(Path.Combine(Course.Notebooks, chapter)), sliders),
        ];
        if (differences.Length > 0)
            Assert.Fail($"{string.Join('\n', differences)}\nIf the code is right, store what it gives: ./course run --save notebooks/{chapter}");
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    [MemberData(nameof(TensorChapters))]
    public void A_stored_notebook_is_laid_out_as_the_runner_writes_it(string chapter)
    {
        string path = Path.Combine(Course.Notebooks, chapter);
        Assert.Equal(NotebookFile.ToJson(NotebookFile.Read(path)), File.ReadAllText(path));
    }

    // They run where their packages are; here only what they store can be looked at.
    [Theory]
    [MemberData(nameof(TensorChapters))]
    public void A_notebook_on_tensors_stores_a_whole_run_and_the_hardware_it_ran_on(string chapter)
    {
        CodeCell[] cells = [.. NotebookFile.Read(Path.Combine(Course.Notebooks, chapter)).CodeCells];
        Assert.Equal(["#!import setup.csx", "#!import torch.csx"], cells.Take(2).Select(cell => cell.Source.Trim()));
        Assert.Equal(Enumerable.Range(1, cells.Length), cells.Select(cell => cell.ExecutionCount ?? 0));
        Output[] outputs = [.. cells.SelectMany(cell => cell.Outputs)];
        Assert.DoesNotContain(outputs, output => output is ErrorOutput);
        Assert.Contains(outputs, output => output is StreamOutput { Text: var text } && text.Contains("; libtorch ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    [MemberData(nameof(TensorChapters))]
    public void Each_cell_with_the_tag_has_its_slider_stored_in_at_most_60_kB_and_no_other_has_one(string chapter)
    {
        string path = Path.Combine(Course.Notebooks, chapter), beside = SliderFile.Of(path);
        IReadOnlyDictionary<string, Slider> sliders = SliderFile.Read(path);
        Assert.Equal(
            NotebookFile.Read(path).CodeCells.Where(cell => cell.HasTag(NotebookRunner.SliderTag)).Select(cell => cell.Id).Order(StringComparer.Ordinal),
            sliders.Keys.Order(StringComparer.Ordinal));
        Assert.All(sliders.Values, slider => Assert.InRange(slider.ToJson().Length, 1, 60_000));
        Assert.Equal(sliders.Count > 0, File.Exists(beside));
        if (sliders.Count > 0)
            Assert.Equal(SliderFile.ToText(sliders), File.ReadAllText(beside));
    }

    [Fact]
    public void Every_file_of_sliders_lies_beside_its_notebook() => Assert.All(
        Directory.GetFiles(Course.Notebooks, "*.sliders.json"),
        file => Assert.Contains(file, Course.Chapters.Concat(Course.TensorChapters).Select(SliderFile.Of)));

    public static TheoryData<string> ChaptersWithSliders =>
        [.. Course.Chapters.Where(path => File.Exists(SliderFile.Of(path))).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(ChaptersWithSliders))]
    public void A_page_with_its_sliders_is_below_one_and_a_half_megabytes(string chapter)
    {
        string path = Path.Combine(Course.Notebooks, chapter);
        Assert.InRange(Encoding.UTF8.GetByteCount(Pages.Of(NotebookFile.Read(path), SliderFile.Read(path))), 1, 1_500_000);
    }

    private static async Task<(Notebook, IReadOnlyDictionary<string, Slider>)> ExecuteAsync(Notebook notebook, string chapter)
    {
        if (Environment.GetEnvironmentVariable("COURSE_EXECUTED") is { Length: > 0 } folder)
            return Read(Path.Combine(folder, chapter));
        string left = Path.Combine(Course.Root, "out", chapter);
        if (IsNewerThanAllItStandsOn(left, chapter) && Read(left) is var before && IsWholeRunOf(notebook, before.Notebook))
            return before;
        await using var sessions = new SessionPool(Compilers.Shared, new ChildOptions(Course.Notebooks), ahead: 0);
        var runner = new NotebookRunner(sessions, new Redaction(Course.Root), TimeLimit.Of(TimeSpan.FromSeconds(120)));
        NotebookRun run = await runner.RunAsync(notebook, Course.Notebooks, cancellation: TestContext.Current.CancellationToken);
        Assert.True(run.Ok, run.Failure?.Message);
        return (run.Notebook, run.Sliders);

        static (Notebook Notebook, IReadOnlyDictionary<string, Slider>) Read(string path) => (NotebookFile.Read(path), SliderFile.Read(path));
    }

    private static bool IsNewerThanAllItStandsOn(string left, string chapter)
    {
        string setup = Path.Combine(Course.Notebooks, "setup.csx");
        if (!File.Exists(left) || !File.Exists(setup))
            return false;
        IEnumerable<string> standsOn =
        [
            Path.Combine(Course.Notebooks, chapter),
            setup,
            .. from line in File.ReadLines(setup) where line.StartsWith("#r \"", StringComparison.Ordinal) select line.Split('"')[1],
            .. from file in Directory.GetFiles(AppContext.BaseDirectory, "Course.*.dll")
               where !file.EndsWith(".Tests.dll", StringComparison.Ordinal)
               select file,
        ];
        return standsOn.All(file => File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(left));
    }

    private static bool IsWholeRunOf(Notebook notebook, Notebook run)
    {
        CodeCell[] cells = [.. run.CodeCells];
        return cells.Select(cell => cell.Source).SequenceEqual(notebook.CodeCells.Select(cell => cell.Source))
            && cells.Where(cell => cell.HasCode).All(cell => cell.ExecutionCount is not null)
            && !cells.SelectMany(cell => cell.Outputs).Any(output => output is ErrorOutput);
    }
}
