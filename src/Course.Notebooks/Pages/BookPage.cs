namespace Course.Notebooks;

/// <summary>What a page of the book is.</summary>
public enum PageKind
{
    /// <summary>A chapter that the default build executes.</summary>
    Chapter,

    /// <summary>A notebook that is no chapter of the course: the tensors', or a learner's own.</summary>
    Notebook,

    /// <summary>The exercises of a chapter.</summary>
    Exercises,

    /// <summary>A page about the whole course: notation, theorems, references.</summary>
    Reference,
}

/// <summary>A page of the book.</summary>
/// <param name="Name">Its file in the book's folder, without <c>.html</c>, with forward slashes.</param>
/// <param name="Source">The file that it is written from.</param>
/// <param name="Title">Its title, in Markdown.</param>
/// <param name="Kind">What it is.</param>
public sealed record BookPage(string Name, string Source, string Title, PageKind Kind)
{
    /// <summary>Its file in the book's folder.</summary>
    public string File => $"{Name}.html";

    /// <summary>The two digits that its file begins with, or null.</summary>
    public string? Number => System.IO.Path.GetFileName(Name) is [var ten, var one, '-', ..] && char.IsAsciiDigit(ten) && char.IsAsciiDigit(one)
        ? $"{ten}{one}" : null;
}
