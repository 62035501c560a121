using System.Security.Cryptography;
using System.Text;

namespace Course.Grading;

/// <summary>Text of a student's in results, which must stay short whatever the student hands in.</summary>
internal static class Excerpt
{
    /// <summary>The longest message of a result, in characters.</summary>
    public const int Longest = 2000;

    /// <summary>The text; of a longer one its start, how long it is, and the start of the SHA-256 of all of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">How many characters of it are kept.</param>
    public static string Of(string text, int longest = Longest)
    {
        if (text.Length <= longest)
            return text;
        const int HashDigits = 16;
        int end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];
        return $"{text[..end]}... (cut here: {end} of {text.Length} characters; SHA-256 of all: {hash})";
    }
}
