using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Course.Runner;

/// <summary>
/// How a value shows itself. A type says so in the two ways that notebook hosts know, by convention and without a reference:
/// an attribute named <c>TypeFormatterSourceAttribute</c>, or a public method <c>string ToHtml()</c>. All else is text.
/// </summary>
internal static class Representation
{
    private const string Text = "text/plain";
    private const string Html = "text/html";
    private const string Svg = "image/svg+xml";
    private const int ShownElements = 30;

    /// <summary>
    /// Each representation is made once, and HTML only where there is no picture: readers that strip scripts and styles from HTML (GitHub)
    /// show a picture only where no HTML stands before it.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(object? value)
    {
        var data = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string type, Func<string?> write) in FormattersOf(value).OrderBy(formatter => formatter.Type == Html))
        {
            if (type == Html && data.ContainsKey(Svg))
                break;
            if (write() is { } representation)
                data[type] = representation;
        }
        if (value is not null && !data.ContainsKey(Svg) && !data.ContainsKey(Html) && ToHtml(value) is { } html)
            data[Html] = html;
        if (!data.ContainsKey(Text))
            data[Text] = TextOf(value);
        return data;
    }

    private static string? ToHtml(object value) =>
        value.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, []) is { } method
            && method.ReturnType == typeof(string)
            ? (string?)method.Invoke(value, null)
            : null;

    private static IEnumerable<(string Type, Func<string?> Write)> FormattersOf(object? value)
    {
        Attribute? attribute = value?.GetType().GetCustomAttributes(inherit: true).OfType<Attribute>()
            .FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        if (attribute?.GetType().GetProperty("FormatterSourceType")?.GetValue(attribute) is not Type sourceType)
            yield break;
        object source = Activator.CreateInstance(sourceType)!;
        if (sourceType.GetMethod("CreateTypeFormatters", [])?.Invoke(source, null) is not IEnumerable formatters)
            yield break;
        foreach (object formatter in formatters)
        {
            string? type = formatter.GetType().GetProperty("MimeType")?.GetValue(formatter) as string;
            MethodInfo? format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]);
            if (type is not null && format is not null)
                yield return (type, () => Written(formatter, format, value!));
        }
    }

    private static string? Written(object formatter, MethodInfo format, object value)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        return format.Invoke(formatter, [value, writer]) is true ? writer.ToString() : null;
    }

    internal static string TextOf(object? value) => value switch
    {
        null => "null",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        ITuple tuple => "(" + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => TextOf(tuple[i]))) + ")",
        IEnumerable sequence when OverridesToString(sequence) is false => Sequence(sequence),
        _ => value.ToString() ?? "",
    };

    private static bool OverridesToString(object value) =>
        value.GetType().GetMethod(nameof(ToString), [])?.DeclaringType is { } type && type != typeof(object) && type != typeof(Array);

    private static string Sequence(IEnumerable sequence)
    {
        var text = new StringBuilder("[");
        int count = 0;
        foreach (object? element in sequence)
        {
            if (count == ShownElements)
            {
                text.Append(", ...");
                break;
            }
            text.Append(count++ == 0 ? "" : ", ").Append(TextOf(element));
        }
        return text.Append(']').ToString();
    }
}
