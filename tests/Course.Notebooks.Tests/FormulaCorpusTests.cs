using System.Xml.Linq;

namespace Course.Notebooks.Tests;

/// <summary>All formulas of the course: chapters, the appendix, the notebooks on tensors, exercises and solutions.</summary>
public sealed class FormulaCorpusTests
{
    private static readonly CourseFolder Course = CourseFolder.Find(AppContext.BaseDirectory)!;

    public static TheoryData<string> Notebooks => [.. new[] { Course.Notebooks, Course.Exercises, Course.Solutions }
        .SelectMany(CourseFolder.NotebooksIn).Select(path => Path.GetRelativePath(Course.Root, path))];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_formula_is_understood(string notebook) => Assert.Empty(
        Formulas(notebook).Select(f => (f, TexParser.Parse(f.Tex).Problem)).Where(f => f.Problem is not null)
            .Select(f => $"{notebook}, cell {f.f.Cell}: {f.Problem} in {f.f.Tex}"));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_formula_is_well_formed_and_each_script_has_its_parts(string notebook) => Assert.All(Formulas(notebook), f =>
        Assert.All(XElement.Parse(MathMl.Of(f.Tex, f.Display)).Descendants(), e => Assert.True(
            Arity(e.Name.LocalName) is not { } parts || e.Elements().Count() == parts,
            $"{f.Cell}: {e.Name} with {e.Elements().Count()} parts: {f.Tex}")));

    private static int? Arity(string name) => name switch
    {
        "mfrac" or "msub" or "msup" or "mover" or "munder" or "mroot" or "semantics" => 2,
        "msubsup" or "munderover" => 3,
        _ => null,
    };

    private static IEnumerable<(int Cell, string Tex, bool Display)> Formulas(string notebook) =>
        NotebookFile.Read(Path.Combine(Course.Root, notebook)).Cells
            .SelectMany((cell, i) => cell is MarkdownCell
                ? MathExtension.Formulas(cell.Source).Select(f => (i + 1, f.Tex, f.Display)) : []);
}
