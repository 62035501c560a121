using System.Text;
using Course.Hosting;
using Course.Protocol;

namespace Course.Grading.Tests;

/// <summary>The program that sums a shard is at hand where answers are graded: its file lies in the kit, and it may be started.</summary>
public sealed class ShardTests : IDisposable
{
    private static readonly TimeLimit Patience = TimeLimit.Of(TimeSpan.FromMinutes(2));

    private readonly string _folder = Directory.CreateTempSubdirectory("course-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_starts_it_from_the_kit(bool isolated)
    {
        ChildOptions options = Kit.OptionsIn(_folder, isolated ? await IsolateAsync() : null);
        await using CellSession session = await new SessionPool(Compilers.Shared, options, ahead: 0).TakeAsync();
        await RunAsync(session, CellText.Setup("setup.csx", Kit.Setup));
        string written = await RunAsync(session, new CellText("cell", """
            string shard = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "shard.bin");
            Course.Shard.ShardFile.Write(shard, [0.5, 0.5], [0.25, 0.75]);
            var sum = new KullbackLeiblerAccumulator();
            sum.Merge(Course.Shard.ShardProcesses.Sum(shard)[0]);
            Console.Write($"{sum.Count} {sum.OfDistributions():F6}");
            """, portable: false));
        Assert.Equal("2 0.143841", written);
    }

    private Task<Isolation> IsolateAsync() =>
        IsolationOrSkip.InAsync(Directory.CreateDirectory(Path.Combine(_folder, "course")).FullName);

    private static async Task<string> RunAsync(CellSession session, CellText cell)
    {
        var written = new StringBuilder();
        Failed? failed = null;
        RequestEnd end = await session.RunAsync(cell, Patience, Take, TestContext.Current.CancellationToken);
        Assert.True(failed is null, failed?.Message);
        Assert.Null(end.Failure);
        return written.ToString();

        void Take(ChildEvent happened)
        {
            failed = happened as Failed ?? failed;
            written.Append((happened as Written)?.Text);
        }
    }
}
