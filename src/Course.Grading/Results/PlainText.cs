using System.Text;
using System.Xml;

namespace Course.Grading.Results;

/// <summary>What comes from students as text that every form of results can hold.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text with a replacement character for halves of characters, and for control characters, which could move a terminal's cursor
    /// and which XML cannot hold even escaped.
    /// </summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                plain.Append(text[i]).Append(text[++i]);
            else if (text[i] is '\n' or '\t' || (XmlConvert.IsXmlChar(text[i]) && !char.IsControl(text[i])))
                plain.Append(text[i]);
            else if (text[i] != '\r')
                plain.Append('\uFFFD');
        }
        return plain.ToString();
    }
}
