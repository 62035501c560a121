using System.Text.RegularExpressions;

namespace Course.Cli;

/// <summary>A time as a person writes it: <c>30</c>, <c>30s</c>, <c>2m</c>, <c>1m30s</c>.</summary>
internal readonly partial record struct Duration(int Seconds)
{
    public const int Longest = 86_400;

    public TimeSpan Span => TimeSpan.FromSeconds(Seconds);

    /// <summary>The time, or null where the text is none, or none from a second to a day.</summary>
    public static Duration? Parse(string text)
    {
        Match match = Written().Match(text.Trim());
        if (!match.Success)
            return null;
        int seconds = 3600 * Part("h") + 60 * Part("m") + Part("s");
        return seconds is < 1 or > Longest ? null : new Duration(seconds);

        int Part(string unit) => match.Groups[unit] is { Success: true } part ? int.Parse(part.Value) : 0;
    }

    public override string ToString() => $"{Seconds}s";

    [GeneratedRegex(@"\A(?=[0-9])((?<h>[0-9]{1,2})h)?((?<m>[0-9]{1,4})m)?((?<s>[0-9]{1,5})s?)?\z", RegexOptions.IgnoreCase)]
    private static partial Regex Written();
}
