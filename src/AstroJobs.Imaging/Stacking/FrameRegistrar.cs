using System.Globalization;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Chooses the reference and finds where every frame lies on it.</summary>
internal sealed class FrameRegistrar(StackRequest request, IProgress<StackProgress>? progress)
{
    /// <param name="frames">At least one.</param>
    /// <param name="leaveOut">Is told every frame that cannot be used.</param>
    /// <exception cref="StackException">The reference that was asked for is not among the usable frames.</exception>
    public RegisteredFrames Register(IReadOnlyList<InspectedFrame> frames, Action<LeftOutFrame> leaveOut, CancellationToken cancellation)
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

    private RegisteredFrames InPlace(List<InspectedFrame> frames, Action<LeftOutFrame> leaveOut)
    {
        // The size of the reference that was asked for; else the commonest, of equally common ones the first.
        var asked = AskedFor(frames);
        var (width, height) = asked is { } index
            ? (frames[index].Info.Width, frames[index].Info.Height)
            : frames.GroupBy(frame => (frame.Info.Width, frame.Info.Height)).MaxBy(group => group.Count())!.Key;
        var kept = new List<RegisteredFrame>();
        foreach (var frame in frames)
        {
            if ((frame.Info.Width, frame.Info.Height) == (width, height))
                kept.Add(new RegisteredFrame(frame, FrameMap.Identity, 0, 0));
            else
                leaveOut(new LeftOutFrame(frame.Path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"it has {frame.Info.Width}×{frame.Info.Height} pixels, the others {width}×{height}: only frames aligned by stars may differ in size")));
        }
        return new RegisteredFrames(kept, asked is null ? kept[0] : kept.Single(frame => frame.Frame == frames[asked.Value]), []);
    }

    private RegisteredFrames ByStars(List<InspectedFrame> frames, Action<LeftOutFrame> leaveOut, CancellationToken cancellation)
    {
        var ranked = AskedFor(frames) is { } asked ? [asked] : StackReference.Rank([.. frames.Select(frame => frame.Field)]);
        var (matches, reference) = new StarRegistrar(frames, request, progress, cancellation).Register(ranked);
        var kept = new List<RegisteredFrame>();
        for (var i = 0; i < frames.Count; i++)
        {
            if (matches[i].ToReference is { } map)
                kept.Add(new RegisteredFrame(frames[i], map, matches[i].RmsPixels, matches[i].Inliers) { FluxRatio = matches[i].FluxRatio, MissingStars = matches[i].MissingStars });
            else
                leaveOut(new LeftOutFrame(frames[i].Path, $"it cannot be registered on {Path.GetFileName(frames[reference].Path)}: {matches[i].Reason}"));
        }
        var through = frames.Zip(matches).Where(pair => pair.Second.Through is not null).Select(pair => $"{Path.GetFileName(pair.First.Path)} over {pair.Second.Through}").ToArray();
        return new RegisteredFrames(
            kept, kept.Single(frame => frame.Frame == frames[reference]), RegistrationNotes.Of(kept, through));
    }

    private int? AskedFor(List<InspectedFrame> frames)
    {
        if (request.Registration.Reference is not { } path)
            return null;
        var index = frames.FindIndex(frame => frame.Path == path);
        return index >= 0 ? index : throw new StackException($"The reference '{path}' is not among the frames that can be used. Choose another, or leave the choice to the program.", []);
    }
}
