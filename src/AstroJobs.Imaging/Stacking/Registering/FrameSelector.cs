using System.Globalization;
using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>Measures registered frames and leaves out those that are not good enough.</summary>
internal static class FrameSelector
{
    /// <param name="leaveOut">Is told every frame that is rejected.</param>
    /// <returns>The frames that are taken, each with its quality; the reference stays what the others are laid on, taken or not.</returns>
    public static RegisteredFrames Select(RegisteredFrames registered, StackRequest request, Action<LeftOutFrame> leaveOut)
    {
        var measured = Measure(registered.Frames, request.Alignment);
        var reference = measured.Single(frame => frame.Frame == registered.Reference.Frame);
        var kept = KeepBest(Reject(measured, request, leaveOut), request, leaveOut);
        return registered with { Frames = kept, Reference = reference };
    }

    private static List<RegisteredFrame> Measure(IReadOnlyList<RegisteredFrame> frames, StackAlignment alignment)
    {
        double[] light = [.. frames.Select(frame => frame.FluxRatio / (frame.Frame.Info.Metadata.Exposure is { TotalSeconds: > 0 } exposure ? exposure.TotalSeconds : 1))];
        var median = MapFit.Median(light);
        return [.. frames.Select((frame, i) => frame with { Quality = Measure(frame, alignment == StackAlignment.Stars ? light[i] / median : null) })];
    }

    private static FrameQuality Measure(RegisteredFrame frame, double? transparency)
    {
        var field = frame.Frame.Field;
        var byStars = transparency is not null;
        return new FrameQuality
        {
            Stars = byStars ? field.Stars.Count : null,
            Fwhm = field.Fwhm,
            Eccentricity = field.Eccentricity,
            Background = field.Background,
            Noise = field.Noise,
            SignalToNoise = field.SignalToNoise,
            Transparency = transparency,
            MissingStars = byStars ? frame.MissingStars : null,
            RmsPixels = byStars ? frame.RmsPixels : null,
            Sharpness = frame.Sharpness,
        };
    }

    private static List<RegisteredFrame> Reject(List<RegisteredFrame> frames, StackRequest request, Action<LeftOutFrame> leaveOut)
    {
        if (request.Registration.RejectFrames is not { } criteria)
            return frames;
        var reasons = criteria.Judge([.. frames.Select(frame => frame.Quality)]);
        for (var i = 0; i < frames.Count; i++)
        {
            if (reasons[i] is { } reason)
                leaveOut(new LeftOutFrame(frames[i].Frame.Path, $"rejected: {reason}") { Quality = frames[i].Quality });
        }
        return [.. frames.Where((_, i) => reasons[i] is null)];
    }

    private static string Figures(FrameQuality quality) => quality.Sharpness is { } sharpness
        ? string.Create(CultureInfo.InvariantCulture, $"its sharpness of {sharpness:G4}")
        : string.Create(CultureInfo.InvariantCulture, $"its stars: fwhm {quality.Fwhm:0.00} px, roundness {quality.Roundness:0.00}, {quality.Stars} stars, snr {quality.SignalToNoise:0}");

    private static List<RegisteredFrame> KeepBest(List<RegisteredFrame> frames, StackRequest request, Action<LeftOutFrame> leaveOut)
    {
        if (request.Registration.Best is not { } best || frames.Count == 0)
            return frames;
        IReadOnlyList<int> order = request.Alignment == StackAlignment.Surface
            ? [.. Enumerable.Range(0, frames.Count).OrderByDescending(i => frames[i].Sharpness)]
            : StackReference.Rank([.. frames.Select(frame => frame.Frame.Field)]);
        var count = best.Of(frames.Count);
        var kept = order.Take(count).ToHashSet();
        for (var place = count; place < frames.Count; place++)
        {
            var frame = frames[order[place]];
            leaveOut(new LeftOutFrame(frame.Frame.Path, string.Create(
                CultureInfo.InvariantCulture, $"not among the best {best}: place {place + 1} of {frames.Count} by {Figures(frame.Quality)}"))
            { Quality = frame.Quality });
        }
        return [.. frames.Where((_, i) => kept.Contains(i))];
    }
}
