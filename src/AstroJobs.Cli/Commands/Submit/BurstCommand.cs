using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Burst;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit burst</c>: frames from a camera.</summary>
internal static class BurstCommand
{
    private static readonly BurstParameters Defaults = new();

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many frames.", HelpName = "N", DefaultValueFactory = _ => Defaults.Count };
        var interval = DurationOption.Create("--interval", "From the start of one frame to the start of the next (default: 0, one after the other).");
        var maxFailures = new Option<int?>("--max-failures") { Description = "End in error when more frames than this have failed (default: only when none has come).", HelpName = "N" };
        var command = new Command("burst", "Frames from a camera, one after the other or at an interval.");
        foreach (var option in (Option[])[count, interval, maxFailures])
            command.Options.Add(option);
        var shooting = ShootingOptions.AddTo(command);
        var chain = ChainOptions.OfSeries();
        foreach (var option in chain.All)
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var parameters = shooting.Read(parsed, new BurstParameters
            {
                Count = parsed.GetValue(count),
                Interval = parsed.GetValue(interval) ?? Defaults.Interval,
                MaxFailures = parsed.GetValue(maxFailures),
                Then = chain.Read(session, parsed),
            });
            return Task.FromResult(submit.Submit(session, parsed, new BurstKind(), parameters, cancellation));
        });
        return command;
    }
}
