using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Hosting;
using Course.Protocol;

namespace Course.Notebooks;

/// <summary>
/// Runs notebooks, each in a session of its own, cell after cell, and stops a notebook at its first error, unless that cell
/// carries the tag <c>raises-exception</c>.
/// </summary>
/// <param name="sessions">Where the sessions come from.</param>
/// <param name="redaction">What outputs may not show.</param>
/// <param name="cellLimit">How long a cell may take.</param>
public sealed class NotebookRunner(SessionPool sessions, Redaction redaction, TimeLimit cellLimit)
{
    /// <summary>A notebook may take as long as this many of its cells may.</summary>
    public const int CellLimitsPerNotebook = 5;

    /// <summary>The tag of a cell whose value has a slider on the page of the notebook.</summary>
    public const string SliderTag = "slider";

    /// <summary>Runs a notebook.</summary>
    /// <param name="notebook">The notebook; its old outputs are dropped.</param>
    /// <param name="folder">The folder that its imports are relative to.</param>
    /// <param name="progress">Told after each cell.</param>
    /// <param name="cancellation">Stops the run.</param>
    public async Task<NotebookRun> RunAsync(Notebook notebook, string folder, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        int all = notebook.CodeCells.Count(cell => cell.HasCode);
        await using CellSession session = await sessions.TakeAsync().ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var cells = new List<Cell>(notebook.Cells.Count);
        var sliders = new Dictionary<string, Slider>(StringComparer.Ordinal);
        CellFailure? failure = null;
        int executed = 0;
        TimeLimit left = CellLimitsPerNotebook * cellLimit;
        foreach (Cell cell in notebook.Cells)
        {
            if (cell is not CodeCell code)
            {
                cells.Add(cell);
                continue;
            }
            if (failure is not null || !code.HasCode)
            {
                cells.Add(code with { ExecutionCount = null, Outputs = [] });
                continue;
            }
            int number = ++executed;
            var outputs = new OutputList(redaction, number);
            (string? error, TimeUse use) = left.IsSpent
                ? (outputs.Fail("timed out", $"cell {number}: the notebook had taken its {(CellLimitsPerNotebook * cellLimit).Processor.TotalSeconds:0.#} seconds of processor time before this cell"), default)
                : await RunCellAsync(session, code, number, folder, TimeLimit.Min(left, cellLimit), outputs, cancellation).ConfigureAwait(false);
            left -= use;
            if (code.HasTag(SliderTag) && error is null)
            {
                if (outputs.Slider is { } slider)
                    sliders[code.Id] = slider;
                else
                    error = outputs.Fail("no slider", $"cell {number}: it has the tag '{SliderTag}', but its value is no Figure.Family");
            }
            cells.Add(code with { ExecutionCount = number, Outputs = outputs.ToList() });
            if (error is not null)
                failure = new CellFailure(number, error);
            progress?.Report(new RunProgress(executed, all));
        }
        return new NotebookRun(notebook with { Cells = cells }, executed, watch.Elapsed, failure) { Sliders = sliders };
    }

    private static async Task<(string? Error, TimeUse Use)> RunCellAsync(
        CellSession session, CodeCell cell, int number, string folder, TimeLimit limit, OutputList outputs, CancellationToken cancellation)
    {
        CellSource source = CellSource.Parse(cell.Source);
        if (source.Refusal is { } refusal)
            return (outputs.Fail("not portable", $"cell {number}: {refusal}"), default);
        var text = new CellText($"cell {number}", cell.Source, portable: true);
        if (source.Import is { } import)
        {
            string path = Path.Combine(folder, import);
            if (!File.Exists(path))
            {
                string build = import == CourseFolder.TensorSetup ? "Build the configuration Full once (dotnet build Course.sln -c Full)" : "Build the course once (dotnet build)";
                return (outputs.Fail("file not found", $"cell {number}: {import} is not beside the notebook. {build}, which writes it, and keep the notebook in the course"), default);
            }
            text = CellText.Setup(import, await File.ReadAllTextAsync(path, cancellation).ConfigureAwait(false));
        }
        RequestEnd end = await session.RunAsync(text, limit, outputs.Add, cancellation).ConfigureAwait(false);
        if (end.Failure is { } failure)
            return (outputs.Fail(Name(failure.Kind), $"cell {number}: {failure.Message}"), end.Use);
        return (cell.HasTag("raises-exception") ? null : outputs.Error, end.Use);
    }

    private static string Name(ChildFailureKind kind) => kind switch
    {
        ChildFailureKind.TimedOut or ChildFailureKind.Stalled => "timed out",
        ChildFailureKind.TooMuchOutput => "too much output",
        ChildFailureKind.TooLong => "too long",
        ChildFailureKind.Died => "process ended",
        _ => "connection broken",
    };

    /// <summary>Gathers a cell's events as notebook outputs.</summary>
    private sealed class OutputList(Redaction redaction, int number)
    {
        private const int KeptText = 100_000;
        private const int KeptMessage = 4_000;

        private readonly List<Output> _outputs = [];

        public string? Error { get; private set; }

        /// <summary>The slider of the cell's value. It is kept beside the outputs: a notebook stores the default figure alone.</summary>
        public Slider? Slider { get; private set; }

        public void Add(ChildEvent happened)
        {
            switch (happened)
            {
                case Written { Text: var text, Stream: var name }:
                    if (_outputs is [.., StreamOutput last] && last.Name == name)
                        _outputs[^1] = last with { Text = Append(last.Text, text) };
                    else
                        _outputs.Add(new StreamOutput(name, Append("", text)));
                    break;
                case Displayed { Data: var data }:
                    _outputs.Add(new DataOutput(Bundle(data), [], null));
                    break;
                case Result { Data: var data }:
                    if (data.TryGetValue(Notebooks.Slider.MimeType, out string? json))
                        Slider = Notebooks.Slider.Read(Json(Notebooks.Slider.MimeType, redaction.Apply(json)));
                    _outputs.Add(new DataOutput(Bundle(data), [], number));
                    break;
                case Failed failed:
                    Fail(failed.Name, failed.Message, failed.Kind == FailureKind.Exception ? failed.Trace : null);
                    break;
            }
        }

        public string Fail(string name, string message, IReadOnlyList<string>? trace = null)
        {
            name = redaction.Apply(Cut(name));
            message = redaction.Apply(Cut(message));
            _outputs.Add(new ErrorOutput(name, message, [$"{name}: {message}", .. (trace ?? []).Take(20)]));
            return Error = trace is null ? $"{name}: {message}" : $"{name}: {message} ({(trace is [var first, ..] ? first : $"in cell {number}")})";
        }

        public IReadOnlyList<Output> ToList() =>
            [.. _outputs.Select(o => o is StreamOutput stream ? stream with { Text = redaction.Apply(stream.Text) } : o)];

        private static string Append(string text, string more)
        {
            if (text.Length >= KeptText)
                return text;
            int room = KeptText - text.Length;
            return more.Length <= room ? text + more : string.Concat(text, more.AsSpan(0, room), $"\n... cut here: only the first {KeptText / 1000} KB are kept\n");
        }

        private JsonObject Bundle(IReadOnlyDictionary<string, string> data)
        {
            var bundle = new JsonObject();
            foreach ((string type, string value) in data.Where(entry => entry.Key != Notebooks.Slider.MimeType))
                bundle[type] = MimeTypes.IsJson(type) ? Json(type, redaction.Apply(value)) : JsonValue.Create(redaction.Apply(value));
            return bundle;
        }

        private JsonNode? Json(string type, string value)
        {
            try
            {
                return JsonNode.Parse(value, documentOptions: NotebookFile.EachNameOnce);
            }
            catch (JsonException)
            {
                Fail("not JSON", $"cell {number}: a value gives text that is not JSON as its {type}");
                return null;
            }
        }

        private static string Cut(string text) => text.Length <= KeptMessage ? text : text[..KeptMessage] + "...";
    }
}
