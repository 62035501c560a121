using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Course.Grading;

/// <summary>What hidden inputs are drawn from: each student's from another seed, which the class's seed and the student's name give again.</summary>
public static class HiddenSeed
{
    /// <summary>The seed of one student: the first eight bytes of SHA-256 of the class's seed and the name, as text with a line between them.</summary>
    /// <param name="classSeed">The class's seed; whoever knows it knows all hidden inputs.</param>
    /// <param name="student">The student's name, as the grade records it.</param>
    public static long Of(long classSeed, string student)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(classSeed.ToString(CultureInfo.InvariantCulture) + "\n" + student));
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }

    /// <summary>The seed as the checks take it: its halves, folded into one.</summary>
    internal static int Folded(long seed) => (int)(seed ^ (seed >> 32));
}
