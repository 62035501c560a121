namespace Course.Notebooks;

/// <summary>A notebook that was run.</summary>
/// <param name="Notebook">It, with the outputs of this run.</param>
/// <param name="Executed">How many code cells ran.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Failure">What stopped it, or null.</param>
public sealed record NotebookRun(Notebook Notebook, int Executed, TimeSpan Elapsed, CellFailure? Failure)
{
    /// <summary>Whether every cell did what it should.</summary>
    public bool Ok => Failure is null;

    /// <summary>The sliders of its cells with the tag <c>slider</c>, by the ids of these.</summary>
    public IReadOnlyDictionary<string, Slider> Sliders { get; init; } = SliderFile.None;
}

/// <summary>A cell stopped its notebook.</summary>
/// <param name="Number">The cell, counting code cells from one, as the number beside it in an editor does.</param>
/// <param name="Message">What happened, with the cell and the line.</param>
public sealed record CellFailure(int Number, string Message);

/// <summary>How far a run has come.</summary>
/// <param name="Done">Code cells done.</param>
/// <param name="Of">Code cells in all.</param>
public readonly record struct RunProgress(int Done, int Of);
