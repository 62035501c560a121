using System.CommandLine;
using System.CommandLine.Parsing;
using Course.Grading;

namespace Course.Cli;

/// <summary>What is wrong with a command line, in words that name what was written and the remedy.</summary>
internal static class Mistakes
{
    /// <summary>The mistakes; none where the line can be carried out.</summary>
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] options = [.. UnknownOptions(parsed)];
        if (options.Length > 0)
            return [.. options.Select(option => $"there is no option '{option}'{Nearest.Question(option, OptionsOf(parsed))}")];
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var unknown, ..])
        {
            string[] names = [.. command.Subcommands.Select(c => c.Name)];
            string question = Nearest.Question(unknown, names);
            return [$"there is no command '{unknown}'{(question.Length > 0 ? question : $". There are: {string.Join(", ", names)}")}"];
        }
        if (command.Subcommands.Count > 0 && command.Action is null)
        {
            return parsed.Errors.Count == 0
                ? []
                : [$"'{command.Name}' needs to know what: {string.Join(", ", command.Subcommands.Select(c => c.Name))}"];
        }
        return [.. parsed.Errors.Select(Told).Distinct()];
    }

    /// <summary>What to write to be told about the command.</summary>
    public static string HelpFor(ParseResult parsed)
    {
        var names = new List<string> { "--help" };
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
            names.Insert(0, command.Command.Name);
        return string.Join(' ', names);
    }

    private static string Told(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0 } option => MissingValue(option),
        ArgumentResult { Tokens.Count: 0, Parent: OptionResult option } => MissingValue(option),
        ArgumentResult { Tokens.Count: 0 } argument => Missing(argument.Argument),
        CommandResult command when command.Children.OfType<ArgumentResult>()
            .FirstOrDefault(a => a.Tokens.Count < a.Argument.Arity.MinimumNumberOfValues) is { } argument => Missing(argument.Argument),
        _ => error.Message,
    };

    private static string Missing(Argument argument) => $"{argument.Name} is missing. {argument.Description}";

    private static string MissingValue(OptionResult option) =>
        $"{option.Option.Name} needs a value: {option.Option.Name} {option.Option.HelpName}. {option.Option.Description}";

    /// <summary>
    /// What looks like an option and was taken for an argument, since no option is called so. What stands after <c>--</c> is none.
    /// </summary>
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        var plain = new HashSet<Token>(parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash), ReferenceEqualityComparer.Instance);
        IEnumerable<Token> arguments = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens);
        return arguments.Where(t => !plain.Contains(t)).Select(t => t.Value).Concat(parsed.UnmatchedTokens)
            .Where(text => text.Length > 1 && text[0] == '-').Distinct();
    }

    private static IEnumerable<string> OptionsOf(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
        {
            IEnumerable<Option> options = at is CommandResult command
                ? command.Command.Options.Where(o => at == parsed.CommandResult || o.Recursive)
                : [];
            foreach (Option option in options)
                yield return option.Name;
        }
    }
}
