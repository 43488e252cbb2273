using System.CommandLine;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit KIND …</c>: makes a job and answers its id at once.</summary>
internal static class SubmitCommand
{
    private static readonly Verb[] Kinds =
    [
        new("burst", static _ => BurstCommand.Create()), new("stack", static _ => StackCommand.Create()), new("run", static _ => RunCommand.Create()),
    ];

    public static Command Create(IReadOnlyList<string> arguments)
    {
        var command = new Command("submit", "Make a job and answer its id at once; a detached worker does it.");
        foreach (var kind in Verb.Choose(Kinds, arguments, position: 1))
            command.Subcommands.Add(kind.Create(arguments));
        return command;
    }
}
