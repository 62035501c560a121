using Spectre.Console;

namespace Course.Cli;

/// <summary>The console, as wide as a line of a log where it is not a terminal.</summary>
internal static class Terminal
{
    private const int LogWidth = 140;

    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    private static IAnsiConsole Err { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>
    /// Says what went wrong, and the remedy, on the error stream. The text is not broken into lines: it may be searched for.
    /// </summary>
    public static void Error(string message)
    {
        Err.Markup("[red]error:[/] ");
        Console.Error.WriteLine(Plain(message));
    }

    /// <summary>Says where more is told, on the error stream.</summary>
    public static void Dim(string message) => Err.MarkupLine($"[dim]{Markup.Escape(message)}[/]");

    /// <summary>The text without the control characters by which it could move the cursor or paint.</summary>
    public static string Plain(string text) => string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t'));

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (redirected)
            console.Profile.Width = LogWidth;
        return console;
    }
}
