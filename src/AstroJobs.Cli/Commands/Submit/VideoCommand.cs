using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Kinds.Video;

namespace AstroJobs.Cli.Commands.Submit;

/// <summary><c>submit video</c>: pictures one after the other as an MP4.</summary>
internal static class VideoCommand
{
    private static readonly VideoParameters Defaults = new();

    public static Command Create()
    {
        var inputs = new Argument<string[]>("IMAGE") { Description = "Pictures, folders of pictures, or patterns such as 'night/*.jpg'; the same as --image.", Arity = ArgumentArity.ZeroOrMore };
        var images = new Option<string[]>("--image") { Description = "A picture, a folder of pictures, or a pattern; repeatable.", HelpName = "PATH" };
        var list = new Option<string?>("--list") { Description = "A text file with one such entry a line.", HelpName = "FILE" };
        var fromJob = new Option<string?>("--from-job") { Description = "The frames of this job, for example a burst; the video starts when it is done.", HelpName = "ID" };
        var gallery = GalleryOption.Create("Put the result into this gallery under $GALLERY_ROOT; where no other pictures are named, its images are taken.");
        var fps = new Option<double>("--fps") { Description = "Pictures a second.", HelpName = "N", DefaultValueFactory = _ => Defaults.Fps };
        var size = SizeOption.Create("--size", $"Pixels of the video; pictures are fitted into it on black (default: {Defaults.Width}x{Defaults.Height}).");
        var crf = new Option<int>("--crf") { Description = "Quality: 0 (lossless) to 51; 18 looks like the pictures.", HelpName = "N", DefaultValueFactory = _ => Defaults.Crf };
        var stretch = ChoiceOption.Create("--stretch", "Whether pictures are brightened for the eye; auto: all that have more than eight bits", Defaults.Stretch);
        var deflicker = new Option<bool>("--deflicker") { Description = "Even out the brightness from picture to picture." };
        var date = new Option<bool>("--date-stamp") { Description = "Write into each picture when it was taken (UTC), where its file says so." };
        var output = new Option<string>("--output-name") { Description = "File name of the video, ending in .mp4.", HelpName = "NAME", DefaultValueFactory = _ => Defaults.OutputName };
        var command = new Command("video", "Pictures one after the other as an MP4, by ffmpeg.");
        inputs.Validators.Add(Misuse.RefuseOptions);
        command.Arguments.Add(inputs);
        foreach (var option in (Option[])[images, list, fromJob, gallery, fps, size, crf, stretch, deflicker, date, output])
            command.Options.Add(option);
        var submit = SubmitOptions.AddTo(command);
        command.Runs((session, parsed, cancellation) =>
        {
            var parameters = new VideoParameters
            {
                Images = [.. parsed.GetValue(images) ?? [], .. parsed.GetValue(inputs) ?? []],
                ListFile = parsed.GetValue(list),
                FromJob = parsed.GetValue(fromJob),
                Gallery = GalleryOption.Place(parsed.GetValue(gallery)),
                Fps = parsed.GetValue(fps),
                Width = parsed.GetValue(size)?.Width ?? Defaults.Width,
                Height = parsed.GetValue(size)?.Height ?? Defaults.Height,
                Crf = parsed.GetValue(crf),
                Stretch = parsed.GetValue(stretch) ?? Defaults.Stretch,
                Deflicker = parsed.GetValue(deflicker),
                DateStamp = parsed.GetValue(date),
                OutputName = parsed.GetValue(output)!,
            };
            return Task.FromResult(submit.Submit(session, parsed, new VideoKind(), parameters, cancellation));
        });
        return command;
    }
}
