namespace RelativeEntropy.Tests;

public sealed partial class ReferenceCase
{
    /// <summary>An input that is a word: a correction, a family.</summary>
    public string Word(string name) => row.GetProperty(name).GetString()!;

    public long[] Counts(string name) => [.. row.GetProperty(name).EnumerateArray().Select(x => x.GetInt64())];

    public int Whole(string name) => row.GetProperty(name).GetInt32();
}
