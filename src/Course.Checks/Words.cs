using System.Globalization;

namespace Course.Checks;

/// <summary>Values in the words of a verdict.</summary>
internal static class Words
{
    /// <summary>A number to six digits.</summary>
    public static string Of(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    /// <summary>An array as it is written in C#.</summary>
    public static string Of(IEnumerable<double> values) => $"[{string.Join(", ", values.Select(Of))}]";
}
