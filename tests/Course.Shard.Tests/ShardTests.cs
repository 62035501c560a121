using System.Diagnostics;
using RelativeEntropy;

namespace Course.Shard.Tests;

public sealed class ShardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shards").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.bin", 0)]
    [InlineData("a.csv", 0)]
    [InlineData("a.bin", 1)]
    [InlineData("a.csv", 1)]
    [InlineData("a.bin", ShardFile.BlockLength)]
    [InlineData("a.csv", ShardFile.BlockLength)]
    [InlineData("a.bin", 2 * ShardFile.BlockLength + 7)]
    [InlineData("a.csv", 2 * ShardFile.BlockLength + 7)]
    public void What_was_written_comes_back_bit_by_bit(string name, int length)
    {
        (double[] p, double[] q) = Columns(length);
        ShardFile.Write(In(name), p, q);
        var blocks = ShardFile.Blocks(In(name)).ToList();
        Assert.Equal(p, blocks.SelectMany(b => b.P));
        Assert.Equal(q, blocks.SelectMany(b => b.Q));
        Assert.All(blocks, b => Assert.InRange(b.P.Length, 1, ShardFile.BlockLength));
    }

    [Theory]
    [InlineData("a.bin")]
    [InlineData("a.csv")]
    public void The_sum_over_a_file_is_that_over_its_columns(string name)
    {
        (double[] p, double[] q) = Columns(10_000);
        ShardFile.Write(In(name), p, q);
        Assert.Equal(SumOf(p, q).ToBytes(), ShardFile.Sum(In(name)).ToBytes());
    }

    [Fact]
    public void Processes_give_the_states_of_their_shards_in_order_and_leave_nothing_behind()
    {
        (double[] p, double[] q) = Columns(9000);
        string[] files = [In("0.bin"), In("1.csv"), In("2.bin")];
        for (int k = 0; k < 3; k++)
            ShardFile.Write(files[k], p.AsSpan(3000 * k, 3000), q.AsSpan(3000 * k, 3000));
        KullbackLeiblerAccumulator[] sums = ShardProcesses.Sum(files);
        for (int k = 0; k < 3; k++)
        {
            Range shard = (3000 * k)..(3000 * k + 3000);
            Assert.Equal(SumOf(p[shard], q[shard]).ToBytes(), sums[k].ToBytes());
        }

        Assert.Equal(files.Order(), Directory.EnumerateFiles(_folder).Order());
    }

    [Theory]
    [InlineData("0.1,0.2\n0.3\n", "line 2 of a.csv is \"0.3\"")]
    [InlineData("0.1;0.2\n", "line 1 of a.csv")]
    [InlineData("0.1,x\n", "line 1 of a.csv")]
    [InlineData("0,1,0,2\n", "line 1 of a.csv")]
    [InlineData("-0.1,0.2\n", "p[0] = -0.1")]
    public void A_file_that_is_no_shard_is_refused_and_the_process_says_why(string text, string reason)
    {
        File.WriteAllText(In("a.csv"), text);
        Exception here = Assert.ThrowsAny<Exception>(() => ShardFile.Sum(In("a.csv")));
        Assert.Contains(reason, here.Message, StringComparison.Ordinal);
        ShardException there = Assert.Throws<ShardException>(() => ShardProcesses.Sum(In("a.csv")));
        Assert.Contains(reason, there.Message, StringComparison.Ordinal);
        Assert.Equal([In("a.csv")], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void A_binary_file_that_ends_within_a_pair_is_refused()
    {
        File.WriteAllBytes(In("a.bin"), new byte[40]);
        FormatException e = Assert.Throws<FormatException>(() => ShardFile.Sum(In("a.bin")));
        Assert.Contains("8 bytes of a pair", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => ShardFile.Write(In("a.bin"), [1, 2], [1]));
        Assert.Contains("p has 2 elements and q has 1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.bin")]
    [InlineData("no-folder/none.bin")]
    public void A_missing_shard_is_named(string name)
    {
        ShardException e = Assert.Throws<ShardException>(() => ShardProcesses.Sum(In(name)));
        Assert.Contains("none.bin", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_where_no_process_starts_is_said()
    {
        ShardFile.Write(In("a.bin"), [1], [1]);
        ShardException e = Assert.Throws<ShardException>(
            () => ShardProcesses.Sum(In("no-dotnet"), typeof(ShardFile).Assembly.Location, [In("a.bin")]));
        Assert.Contains("no-dotnet does not start", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ShardException>(() => ShardProcesses.Sum("dotnet", "", [In("a.bin")]));
        Assert.Contains("from memory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_two_names_the_program_says_how_it_is_used()
    {
        string program = typeof(ShardFile).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "one"]) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith("usage:", said, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static (double[] P, double[] Q) Columns(int length)
    {
        var random = new Random(13);
        double[] p = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
        return (p, [.. p.Select(x => x * (0.9 + 0.2 * random.NextDouble()))]);
    }

    private static KullbackLeiblerAccumulator SumOf(double[] p, double[] q)
    {
        var sum = new KullbackLeiblerAccumulator();
        sum.Add(p, q);
        return sum;
    }
}
