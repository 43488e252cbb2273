using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Stack.Live;

/// <summary>What can be known to be wrong with a live stack at submit.</summary>
internal static class LiveCheck
{
    public static StackParameters Prepare(StackParameters parameters, SubmitContext context)
    {
        if (parameters.Mode is not (StackMode.Mean or StackMode.Max))
            throw Wrong($"A live stack cannot be a {parameters.Mode.ToString().ToLowerInvariant()}: that needs all frames at once.", "Take mode mean, or max for star trails.");
        if (parameters.Rejection is not (StackRejection.Auto or StackRejection.Sigma or StackRejection.None))
            throw Wrong("A live stack compares each frame with the mean of those before it.", "Leave the rejection to it (auto), say sigma, or none.");
        if (parameters.RejectionMaps || parameters.Weights != StackWeighting.None || parameters.ListFile is not null || parameters.Reference is not (null or "auto"))
            throw Wrong("A live stack has no rejection maps, weights, list file or chosen reference: it lays every frame on the first.", "Leave these out.");
        if (parameters is not { RejectFrames: null, Best: null, Framing: StackFraming.Reference, CoverageMap: false, Comet: null, Drizzle: null })
            throw Wrong("A live stack takes every frame that can be laid on the first, on the first one's pixels.", "Leave --reject-frames, --best, --framing, --coverage-map, --comet and --drizzle out; stack the frames again in the morning with them.");
        if (parameters.Normalize == StackNormalization.Local)
            throw Wrong("A live stack cannot tell clouds by the other frames: they are not there yet.", "Leave --normalize local out; stack the frames again in the morning with it.");
        if (parameters is not { Align: not StackAlignment.Surface, Resample: ResamplingKernel.Lanczos4 })
            throw Wrong("A live stack aligns by stars or not at all, and resamples by Lanczos-4.", "Leave --align surface and --resample out.");
        if (parameters.LiveUntil <= TimeSpan.Zero)
            throw Wrong("A live stack cannot end after no time.", "Give a duration such as 10m.");
        if (parameters.Images.Count == 0 && parameters.FromJob is null)
            throw Wrong("There is nothing to follow.", "Give a folder, a pattern, or a job that takes frames (--from-job).");
        var images = parameters.Images.Select(image => Path.GetFullPath(image, context.CallerFolder)).ToArray();
        foreach (var image in images.Where(image => !Path.Exists(image) && !Path.GetFileName(image).AsSpan().ContainsAny('*', '?')))
            throw new JobException(ErrorCode.ImageNotFound, $"There is no folder '{image}'.", "Make it first: frames may come later.");
        return parameters with { Images = images, FromJob = parameters.FromJob is { } job ? context.Find(job).ToString() : null };
    }

    private static JobException Wrong(string message, string hint) => new(ErrorCode.BadInput, message, hint);
}
