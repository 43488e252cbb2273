using System.Globalization;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Chooses the reference and finds where every frame lies on it.</summary>
internal sealed class FrameRegistrar(StackRequest request, IProgress<StackProgress>? progress)
{
    private const int Trials = 3;

    /// <param name="frames">At least one.</param>
    /// <param name="leaveOut">Is told every frame that cannot be used.</param>
    /// <returns>The usable frames in their order, and the reference among them.</returns>
    public (IReadOnlyList<RegisteredFrame> Frames, RegisteredFrame Reference) Register(
        IReadOnlyList<InspectedFrame> frames, Action<LeftOutFrame> leaveOut, CancellationToken cancellation)
    {
        var alike = OfOneColour(frames, leaveOut);
        return request.Alignment == StackAlignment.None ? InPlace(alike, leaveOut) : ByStars(alike, leaveOut, cancellation);
    }

    private static List<InspectedFrame> OfOneColour(IReadOnlyList<InspectedFrame> frames, Action<LeftOutFrame> leaveOut)
    {
        var colour = frames.Count(frame => frame.Channels == 3);
        var channels = colour * 2 >= frames.Count ? 3 : 1;
        foreach (var odd in frames.Where(frame => frame.Channels != channels))
        {
            var (is_, others) = channels == 3 ? ("mono", "colour") : ("colour", "mono");
            leaveOut(new LeftOutFrame(odd.Path, string.Create(
                CultureInfo.InvariantCulture,
                $"it is {is_}, and {frames.Count(frame => frame.Channels == channels)} of the {frames.Count} frames are {others}: stack mono and colour frames apart")));
        }
        return [.. frames.Where(frame => frame.Channels == channels)];
    }

    private static (IReadOnlyList<RegisteredFrame>, RegisteredFrame) InPlace(List<InspectedFrame> frames, Action<LeftOutFrame> leaveOut)
    {
        // The commonest size wins; of equally common ones the first.
        var (width, height) = frames.GroupBy(frame => (frame.Info.Width, frame.Info.Height)).MaxBy(group => group.Count())!.Key;
        var kept = new List<RegisteredFrame>();
        foreach (var frame in frames)
        {
            if ((frame.Info.Width, frame.Info.Height) == (width, height))
                kept.Add(new RegisteredFrame(frame, PixelMap.Identity, 0, 0));
            else
                leaveOut(new LeftOutFrame(frame.Path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"it has {frame.Info.Width}×{frame.Info.Height} pixels, the others {width}×{height}: only frames aligned by stars may differ in size")));
        }
        return (kept, kept[0]);
    }

    private (IReadOnlyList<RegisteredFrame>, RegisteredFrame) ByStars(List<InspectedFrame> frames, Action<LeftOutFrame> leaveOut, CancellationToken cancellation)
    {
        IReadOnlyList<StarMatch> best = [];
        var reference = 0;
        // A frame of another sky may look best of all: when most others do not fit it, the next best is tried.
        foreach (var candidate in StackReference.Rank([.. frames.Select(frame => frame.Field)]).Take(Trials))
        {
            var matches = MatchAll(frames, candidate, cancellation);
            if (Matched(matches) > Matched(best))
                (best, reference) = (matches, candidate);
            if (Matched(best) * 2 > frames.Count)
                break;
        }
        var kept = new List<RegisteredFrame>();
        for (var i = 0; i < frames.Count; i++)
        {
            if (best[i].ToReference is { } map)
                kept.Add(new RegisteredFrame(frames[i], map, best[i].RmsPixels, best[i].Inliers));
            else
                leaveOut(new LeftOutFrame(frames[i].Path, $"it cannot be registered on {Path.GetFileName(frames[reference].Path)}: {best[i].Reason}"));
        }
        return (kept, kept.Single(frame => frame.Frame == frames[reference]));
    }

    private StarMatch[] MatchAll(List<InspectedFrame> frames, int reference, CancellationToken cancellation)
    {
        var matches = new StarMatch[frames.Count];
        var matcher = new StarMatcher(frames[reference].Field);
        var done = 0;
        Crew.Run(request.Threads, frames.Count, (_, i, token) =>
        {
            token.ThrowIfCancellationRequested();
            matches[i] = i == reference
                ? new StarMatch(PixelMap.Identity, frames[i].Field.Stars.Count, 0, null)
                : matcher.Match(frames[i].Field);
            var count = Interlocked.Increment(ref done);
            var what = matches[i].ToReference is null ? "not registered" : "registered";
            progress?.Report(new StackProgress(count, frames.Count, StackPhase.Register, string.Create(
                CultureInfo.InvariantCulture, $"Frame {count}/{frames.Count} {what} ({frames[i].Field.Stars.Count} stars)")));
        }, cancellation);
        return matches;
    }

    private static int Matched(IReadOnlyList<StarMatch> matches) => matches.Count(match => match.ToReference is not null);
}
