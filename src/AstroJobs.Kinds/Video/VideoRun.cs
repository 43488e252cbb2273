using System.Globalization;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Pictures;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Video;

/// <summary>One run of a video in the worker: each picture is read once and handed to ffmpeg through its stdin; nothing but the video touches the disk.</summary>
internal sealed class VideoRun(VideoParameters parameters, JobContext context)
{
    public const string Program = "ffmpeg";
    private const string EncodedName = "encoded.txt";
    private const int DeflickerRadius = 4;

    private readonly List<VideoLeftOut> _leftOut = [];
    private int _shown;

    /// <exception cref="JobException"><c>bad_input</c> under two readable pictures; <c>tool_failed</c> with what ffmpeg said.</exception>
    public async Task RunAsync()
    {
        var started = context.Time.GetTimestamp();
        var pictures = Collect();
        var partial = Path.Combine(context.OutputFolder, $".{parameters.OutputName}.partial");
        try
        {
            var ran = await context.RunToolAsync(new Tool(Program, Arguments(partial)) { Feed = (stream, cancellation) => FeedAsync(pictures, stream, cancellation) }).ConfigureAwait(false);
            if (ran.ErrorTail.Contains("No space left on device", StringComparison.Ordinal))
                throw new JobException(ErrorCode.DiskFull, $"The disk filled up after {_shown} of {pictures.Count} pictures.", "Free some space, and retry the job.");
            if (ran.ExitCode != 0 && _shown >= 2)
                throw new JobException(ErrorCode.ToolFailed, $"ffmpeg ended with exit code {ran.ExitCode}. It said: {LastLine(ran.ErrorTail)}", "task.log has all it said.");
            if (_shown < 2)
                throw new JobException(ErrorCode.BadInput, $"{_shown} of {pictures.Count} pictures can be shown, and a video needs two.", "task.log names every picture that was left out and why.");
            if (Encoded() is { } encoded && encoded != _shown)
                throw new JobException(ErrorCode.ToolFailed, $"ffmpeg took {encoded} of {_shown} pictures.", "task.log has all it said.");
            Keep(partial);
        }
        finally
        {
            File.Delete(partial);
        }
        SaveResult(context.Time.GetElapsedTime(started));
        new GalleryShelf(parameters.Gallery, context).AddResults(parameters.OutputName);
    }

    private IReadOnlyList<string> Collect()
    {
        var pictures = PictureInputs.Collect(parameters.Frames, parameters.FromJob, context);
        return pictures.Count >= 2
            ? [.. pictures.Select(picture => picture.Path)]
            : throw new JobException(ErrorCode.BadInput, $"There are {pictures.Count} pictures to show, and a video needs two.");
    }

    private string[] Arguments(string target)
    {
        var size = FormattableString.Invariant($"{parameters.Width}x{parameters.Height}");
        var fps = parameters.Fps.ToString("0.######", CultureInfo.InvariantCulture);
        return
        [
            "-hide_banner", "-nostats", "-loglevel", "warning", "-progress", Path.Combine(context.WorkFolder, EncodedName),
            "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", size, "-framerate", fps, "-i", "pipe:0",
            "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-crf", parameters.Crf.ToString(CultureInfo.InvariantCulture),
            "-movflags", "+faststart", "-f", "mp4", "-y", target,
        ];
    }

    /// <summary>The next picture is read while ffmpeg takes the one before it.</summary>
    private async Task FeedAsync(IReadOnlyList<string> pictures, Stream encoder, CancellationToken cancellation)
    {
        var deflicker = parameters.Deflicker ? new Deflicker(DeflickerRadius) : null;
        var canvas = new FittedPicture(parameters.Width, parameters.Height, parameters.Stretch, parameters.DateStamp);
        var next = Task.Run(() => Read(canvas, pictures[0]), cancellation);
        for (var i = 0; i < pictures.Count; i++)
        {
            var picture = await next.ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (i + 1 < pictures.Count)
            {
                var path = pictures[i + 1];
                next = Task.Run(() => Read(canvas, path), cancellation);
            }
            if (picture is null)
                continue;
            await WriteAsync(deflicker?.Add(picture) ?? [picture], encoder, cancellation).ConfigureAwait(false);
            context.Report(i + 1, pictures.Count, "encode", $"Picture {i + 1}/{pictures.Count} shown");
        }
        await WriteAsync(deflicker?.Finish() ?? [], encoder, cancellation).ConfigureAwait(false);
    }

    private async Task WriteAsync(IReadOnlyList<byte[]> pictures, Stream encoder, CancellationToken cancellation)
    {
        foreach (var picture in pictures)
        {
            await encoder.WriteAsync(picture, cancellation).ConfigureAwait(false);
            _shown++;
        }
    }

    private byte[]? Read(FittedPicture canvas, string path)
    {
        try
        {
            return canvas.Read(path);
        }
        catch (ImageException exception)
        {
            context.Log.LogWarning("Left out {Path}: {Reason}", path, exception.Message);
            _leftOut.Add(new VideoLeftOut(path, exception.Message));
            return null;
        }
    }

    /// <summary>The number in the last <c>frame=</c> line of ffmpeg's progress file.</summary>
    private int? Encoded()
    {
        var file = Path.Combine(context.WorkFolder, EncodedName);
        var line = File.Exists(file) ? File.ReadLines(file).LastOrDefault(line => line.StartsWith("frame=", StringComparison.Ordinal)) : null;
        return int.TryParse(line?["frame=".Length..], CultureInfo.InvariantCulture, out var frames) ? frames : null;
    }

    private void Keep(string partial)
    {
        using (var file = File.OpenHandle(partial, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        File.Move(partial, Path.Combine(context.OutputFolder, parameters.OutputName), overwrite: true);
    }

    private void SaveResult(TimeSpan elapsed) => context.SaveResult(
        new VideoResult(
            parameters.OutputName,
            _shown,
            parameters.Fps,
            parameters.Width,
            parameters.Height,
            Math.Round(_shown / parameters.Fps, 3),
            new FileInfo(Path.Combine(context.OutputFolder, parameters.OutputName)).Length,
            _leftOut,
            Math.Round(elapsed.TotalSeconds, 3)),
        VideoJson.Default.VideoResult);

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "nothing";
}
