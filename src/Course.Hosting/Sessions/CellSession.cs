using System.Text.Json;
using Course.Protocol;

namespace Course.Hosting;

/// <summary>
/// One session of C#: each cell is compiled by a compiler that all sessions share, and run by a runner of the session's own.
/// </summary>
public sealed class CellSession : IAsyncDisposable
{
    private readonly ChildProcess _runner;
    private readonly CompilerPool _compilers;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    internal CellSession(ChildProcess runner, CompilerPool compilers) => (_runner, _compilers) = (runner, compilers);

    /// <summary>
    /// The cells whose declarations the next one sees. It may be set back to what it was: then the next cell sees no more than that, but
    /// what the cells between have done to objects and to the process stays done.
    /// </summary>
    public CellChain? Cells { get; set; }

    /// <summary>Whether the runner is no more, and nothing can be run.</summary>
    public bool HasEnded => _runner.HasEnded;

    /// <summary>Compiles a cell and runs it. What does not compile is reported as <see cref="Failed"/>.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="limit">How long it may run.</param>
    /// <param name="happened">Takes the events, in order.</param>
    /// <param name="cancellation">Ends the session.</param>
    /// <exception cref="InvalidOperationException">It could not be compiled, and that is not its own doing.</exception>
    public async Task<RequestEnd> RunAsync(
        CellText text, TimeLimit limit, Action<ChildEvent> happened, CancellationToken cancellation = default)
    {
        var chain = new CellChain(Cells, text);
        if (await CompileAsync(chain, happened, cancellation).ConfigureAwait(false) is not { } cell)
            return default;
        if (!cell.HasCode)
        {
            Cells = chain;
            return new RequestEnd(null, default, Declared: true);
        }
        RequestEnd end = await _runner.SendAsync(new RunCell(cell, Untold(chain)), limit, happened, cancellation).ConfigureAwait(false);
        if (end.Declared)
            Cells = chain;
        return end;
    }

    /// <summary>A function of the session, as a cell after those that have run.</summary>
    /// <param name="expression">A C# expression that converts to the delegate's type: a method's name, or a lambda.</param>
    /// <param name="delegateType">The delegate's type in C#: <c>System.Func&lt;double[], double[], double&gt;</c>.</param>
    public CellChain Function(string expression, string delegateType) =>
        new(Cells, new CellText("the call", $"({delegateType})({expression})", portable: false));

    /// <summary>
    /// Calls a function. What it returns is reported as <see cref="Returned"/>; where there is none, <see cref="Failed"/> is.
    /// </summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">One value for each parameter.</param>
    /// <param name="limit">How long it may run.</param>
    /// <param name="happened">Takes the events, in order.</param>
    /// <param name="cancellation">Ends the session.</param>
    /// <exception cref="InvalidOperationException">It could not be compiled, and that is not its own doing.</exception>
    public async Task<RequestEnd> CallAsync(
        CellChain function, IReadOnlyList<JsonElement> arguments, TimeLimit limit, Action<ChildEvent> happened,
        CancellationToken cancellation = default) =>
        await CompileAsync(function, happened, cancellation).ConfigureAwait(false) is { } cell
            ? await _runner.SendAsync(new CallFunction(cell, arguments), limit, happened, cancellation).ConfigureAwait(false)
            : default;

    /// <summary>A cell and those before it, compiled, as far as they hold code.</summary>
    public async Task<IReadOnlyList<Compiled>> CompiledAsync(CellChain chain, CancellationToken cancellation = default)
    {
        var found = new List<Compiled>();
        for (CellChain? cell = chain; cell is not null; cell = cell.Before)
        {
            if ((await _compilers.CompileAsync(cell, cancellation).ConfigureAwait(false)).Cell is { HasCode: true } compiled)
                found.Add(compiled);
        }
        return found;
    }

    /// <summary>Ends the runner and the processes that it has started.</summary>
    public ValueTask DisposeAsync() => _runner.DisposeAsync();

    private async Task<Compiled?> CompileAsync(CellChain chain, Action<ChildEvent> happened, CancellationToken cancellation)
    {
        Compilation compilation = await _compilers.CompileAsync(chain, cancellation).ConfigureAwait(false);
        if (compilation.Problem is { } problem)
            happened(problem);
        return compilation.Cell;
    }

    private List<string> Untold(CellChain chain) => [.. chain.Libraries.Where(_told.Add)];
}
