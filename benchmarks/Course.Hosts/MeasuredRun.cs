using Course.Notebooks;

namespace Course.Hosts;

/// <summary>A chapter, as this project's runner executed it and as other hosts did.</summary>
/// <param name="Name">The notebook's name.</param>
/// <param name="Own">The run in this project's runner.</param>
/// <param name="Runs">The runs elsewhere.</param>
internal sealed record MeasuredChapter(string Name, NotebookRun Own, IReadOnlyList<MeasuredRun> Runs)
{
    /// <summary>How many figures the chapter shows.</summary>
    public int Figures => HostOutput.Figures(Own.Notebook);
}

/// <summary>A chapter executed in another host.</summary>
/// <param name="Host">The host.</param>
/// <param name="Elapsed">How long the host's program ran.</param>
/// <param name="Differences">Where its outputs are others than those of this project's runner, a line each.</param>
internal sealed record MeasuredRun(NotebookHost Host, TimeSpan Elapsed, IReadOnlyList<string> Differences)
{
    /// <summary>Compares what a host showed with what this project's runner shows.</summary>
    public static MeasuredRun Of(NotebookHost host, TimeSpan elapsed, Notebook own, Notebook executed) =>
        new(host, elapsed, OutputComparison.Differences(HostOutput.Common(own), HostOutput.Common(executed)));
}
