using System.Globalization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>Chooses the reference and finds where every frame lies on it.</summary>
internal sealed class FrameRegistrar(StackSession session)
{
    private const int FewStars = 8; // of fewer, a match is a matter of luck

    private readonly StackRequest _request = session.Request;

    /// <summary>Whether the frames' pixels are at hand: where stars do not tell, whole pictures are looked at.</summary>
    public bool ReadsPixels { get; init; } = true;

    /// <param name="frames">At least one.</param>
    /// <param name="leaveOut">Is told every frame that cannot be used.</param>
    /// <exception cref="StackException">The reference that was asked for is not among the usable frames.</exception>
    public RegisteredFrames Register(IReadOnlyList<InspectedFrame> frames, Action<LeftOutFrame> leaveOut)
    {
        var alike = OfOneColour(frames, leaveOut);
        return _request.Alignment switch
        {
            StackAlignment.None => InPlace(alike, leaveOut),
            StackAlignment.Surface => BySurface(alike, leaveOut),
            _ => ByStars(alike, leaveOut),
        };
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
        var (width, height) = SizeOf(frames, asked);
        var kept = OfSize(frames, width, height, leaveOut).Select(frame => new RegisteredFrame(frame, FrameMap.Identity, 0, 0)).ToArray();
        return new RegisteredFrames(kept, asked is null ? kept[0] : kept.Single(frame => frame.Frame == frames[asked.Value]), []);
    }

    private static List<InspectedFrame> OfSize(List<InspectedFrame> frames, int width, int height, Action<LeftOutFrame> leaveOut)
    {
        foreach (var frame in frames.Where(frame => (frame.Info.Width, frame.Info.Height) != (width, height)))
        {
            leaveOut(new LeftOutFrame(frame.Path, string.Create(
                CultureInfo.InvariantCulture,
                $"it has {frame.Info.Width}×{frame.Info.Height} pixels, the others {width}×{height}: only frames aligned by stars may differ in size")));
        }
        return [.. frames.Where(frame => (frame.Info.Width, frame.Info.Height) == (width, height))];
    }

    private RegisteredFrames BySurface(List<InspectedFrame> all, Action<LeftOutFrame> leaveOut)
    {
        var (width, height) = SizeOf(all, AskedFor(all));
        var frames = OfSize(all, width, height, leaveOut);
        var registrar = new SurfaceRegistrar(session, frames, isSky: false);
        var looks = session.Checkpoint?.Remember(KeptPart.Shifts, session.Checkpoint.RecipeOf(frames), LookAtAll) ?? LookAtAll();
        var reference = ReferenceOf([.. looks.Select(look => look.Sharpness)]);
        var kept = new List<RegisteredFrame>();
        for (var i = 0; i < frames.Count; i++)
        {
            if (i == reference || registrar.MapOf(looks[i].Found) is not null)
                kept.Add(new RegisteredFrame(frames[i], i == reference ? FrameMap.Identity : registrar.MapOf(looks[i].Found)!, 0, 0) { Sharpness = looks[i].Sharpness });
            else
                leaveOut(new LeftOutFrame(frames[i].Path, $"it cannot be laid on {Path.GetFileName(frames[reference].Path)}: {registrar.ReasonOf(looks[i].Found)}"));
        }
        return new RegisteredFrames(kept, kept.Single(frame => frame.Frame == frames[reference]), []);

        int ReferenceOf(double[] sharpness) => AskedFor(frames) ?? Array.IndexOf(sharpness, sharpness.Max());

        (double Sharpness, Correlation Found)[] LookAtAll()
        {
            var sharpness = registrar.MeasureSharpness();
            return [.. sharpness.Zip(registrar.Match(ReferenceOf(sharpness), [.. Enumerable.Range(0, frames.Count)]))];
        }
    }

    /// <summary>Where stars are too few to tell, the whole picture may.</summary>
    /// <returns>Names of the frames that it told.</returns>
    private List<string> TryPictures(List<InspectedFrame> frames, StarMatch[] matches, int reference)
    {
        var size = (frames[reference].Info.Width, frames[reference].Info.Height);
        int[] lost = [.. Enumerable.Range(0, frames.Count).Where(i =>
            matches[i].ToReference is null
            && (frames[i].Info.Width, frames[i].Info.Height) == size
            && Math.Min(frames[i].Field.Stars.Count, frames[reference].Field.Stars.Count) < FewStars)];
        var names = new List<string>();
        if (lost.Length == 0 || !ReadsPixels)
            return names;
        var registrar = new SurfaceRegistrar(session, frames, isSky: true);
        var found = registrar.Match(reference, lost);
        for (var i = 0; i < lost.Length; i++)
        {
            var match = matches[lost[i]];
            matches[lost[i]] = registrar.MapOf(found[i]) is { } map
                ? match with { ToReference = map, Reason = null }
                : match with { Reason = $"{match.Reason}; {registrar.ReasonOf(found[i])}" };
            if (matches[lost[i]].ToReference is not null)
                names.Add(Path.GetFileName(frames[lost[i]].Path));
        }
        return names;
    }

    private static (int Width, int Height) SizeOf(List<InspectedFrame> frames, int? asked) => asked is { } index
        ? (frames[index].Info.Width, frames[index].Info.Height)
        : frames.GroupBy(frame => (frame.Info.Width, frame.Info.Height)).MaxBy(group => group.Count())!.Key;

    private RegisteredFrames ByStars(List<InspectedFrame> frames, Action<LeftOutFrame> leaveOut)
    {
        var ranked = AskedFor(frames) is { } asked ? [asked] : StackReference.Rank([.. frames.Select(frame => frame.Field)]);
        var (matches, reference) = new StarRegistrar(session, frames).Register(ranked);
        var byPicture = TryPictures(frames, matches, reference);
        var kept = new List<RegisteredFrame>();
        for (var i = 0; i < frames.Count; i++)
        {
            if (matches[i].ToReference is { } map)
                kept.Add(new RegisteredFrame(frames[i], map, matches[i].RmsPixels, matches[i].Inliers) { FluxRatio = matches[i].FluxRatio, MissingStars = matches[i].MissingStars });
            else
                leaveOut(new LeftOutFrame(frames[i].Path, BlankReason(frames[i]) ?? $"it cannot be registered on {Path.GetFileName(frames[reference].Path)}: {matches[i].Reason}"));
        }
        var through = frames.Zip(matches).Where(pair => pair.Second.Through is not null).Select(pair => $"{Path.GetFileName(pair.First.Path)} over {pair.Second.Through}").ToArray();
        return new RegisteredFrames(
            kept, kept.Single(frame => frame.Frame == frames[reference]), RegistrationNotes.Of(kept, through, byPicture));
    }

    /// <summary>Null for a frame with anything on it.</summary>
    private static string? BlankReason(InspectedFrame frame)
    {
        if (frame.Field.Stars.Count > 0 || frame.Levels.Any(level => level.Scatter > SkySampler.StepOf(frame.Info.Format) / 2)) // whole numbers are spread over their steps
            return null;
        var level = Math.Abs(frame.Levels[0].Level);
        return double.IsNaN(level)
            ? "no pixel of it has a value, all are NaN: look at what made the file"
            : string.Create(CultureInfo.InvariantCulture, $"there is nothing on it: its pixels are all at {100 * level:0.#} % of the full range. Was the cap on, or the exposure far too short or too long?");
    }

    private int? AskedFor(List<InspectedFrame> frames)
    {
        if (_request.Registration.Reference is not { } path)
            return null;
        var index = frames.FindIndex(frame => frame.Path == path);
        return index >= 0 ? index : throw new StackException($"The reference '{path}' is not among the frames that can be used. Choose another, or leave the choice to the program.", []);
    }
}
