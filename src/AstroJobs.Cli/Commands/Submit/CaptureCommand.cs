using System.CommandLine;
using AstroJobs.Kinds.Capture;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit capture</c>: one frame from a camera.</summary>
internal static class CaptureCommand
{
    public static Command Create()
    {
        var command = new Command("capture", "One frame from a camera; with --wait its file is answered at once.");
        var shooting = ShootingOptions.AddTo(command);
        var chain = ChainOptions.OfOneFrame();
        foreach (var option in chain.All)
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var parameters = shooting.Read(parsed, new CaptureParameters { Then = chain.Read(session, parsed) });
            return Task.FromResult(submit.Submit(session, parsed, new CaptureKind(), parameters, cancellation));
        });
        return command;
    }
}
