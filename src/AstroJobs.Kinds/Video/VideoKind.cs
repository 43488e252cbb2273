using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Video;

/// <summary>Pictures one after the other as an MP4, by ffmpeg.</summary>
public sealed class VideoKind() : JobKind<VideoParameters>(static () => VideoJson.Default.VideoParameters, static () => new())
{
    private const int LeastSide = 16;
    private const int MostSide = 7680;
    private const double MostFps = 240;
    private const int WorstCrf = 51;

    public override string Name => "video";

    public override IReadOnlyList<string> SlotsFor(VideoParameters parameters) => ["cpu"];

    public override VideoParameters Prepare(VideoParameters parameters, SubmitContext context)
    {
        CheckPicture(parameters);
        if (parameters.OutputName != Path.GetFileName(parameters.OutputName) || !(parameters.OutputName is [not '.', .., '.', 'm', 'p', '4']))
            throw Wrong($"The video cannot be called '{parameters.OutputName}': give a file name without a path that ends in .mp4.");
        if (ProgramPath.Find(VideoRun.Program, context.CallerFolder) is null)
            throw new JobException(ErrorCode.ToolMissing, "Videos are made by ffmpeg, and it is not installed.", "On Debian and Raspberry Pi OS: sudo apt install ffmpeg");
        parameters = parameters with { Images = Gallery.ImagesFor(parameters.Gallery, parameters.Images, parameters.ListFile is not null || parameters.FromJob is not null) };
        var frames = PictureInputs.Resolve(parameters.Images, parameters.ListFile, context.CallerFolder);
        var from = parameters.FromJob is { } job ? context.WaitFor(job).ToString() : null;
        if (from is null && frames.Count < 2)
            throw new JobException(
                ErrorCode.BadInput,
                frames.Count == 0 ? "There is nothing to show." : $"There is only one picture to show, '{frames[0].Path}': a video needs two.",
                "Give pictures with --image (files, folders, patterns), a list file, or a job that takes frames.");
        PictureManifest.Write(context.InputFolder, frames.Select(static frame => frame.Path));
        return parameters with
        {
            Images = [.. parameters.Images.Select(image => Path.GetFullPath(image, context.CallerFolder))],
            ListFile = parameters.ListFile is { } list ? Path.GetFullPath(list, context.CallerFolder) : null,
            FromJob = from,
            Frames = frames,
        };
    }

    protected override Task RunAsync(VideoParameters parameters, JobContext context) => new VideoRun(parameters, context).RunAsync();

    private static void CheckPicture(VideoParameters parameters)
    {
        if (parameters.Fps is not (> 0 and <= MostFps))
            throw Wrong($"A video cannot show {parameters.Fps} pictures a second: give more than 0 and at most {MostFps}.");
        foreach (var side in (int[])[parameters.Width, parameters.Height])
            if (side is < LeastSide or > MostSide || side % 2 != 0)
                throw Wrong($"A video cannot have {parameters.Width}×{parameters.Height} pixels: each side is an even number from {LeastSide} to {MostSide}.");
        if (parameters.Crf is < 0 or > WorstCrf)
            throw Wrong($"The quality (crf) cannot be {parameters.Crf}: it goes from 0 (lossless) to {WorstCrf}; 18 to 23 are usual.");
    }

    private static JobException Wrong(FormattableString message) => new(ErrorCode.BadInput, FormattableString.Invariant(message));
}
