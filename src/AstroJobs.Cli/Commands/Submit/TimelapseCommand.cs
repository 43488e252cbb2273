using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Timelapse;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit timelapse</c>: shots at times that are known beforehand.</summary>
internal static class TimelapseCommand
{
    private static readonly TimelapseParameters Defaults = new();

    public static Command Create()
    {
        var times = new TimelapseOptions();
        var camera = new Option<string>("--camera") { Description = $"The camera: {string.Join(", ", CameraDrivers.Names)} (sim draws the real sky).", HelpName = "NAME", DefaultValueFactory = _ => Defaults.Camera };
        var exposure = DurationOption.Create("--exposure", $"How long each is exposed (default: {Defaults.Exposure.TotalSeconds} s).");
        var iso = new Option<int?>("--iso") { Description = "Sensitivity (default: as the camera is set).", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "fits, tif, png or jpg.", HelpName = "FORMAT", DefaultValueFactory = _ => Defaults.Format };
        var prefix = new Option<string>("--prefix") { Description = "What file names begin with.", HelpName = "TEXT", DefaultValueFactory = _ => Defaults.Prefix };
        var type = ChoiceOption.Create("--type", "What the frames are for", Defaults.Type);
        var target = new Option<string?>("--target") { Description = "What the frames show (FITS OBJECT).", HelpName = "NAME" };
        var command = new Command("timelapse", "Shots on a schedule that never drifts: at an interval, at single times, or night after night while a window is open. It holds its camera from start to end.");
        foreach (var option in (Option[])[.. times.All, camera, exposure, iso, format, prefix, type, target])
            command.Options.Add(option);
        var sim = SimulatedCameraOptions.AddTo(command);
        var chain = new ChainOptions();
        foreach (var option in chain.All)
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var parameters = times.Into(parsed, new TimelapseParameters
            {
                Camera = parsed.GetValue(camera)!,
                Exposure = parsed.GetValue(exposure) ?? Defaults.Exposure,
                Iso = parsed.GetValue(iso),
                Format = parsed.GetValue(format)!,
                Prefix = parsed.GetValue(prefix)!,
                Type = parsed.GetValue(type) ?? Defaults.Type,
                Sim = sim.Read(parsed, parsed.GetValue(target)),
                Then = chain.Read(session, parsed),
            }, session.Time);
            return Task.FromResult(submit.Submit(session, parsed, new TimelapseKind(), parameters, cancellation));
        });
        return command;
    }
}
