using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Cameras;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit burst</c>: frames from a camera.</summary>
internal static class BurstCommand
{
    private static readonly BurstParameters Defaults = new();

    public static Command Create()
    {
        var camera = new Option<string>("--camera") { Description = $"The camera: {string.Join(", ", CameraDrivers.Names)} (sim draws the real sky).", HelpName = "NAME", DefaultValueFactory = _ => Defaults.Camera };
        var count = new Option<int>("--count") { Description = "How many frames.", HelpName = "N", DefaultValueFactory = _ => Defaults.Count };
        var interval = DurationOption.Create("--interval", "From the start of one frame to the start of the next (default: 0, one after the other).");
        var exposure = DurationOption.Create("--exposure", $"How long each is exposed (default: {Defaults.Exposure.TotalSeconds} s).");
        var iso = new Option<int?>("--iso") { Description = "Sensitivity (default: as the camera is set).", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "fits, tif, png or jpg.", HelpName = "FORMAT", DefaultValueFactory = _ => Defaults.Format };
        var prefix = new Option<string>("--prefix") { Description = "What file names begin with.", HelpName = "TEXT", DefaultValueFactory = _ => Defaults.Prefix };
        var type = ChoiceOption.Create("--type", "What the frames are for", Defaults.Type);
        var target = new Option<string?>("--target") { Description = "What the frames show (FITS OBJECT).", HelpName = "NAME" };
        var command = new Command("burst", "Frames from a camera, one after the other or at an interval.");
        foreach (var option in (Option[])[camera, count, interval, exposure, iso, format, prefix, type, target])
            command.Options.Add(option);
        var sim = SimulatedCameraOptions.AddTo(command);
        var chain = new ChainOptions();
        foreach (var option in chain.All)
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var parameters = new BurstParameters
            {
                Camera = parsed.GetValue(camera)!,
                Count = parsed.GetValue(count),
                Interval = parsed.GetValue(interval) ?? Defaults.Interval,
                Exposure = parsed.GetValue(exposure) ?? Defaults.Exposure,
                Iso = parsed.GetValue(iso),
                Format = parsed.GetValue(format)!,
                Prefix = parsed.GetValue(prefix)!,
                Type = parsed.GetValue(type) ?? Defaults.Type,
                Sim = sim.Read(parsed, parsed.GetValue(target)),
                Then = chain.Read(session, parsed),
            };
            return Task.FromResult(submit.Submit(session, parsed, new BurstKind(), parameters, cancellation));
        });
        return command;
    }
}
