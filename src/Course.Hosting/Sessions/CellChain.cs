using System.Security.Cryptography;
using System.Text;
using Course.Protocol;

namespace Course.Hosting;

/// <summary>A cell after those before it. It is known by its texts, so that it can be compiled again by any compiler.</summary>
/// <param name="Before">The cells before it, or null.</param>
/// <param name="Text">Its text.</param>
public sealed record CellChain(CellChain? Before, CellText Text)
{
    /// <summary>What identifies it: a hash of all texts so far. Its assembly has this name.</summary>
    public string Key { get; } = Hash(Before, Text);

    /// <summary>The libraries of all cells so far.</summary>
    internal IEnumerable<string> Libraries => (Before?.Libraries ?? []).Concat(Text.References);

    internal CompileCell Request => new(Key, Before?.Key, Text.Name, Text.Code, Text.References, Text.Portable);

    private static string Hash(CellChain? before, CellText text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in (string[])[before?.Key ?? "", text.Name, text.Code, $"{text.Portable}", .. text.References])
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        return $"cell-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}";
    }
}
