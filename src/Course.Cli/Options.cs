using System.CommandLine;
using Course.Grading;

namespace Course.Cli;

/// <summary>Options and arguments that commands share.</summary>
internal static class Options
{
    public static Option<Duration> Timeout(int seconds, string what) => new("--timeout")
    {
        Description = $"{what} In seconds, or as in 2m or 1m30s.",
        HelpName = "TIME",
        DefaultValueFactory = _ => new Duration(seconds),
        CustomParser = result =>
        {
            if (Duration.Parse(result.Tokens.Single().Value) is { } time)
                return time;
            result.AddError(
                $"--timeout '{result.Tokens.Single().Value}' is no time that can be kept to: "
                + $"it must be at least one second and at most {Duration.Longest} (a day). Write it as in 30, 30s, 2m or 1m30s");
            return default;
        },
    };

    /// <summary>An option with a whole number.</summary>
    public static Option<int> Number(string name, int usual, int most, string what) => new(name)
    {
        Description = what,
        HelpName = "N",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens.Single().Value, out int number) && number >= 1 && number <= most)
                return number;
            result.AddError($"{name} '{result.Tokens.Single().Value}' must be a whole number from 1 to {most}");
            return 0;
        },
    };

    /// <summary>An option that is one of a few words.</summary>
    public static Option<T> Word<T>(string name, T usual, string what)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<T>(name)
        {
            Description = what,
            HelpName = name.TrimStart('-').ToUpperInvariant(),
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                string given = result.Tokens.Single().Value;
                if (words.Contains(given.ToLowerInvariant()))
                    return Enum.Parse<T>(given, ignoreCase: true);
                result.AddError($"{name} '{given}' is none of {string.Join(", ", words)}{Nearest.Question(given, words)}");
                return usual;
            },
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }

    public static Argument<string[]> Notebooks(string what)
    {
        var notebooks = new Argument<string[]>("NOTEBOOK") { Description = what, Arity = ArgumentArity.ZeroOrMore };
        notebooks.CompletionSources.Add(_ => Names.Notebooks());
        return notebooks;
    }
}
