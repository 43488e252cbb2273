using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Stack;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit stack</c>: many frames made one picture.</summary>
internal static class StackCommand
{
    private static readonly StackParameters Defaults = new();

    public static Command Create()
    {
        var inputs = new Argument<string[]>("IMAGE") { Description = "Pictures, folders of pictures, or patterns such as 'lights/*.fits'; the same as --image.", Arity = ArgumentArity.ZeroOrMore };
        var images = new Option<string[]>("--image") { Description = "A picture, a folder of pictures, or a pattern; repeatable.", HelpName = "PATH" };
        var list = new Option<string?>("--list") { Description = "A text file with one such entry a line.", HelpName = "FILE" };
        var fromJob = new Option<string?>("--from-job") { Description = "The frames of this job, for example a burst; the stack starts when it is done.", HelpName = "ID" };
        var gallery = GalleryOption.Create("Put the result into this gallery under $GALLERY_ROOT; where no other pictures are named, its images are taken.");
        var mode = ChoiceOption.Create("--mode", "How the values of a pixel become one", Defaults.Mode);
        var normalize = ChoiceOption.Create("--normalize", "How frames are brought to the sky of the reference; auto is additive-scaling where samples are rejected, else none; additive-scaling follows the sky of a frame where a cloud or a glow gives it another shape than the others have; local does it place by place and takes drifting clouds out, as auto does of landscapes", Defaults.Normalize);
        var weights = ChoiceOption.Create("--weights", "How much each frame counts in the mean or sum", Defaults.Weights);
        var rejection = ChoiceOption.Create("--rejection", "Which samples of a pixel are left out of the mean or sum; auto is winsorized for five frames or more", Defaults.Rejection);
        var low = new Option<double?>("--low") { Description = "How far below is too far: sigmas (default: 3); percentile: a part of the median (0.2); gesd: the largest part of outliers (0.3).", HelpName = "N" };
        var high = new Option<double?>("--high") { Description = "How far above is too far: sigmas (default: 3); percentile: a part of the median (0.1); gesd: the significance (0.05).", HelpName = "N" };
        var maps = new Option<bool>("--rejection-maps") { Description = "Also write rejection-low.fits and rejection-high.fits: how many frames were left out at each pixel." };
        var registration = new RegistrationOptions();
        var demosaic = ChoiceOption.Create("--demosaic", "How a mosaic becomes colour: malvar keeps the width of stars and their light in each colour, bilinear widens them, rcd follows edges and pales tinted stars", Defaults.Demosaic);
        var calibration = new CalibrationOptions();
        var rendering = new RenderingOptions();
        var live = new LiveOptions();
        var trails = new TrailOptions();
        var landscape = new LandscapeOptions();
        var memory = BytesOption.Create("--memory", "About how much memory the pixels may take, such as 256M (default: a quarter of what is free, at least 128M).");
        var every = DurationOption.Create("--checkpoint-every", "How much work may be lost when the stack is stopped and resumed (default: 10s).");
        var output = new Option<string>("--output-name") { Description = "File name of the result; its ending says the format: .fits .tif .png .jpg.", HelpName = "NAME", DefaultValueFactory = _ => Defaults.OutputName };
        var command = new Command("stack", "Many frames of one sky registered on the stars and made one picture.");
        inputs.Validators.Add(Misuse.RefuseOptions);
        command.Arguments.Add(inputs);
        foreach (var option in (Option[])[images, list, fromJob, gallery, mode, normalize, weights, rejection, low, high, maps, .. registration.All, demosaic, .. calibration.All, .. rendering.All, .. trails.All, .. landscape.All, .. live.All, memory, every, output])
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var parameters = calibration.Into(parsed, new StackParameters
            {
                Images = [.. parsed.GetValue(images) ?? [], .. parsed.GetValue(inputs) ?? []],
                ListFile = parsed.GetValue(list),
                FromJob = parsed.GetValue(fromJob),
                Gallery = GalleryOption.Place(parsed.GetValue(gallery)),
                Mode = parsed.GetValue(mode) ?? Defaults.Mode,
                Normalize = parsed.GetValue(normalize) ?? Defaults.Normalize,
                Weights = parsed.GetValue(weights) ?? Defaults.Weights,
                Rejection = parsed.GetValue(rejection) ?? Defaults.Rejection,
                Low = parsed.GetValue(low),
                High = parsed.GetValue(high),
                RejectionMaps = parsed.GetValue(maps),
                Demosaic = parsed.GetValue(demosaic) ?? Defaults.Demosaic,
                MemoryBytes = parsed.GetValue(memory),
                CheckpointEvery = parsed.GetValue(every) ?? Defaults.CheckpointEvery,
                OutputName = parsed.GetValue(output)!,
            });
            parameters = registration.Into(parsed, parameters);
            parameters = live.Into(parsed, landscape.Into(parsed, trails.Into(parsed, rendering.Into(parsed, parameters))));
            return Task.FromResult(submit.Submit(session, parsed, new StackKind(), parameters, cancellation));
        });
        return command;
    }
}
