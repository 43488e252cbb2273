using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;

namespace AstroJobs.Cli.Commands;

/// <summary><c>completion bash|zsh|fish</c>: a script for the shell's start file. The words themselves come from the program, by System.CommandLine's [suggest] directive.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print what completes the words of astrojobs in a shell: eval \"$(astrojobs completion bash)\".");
        command.Arguments.Add(shell);
        command.Runs((session, parsed) =>
        {
            session.Answer.Text(Script(parsed.GetValue(shell)!));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Script(string shell) => shell switch
    {
        "bash" => """
            _astrojobs() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(astrojobs "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _astrojobs astrojobs
            """,
        "zsh" => """
            _astrojobs() {
              local -a words_found
              words_found=("${(@f)$(astrojobs "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
              compadd -- $words_found
            }
            compdef _astrojobs astrojobs
            """,
        _ => """
            complete -c astrojobs -f -a '(astrojobs "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
            """,
    };
}
