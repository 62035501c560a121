namespace Course.Figures;

/// <summary>One set of data in a panel, in the vocabulary of Plotly; made by <see cref="Plot"/>.</summary>
public abstract record Trace
{
    private protected Trace()
    {
    }

    /// <summary>Its name in the legend; null for none. Traces of one name share one style in all panels of a figure.</summary>
    public string? Name { get; init; }

    /// <summary>Its colour; null to let the figure choose.</summary>
    public Ink? Ink { get; init; }

    /// <summary>The abscissas that the axis must show.</summary>
    internal abstract IEnumerable<double> XExtent { get; }

    /// <summary>The ordinates that the axis must show.</summary>
    internal abstract IEnumerable<double> YExtent { get; }

    /// <summary>What the trace is, in the words of an alternative text.</summary>
    internal abstract string Kind { get; }

    /// <summary>The names along the x axis when its values are categories.</summary>
    internal virtual IReadOnlyList<string>? XCategories => null;

    /// <summary>The names along the y axis when its values are categories.</summary>
    internal virtual IReadOnlyList<string>? YCategories => null;
}
