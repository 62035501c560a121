using System.CommandLine;

namespace Course.Cli;

/// <summary><c>course completion</c>: the script by which a shell completes the command.</summary>
internal static class CompletionCommand
{
    // Each asks the command itself, by its directive [suggest], about the line without its first word. Where the command knows nothing,
    // files are completed.
    private const string Bash = """
        _course() {
          local line=${COMP_LINE#* } words
          words=$("${COMP_WORDS[0]/#\~/$HOME}" "[suggest:$((COMP_POINT - ${#COMP_LINE} + ${#line}))]" "$line" 2> /dev/null)
          COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _course course
        """;

    private const string Zsh = """
        (( $+functions[compdef] )) || { autoload -U compinit && compinit }
        _course() {
          local line=${BUFFER#* } found
          found=(${(f)"$(${(Q)~words[1]} "[suggest:$((CURSOR - ${#BUFFER} + ${#line}))]" "$line" 2> /dev/null)"})
          compadd -a found || _files
        }
        compdef _course course
        """;

    private const string Fish = """
        function _course
          set -l line (commandline -cp | string replace -r '^\s*\S+\s' '')
          eval (commandline -opc)[1] "'[suggest:"(string length -- "$line")"]'" (string escape -- "$line") 2> /dev/null
        end
        complete -c course -a '(_course)'
        """;

    public static Command Create()
    {
        var command = new Command(
            "completion", "Print the script by which a shell completes commands, options, exercises, chapters and notebooks.");
        foreach ((string name, string script, string load) in new[]
        {
            ("bash", Bash, "eval \"$(./course completion bash)\""),
            ("zsh", Zsh, "eval \"$(./course completion zsh)\""),
            ("fish", Fish, "./course completion fish | source"),
        })
        {
            var shell = new Command(name, $"For {name}: {load}");
            shell.SetAction(_ => Console.Out.Write(script.ReplaceLineEndings("\n") + "\n"));
            command.Add(shell);
        }
        return command;
    }
}
