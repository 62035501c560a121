using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Course.Notebooks;

namespace Course.Grading.Classroom;

/// <summary>
/// What the hidden inputs of a class come from. Each student has inputs of their own, derived from the class's seed and the student's
/// id, so that values found in another's feedback are of no use.
/// </summary>
/// <param name="Text">The seed: any text, kept from the students until the grades are out.</param>
public sealed record ClassSeed(string Text)
{
    private const string FileName = "class-seed.txt";

    /// <summary>The seed that belongs to a folder of results; a new one is drawn and written there where there is none.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="given">A seed to use instead, or null.</param>
    public static ClassSeed In(string folder, string? given)
    {
        string path = Path.Combine(folder, FileName);
        string? kept = File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        var seed = new ClassSeed(
            given ?? (string.IsNullOrEmpty(kept) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : kept));
        if (seed.Text != kept)
            AtomicFile.Write(path, seed.Text + "\n");
        return seed;
    }

    /// <summary>A student's seed, from 0 to 2^31 - 1: the first bits of a SHA-256 of the class's seed and the student's id.</summary>
    public long Of(string student) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Text}\n{student}"))) >> 1;
}
