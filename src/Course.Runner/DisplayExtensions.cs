using Course.Protocol;

namespace Course.Runner;

/// <summary>What notebook code finds of the runner: <c>value.Display()</c>.</summary>
public static class DisplayExtensions
{
    internal static EventSink? Sink { get; set; }

    /// <summary>Shows a value below the cell, at this point of its output.</summary>
    public static void Display<T>(this T value) => Sink?.Send(new Displayed(Representation.Of(value)));
}
