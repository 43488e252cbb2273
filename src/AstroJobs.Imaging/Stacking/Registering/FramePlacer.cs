using System.Globalization;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>Brings registered frames from the reference's plane to that of the result: a comet is held still, and the framing moves all.</summary>
internal static class FramePlacer
{
    /// <param name="leaveOut">Is told every frame that cannot be placed.</param>
    /// <exception cref="StackException">The reference says no time, or no picture holds the frames.</exception>
    public static (RegisteredFrames Placed, StackCanvas Canvas) Place(RegisteredFrames registered, RegistrationRequest request, Action<LeftOutFrame> leaveOut)
    {
        var frames = request.Comet is { } comet ? FollowComet(registered, comet, leaveOut) : registered.Frames;
        if (frames.Count == 0)
            return (registered with { Frames = [] }, default);
        var canvas = StackCanvas.Of(request.Framing, frames, registered.Reference);
        if (request.CropShare is { } share)
            (canvas, registered) = Cut(canvas, frames, share, registered);
        var placed = frames.Select(frame => frame.Moved(-canvas.Left, -canvas.Top));
        if (request.Drizzle is not { Scale: var scale })
            return (registered with { Frames = [.. placed] }, canvas);
        // The result's first pixel begins where the canvas's does, half a pixel left of its middle.
        var finer = new PixelMap(scale, 0, (scale - 1) / 2, 0, scale, (scale - 1) / 2);
        return (registered with { Frames = [.. placed.Select(frame => frame with { ToCanvas = frame.ToCanvas.Then(finer) })] }, canvas.Finer(scale));
    }

    private static (StackCanvas Canvas, RegisteredFrames Registered) Cut(StackCanvas whole, IReadOnlyList<RegisteredFrame> frames, double share, RegisteredFrames registered)
    {
        var canvas = CanvasCutter.Cut(whole, frames, share);
        var note = (canvas.Width, canvas.Height) == (whole.Width, whole.Height)
            ? string.Create(CultureInfo.InvariantCulture, $"nothing was cut off: {canvas.Cut!.LeastFrames} frames or more show every pixel")
            : string.Create(CultureInfo.InvariantCulture, $"cut from {whole.Width} by {whole.Height} to {canvas.Width} by {canvas.Height} pixels: {canvas.Cut!.LeastFrames} of {frames.Count} frames or more show each of them");
        return (canvas, registered with { Notes = [.. registered.Notes, note] });
    }

    private static List<RegisteredFrame> FollowComet(RegisteredFrames registered, CometMotion comet, Action<LeftOutFrame> leaveOut)
    {
        var reference = CometMotion.MiddleOf(registered.Reference.Frame.Info.Metadata)
            ?? throw new StackException($"'{registered.Reference.Frame.Path}' does not say when it was taken: without the reference's time the comet cannot be followed. Choose another reference.", []);
        var placed = new List<RegisteredFrame>();
        foreach (var frame in registered.Frames)
        {
            if (CometMotion.MiddleOf(frame.Frame.Info.Metadata) is { } time)
                placed.Add(frame with { ToCanvas = frame.ToReference.Then(comet.Back(time, reference)) });
            else
                leaveOut(new LeftOutFrame(frame.Frame.Path, "it does not say when it was taken (DATE-OBS): the comet cannot be followed on it") { Quality = frame.Quality });
        }
        return placed;
    }
}
