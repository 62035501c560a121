using System.CommandLine;
using Course.Cli;
using Spectre.Console;

var root = new RootCommand(
    """
    The course on KL divergence and relative entropy: run its notebooks, check its exercises.
    Without a command it shows how far you are and what comes next.

    Exit codes: 0 all is well; 1 something failed, is wrong or incomplete; 2 the command cannot be carried out as given;
    130 interrupted.
    """)
{
    RunCommand.Create(),
    GradeCommand.Create(),
    WatchCommand.Create(),
    HintCommand.Create(),
    NewCommand.Create(),
    ReleaseCommand.Create(),
    VerifyCommand.Create(),
};
root.SetAction(_ => Guard.Run(() => OverviewCommand.Run()));

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Terminal.Error(error.Message);
    Terminal.Out.MarkupLine("[dim]Try --help.[/]");
    return ExitCode.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
