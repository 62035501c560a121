using System.Text.Json.Nodes;

namespace Course.Notebooks;

/// <summary>A Jupyter notebook (nbformat 4).</summary>
/// <param name="Cells">Its cells, in order.</param>
/// <param name="Metadata">Its metadata, kept as they came.</param>
public sealed record Notebook(IReadOnlyList<Cell> Cells, JsonObject Metadata)
{
    /// <summary>The code cells.</summary>
    public IEnumerable<CodeCell> CodeCells => Cells.OfType<CodeCell>();

    /// <summary>The first heading of the notebook, or null.</summary>
    public string? Title => Cells.OfType<MarkdownCell>()
        .SelectMany(c => c.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();
}

/// <summary>A cell.</summary>
/// <param name="Id">Its id, unique in the notebook.</param>
/// <param name="Source">Its text, lines separated by <c>\n</c>.</param>
/// <param name="Metadata">Its metadata, kept as they came.</param>
public abstract record Cell(string Id, string Source, JsonObject Metadata)
{
    /// <summary>Files that a cell of prose holds in itself, such as pasted pictures; kept as they came.</summary>
    public JsonObject Attachments { get; init; } = [];

    /// <summary>The cell's tags.</summary>
    public IEnumerable<string> Tags => Metadata["tags"] is JsonArray tags ? tags.Select(t => t?.ToString() ?? "") : [];

    /// <summary>Whether the cell carries a tag.</summary>
    public bool HasTag(string tag) => Tags.Contains(tag, StringComparer.Ordinal);
}

/// <summary>A cell of prose.</summary>
public sealed record MarkdownCell(string Id, string Source, JsonObject Metadata) : Cell(Id, Source, Metadata);

/// <summary>A cell that is neither prose nor code; kept as it is.</summary>
public sealed record RawCell(string Id, string Source, JsonObject Metadata) : Cell(Id, Source, Metadata);

/// <summary>A cell of code, with what it showed when it last ran.</summary>
/// <param name="Id">Its id, unique in the notebook.</param>
/// <param name="Source">Its code.</param>
/// <param name="Metadata">Its metadata.</param>
/// <param name="ExecutionCount">Its place in the order of execution, or null where it did not run.</param>
/// <param name="Outputs">What it showed, in order.</param>
public sealed record CodeCell(string Id, string Source, JsonObject Metadata, int? ExecutionCount, IReadOnlyList<Output> Outputs)
    : Cell(Id, Source, Metadata)
{
    /// <summary>Whether there is anything to run. Cells without code do not count when cells are numbered.</summary>
    public bool HasCode => !string.IsNullOrWhiteSpace(Source);
}

/// <summary>What a cell showed.</summary>
public abstract record Output;

/// <summary>Text on a standard stream.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">The text.</param>
public sealed record StreamOutput(string Name, string Text) : Output;

/// <summary>A value shown, in one or more representations.</summary>
/// <param name="Data">The representations by MIME type: text, or JSON for the types that are JSON.</param>
/// <param name="Metadata">Their metadata.</param>
/// <param name="ExecutionCount">For the value of a cell's last expression its execution count; null for a value displayed on the way.</param>
public sealed record DataOutput(JsonObject Data, JsonObject Metadata, int? ExecutionCount) : Output;

/// <summary>An error that ended the cell.</summary>
/// <param name="Name">The exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="Traceback">Where it came from, a line each.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : Output;
