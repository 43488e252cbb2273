using System.CommandLine;
using AstroJobs.Kinds.Timelapse;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit timelapse</c>: shots at times that are known beforehand.</summary>
internal static class TimelapseCommand
{
    public static Command Create()
    {
        var times = new TimelapseOptions();
        var command = new Command("timelapse", "Shots on a schedule that never drifts: at an interval, at single times, or night after night while a window is open. It holds its camera from start to end.");
        foreach (var option in times.All)
            command.Options.Add(option);
        var shooting = ShootingOptions.AddTo(command, new TimelapseParameters());
        var chain = ChainOptions.OfSeries();
        foreach (var option in chain.All)
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var parameters = shooting.Read(parsed, times.Into(parsed, new TimelapseParameters { Then = chain.Read(session, parsed) }, session.Time));
            return Task.FromResult(submit.Submit(session, parsed, new TimelapseKind(), parameters, cancellation));
        });
        return command;
    }
}
