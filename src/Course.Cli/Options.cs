using System.CommandLine;

namespace Course.Cli;

/// <summary>Options that commands share.</summary>
internal static class Options
{
    private const int LongestTimeout = 86_400;

    public static Option<int> Timeout(int seconds, string what)
    {
        var option = new Option<int>("--timeout") { Description = what, HelpName = "SECONDS", DefaultValueFactory = _ => seconds };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int given) && given is < 1 or > LongestTimeout)
                result.AddError($"--timeout must be at least one second and at most {LongestTimeout}");
        });
        return option;
    }

    public static Argument<string[]> Notebooks(string what) => new("NOTEBOOK") { Description = what, Arity = ArgumentArity.ZeroOrMore };
}
