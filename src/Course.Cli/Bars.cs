using Spectre.Console;

namespace Course.Cli;

/// <summary>Progress on long work: a bar for each item, or, where there is no terminal, a line for each finished one.</summary>
internal static class Bars
{
    /// <summary>Works through items, in order, several at a time.</summary>
    /// <param name="items">The items.</param>
    /// <param name="name">What an item is called.</param>
    /// <param name="atOnce">On how many items work goes on at the same time.</param>
    /// <param name="work">Does the work on an item, moves its bar, and returns its result as markup.</param>
    public static Task ForEachAsync<T>(IReadOnlyList<T> items, Func<T, string> name, int atOnce, Func<T, Bar, Task<string>> work) =>
        Terminal.Out.Profile.Capabilities.Interactive
            ? WithBarsAsync(items, name, atOnce, work)
            : WithLinesAsync(items, name, atOnce, work);

    /// <summary>Does work that is counted in one bar, or, where there is no terminal, in the lines that it says.</summary>
    /// <param name="name">What the work is called.</param>
    /// <param name="of">How much there is to do.</param>
    /// <param name="work">Does it.</param>
    public static Task CountAsync(string name, int of, Func<Count, Task> work) => Terminal.Out.Profile.Capabilities.Interactive
        ? Terminal.Out.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, of));
                await work(new Count(task));
                task.Value = task.MaxValue;
            })
        : work(new Count(null));

    private static Task WithBarsAsync<T>(IReadOnlyList<T> items, Func<T, string> name, int atOnce, Func<T, Bar, Task<string>> work)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce };
        return Terminal.Out.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(context => Parallel.ForAsync(0, items.Count, options, async (i, _) =>
            {
                string description = Markup.Escape(name(items[i]));
                ProgressTask task = context.AddTask(description);
                task.Description = $"{description} {await work(items[i], new Bar(task))}";
                task.StopTask();
            }));
    }

    /// <summary>The lines stand in the order of the items, so each waits for those before it.</summary>
    private static async Task WithLinesAsync<T>(IReadOnlyList<T> items, Func<T, string> name, int atOnce, Func<T, Bar, Task<string>> work)
    {
        var results = new string?[items.Count];
        int said = 0;
        await Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) =>
        {
            string result = await work(items[i], new Bar(null));
            lock (results)
            {
                results[i] = result;
                for (; said < items.Count && results[said] is { } next; said++)
                    Terminal.Out.MarkupLine($"{Markup.Escape(name(items[said]))} {next}");
            }
        });
    }
}

/// <summary>How far the work on one item has come.</summary>
internal sealed class Bar(ProgressTask? task)
{
    public void Set(int done, int of)
    {
        if (task is null)
            return;
        task.MaxValue = of;
        task.Value = done;
    }
}

/// <summary>How much of some work is done.</summary>
internal sealed class Count(ProgressTask? task)
{
    public void Add(int done) => task?.Increment(done);

    /// <summary>Says what is done, where there is no bar to show it.</summary>
    public void Say(string line)
    {
        if (task is null)
            Terminal.Out.WriteLine(Terminal.Plain(line));
    }
}
