using System.Text;

namespace Course.Hosts;

/// <summary>The page <c>docs/hosts.md</c>.</summary>
internal static class HostsPage
{
    private const string Introduction = """
        # Every chapter in every host

        Written by `benchmarks/Course.Hosts`, which executes each chapter in this project's own runner and in other notebook hosts, and compares what
        they show below each cell: text and values (numbers to a relative 1e-9 or an absolute 1e-12), figures by their data, tables and verdicts by their
        HTML; of cells with the tag `volatile` only that they show the same kinds of things. To write it anew, give a name, a version and a command line for each host:
        """;

    private const string OwnWays = """
        ## What each host does in its own way

        None of this changes what a reader learns from a cell. The comparison knows these ways, and no others.

        | host | what it does | where |
        |---|---|---|
        | .NET Interactive | shows its own script once, below the first cell, for the front end to find its HTTP API | `src/dotnet-interactive/Http/HttpApiBootstrapper.cs` |
        | .NET Interactive | sends a value in its preferred type alone: a figure is HTML, which holds its drawing and its data | `src/Microsoft.DotNet.Interactive.Formatting/Formatter.cs` |
        | .NET Interactive | puts each line written to the console into an output of its own | `src/Microsoft.DotNet.Interactive/KernelInvocationContextExtensions.cs` |
        | Verso | says `Imported setup.csx` below an import | `src/Verso/MagicCommands/ImportMagicCommand.cs` |
        | Verso | shows console text as one text value, after all that the cell displayed | `src/Verso/Kernels/CSharpKernel.cs` |
        | Verso | shows a value that has `ToHtml()` as HTML alone | `src/Verso/Extensions/Formatters/HtmlFormatter.cs` |
        | this runner | stores a figure's drawing and its data, without HTML: GitHub would prefer it and strip its script | `src/Course.Runner/Representation.cs` |

        ## What a host cannot do

        | host | what it cannot do | where |
        |---|---|---|
        | Verso | write an executed .ipynb: `verso run --save` ends with "Jupyter .ipynb export is not supported". Its JSON is compared instead | `src/Verso/Serializers/JupyterSerializer.cs` |
        | Verso in VS Code | save an .ipynb: it writes a `.verso` beside it, and leaves it as it was | `vscode/src/blazor/blazorEditorProvider.ts` |
        | Verso | keep a cell of raw text as it is: it runs as C#. No chapter has one | `src/Verso/Serializers/JupyterSerializer.cs` |
        | Verso | show `@name` in prose where a variable of that name exists: it is replaced by the variable's value. No chapter has one | `src/Verso/Extensions/Utilities/VariableSubstitution.cs` |
        | Verso | write to `Console.Error` without an error below the cell. The runner refuses such a cell | `src/Verso/Kernels/CSharpKernel.cs` |
        | .NET Interactive | compile `string?` in a cell without the warning CS8632 below it: cells have no nullable context. Chapters and exercises write `string` | `src/Microsoft.DotNet.Interactive.CSharp/CSharpKernel.cs` |
        | .NET Interactive 1.0.712001 | load Plotly.NET 6.0.0 by itself: that asks for FSharp.Core 10.1, the kernel has 10.0. The course's extension hands it the kernel's own | `src/Course.Interactive/CourseExtension.cs`, here |

        What cells therefore keep to is in [architecture.md](architecture.md#how-one-notebook-runs-everywhere).
        """;

    public static string Of(IReadOnlyList<NotebookHost> hosts, IReadOnlyList<MeasuredChapter> chapters, DateOnly date)
    {
        var page = new StringBuilder(Introduction).Append("\n\n```\ndotnet run --project benchmarks/Course.Hosts --");
        foreach (NotebookHost host in hosts)
            page.Append($" \\\n  \"{host.Name}\" \"{host.Version}\" \"{host.CommandLine}\"");
        page.Append($"\n```\n\n## Measured\n\n{date:yyyy-MM-dd}, .NET {Environment.Version}.\n\n| host | version |\n|---|---|\n");
        foreach (NotebookHost host in hosts)
            page.Append($"| {host.Name} | {host.Version} |\n");
        page.Append($"\n| chapter | cells | figures |{Columns(hosts, h => $" {h.Name} |")}\n|---|--:|--:|{Columns(hosts, _ => "---|")}\n");
        foreach (MeasuredChapter chapter in chapters)
        {
            page.Append($"| {chapter.Name} | {chapter.Own.Executed} | {chapter.Figures} |");
            foreach (MeasuredRun run in chapter.Runs)
                page.Append(run.Differences.Count == 0 ? " the same |" : $" {run.Differences.Count} differences |");
            page.Append('\n');
        }
        foreach (MeasuredChapter chapter in chapters)
        {
            foreach (MeasuredRun run in chapter.Runs.Where(r => r.Differences.Count > 0))
                page.Append($"\n{chapter.Name} in {run.Host.Name}:\n\n").AppendJoin("", run.Differences.Select(d => $"- {d.ReplaceLineEndings(" ")}\n"));
        }
        return page.Append('\n').Append(OwnWays).Append('\n').ToString().ReplaceLineEndings("\n");
    }

    private static string Columns(IEnumerable<NotebookHost> hosts, Func<NotebookHost, string> column) => string.Concat(hosts.Select(column));
}
