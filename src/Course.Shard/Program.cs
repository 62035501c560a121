using Course.Shard;
using RelativeEntropy;

if (args is not [string shard, string sum])
{
    Console.Error.WriteLine("usage: dotnet Course.Shard.dll SHARD SUM");
    Console.Error.WriteLine("Sums the file SHARD, two columns p and q, and writes the state of the sum to the file SUM.");
    return 2;
}

try
{
    KullbackLeiblerAccumulator state = ShardFile.Sum(shard);
    File.WriteAllBytes(sum, state.ToBytes());
    return 0;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
