using System.CommandLine;
using System.CommandLine.Completions;
using Course.Cli;

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
    CompletionCommand.Create(),
};
root.SetAction(_ => Guard.Run(() => OverviewCommand.Run()));

ParseResult parsed = root.Parse(args);
IReadOnlyList<string> mistakes = parsed.GetResult(root.Directives.OfType<SuggestDirective>().Single()) is null ? Mistakes.In(parsed) : [];
if (mistakes.Count > 0)
{
    foreach (string mistake in mistakes)
        Terminal.Error(mistake);
    Terminal.Dim($"Try {Mistakes.HelpFor(parsed)}");
    return ExitCode.Usage;
}
return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
