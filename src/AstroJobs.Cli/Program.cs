using AstroJobs.Cli.Commands;
using AstroJobs.Cli.Commands.Submit;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Running;

namespace AstroJobs.Cli;

/// <summary>Where the program begins. Not asynchronous itself: that alone would cost a poll a millisecond.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        StandardFiles.OpenMissing();
        return StatusPoll.TryAnswer(arguments) ?? PlainSubmit.TryAnswer(arguments) ?? Run(arguments);
    }

    private static int Run(string[] arguments) => arguments switch
    {
        [Worker.Verb, ..] => WorkCommand.Run(arguments[1..]),
        [Notifier.Verb, ..] => NotifyCommand.RunAsync(arguments[1..]).GetAwaiter().GetResult(),
        [JobEngine.AlarmVerb, var store] => AlarmCommand.Run(store),
        _ => CommandLine.RunAsync(arguments).GetAwaiter().GetResult(),
    };
}
