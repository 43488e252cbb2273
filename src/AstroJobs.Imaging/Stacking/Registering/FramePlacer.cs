using System.Globalization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>Brings registered frames from the reference's plane to that of the result: a comet is held still, and the framing moves all.</summary>
internal static class FramePlacer
{
    /// <param name="leaveOut">Is told every frame that cannot be placed.</param>
    /// <exception cref="StackException">The reference says no time, or no picture holds the frames.</exception>
    public static PlacedFrames Place(RegisteredFrames registered, RegistrationRequest request, Action<LeftOutFrame> leaveOut)
    {
        var frames = request.Comet is { } comet ? FollowComet(registered, comet, leaveOut) : registered.Frames;
        if (frames.Count == 0)
            return new PlacedFrames([], registered.Reference, default, registered.Notes);
        var canvas = StackCanvas.Of(request.Framing, frames, registered.Reference);
        var notes = registered.Notes;
        if (request.CropShare is { } share)
        {
            (canvas, var note) = Cut(canvas, frames, share);
            notes = [.. notes, note];
        }
        var placed = frames.Select(frame => frame.Moved(-canvas.Left, -canvas.Top));
        if (request.Drizzle is not { Scale: var scale })
            return new PlacedFrames([.. placed], registered.Reference, canvas, notes);
        // The result's first pixel begins where the canvas's does, half a pixel left of its middle.
        var finer = new PixelMap(scale, 0, (scale - 1) / 2, 0, scale, (scale - 1) / 2);
        return new PlacedFrames([.. placed.Select(frame => frame with { ToCanvas = frame.ToCanvas.Then(finer) })], registered.Reference, canvas.Finer(scale), notes);
    }

    private static (StackCanvas Canvas, string Note) Cut(StackCanvas whole, IReadOnlyList<RegisteredFrame> frames, double share)
    {
        var canvas = CanvasCutter.Cut(whole, frames, share);
        var note = (canvas.Width, canvas.Height) == (whole.Width, whole.Height)
            ? string.Create(CultureInfo.InvariantCulture, $"nothing was cut off: {canvas.Cut!.LeastFrames} frames or more show every pixel")
            : string.Create(CultureInfo.InvariantCulture, $"cut from {whole.Width} by {whole.Height} to {canvas.Width} by {canvas.Height} pixels: {canvas.Cut!.LeastFrames} of {frames.Count} frames or more show each of them");
        return (canvas, note);
    }

    private static List<RegisteredFrame> FollowComet(RegisteredFrames registered, CometMotion comet, Action<LeftOutFrame> leaveOut)
    {
        var reference = CometMotion.MiddleOf(registered.Reference.Frame.Info.Metadata)
            ?? throw new StackException($"'{registered.Reference.Frame.Path}' does not say when it was taken: without the reference's time the comet cannot be followed. Choose another reference.", []);
        CheckPlace(comet.PlaceAt(reference), registered.Reference.Frame);
        var placed = new List<RegisteredFrame>();
        foreach (var frame in registered.Frames)
        {
            if (CometMotion.MiddleOf(frame.Frame.Info.Metadata) is not { } time)
            {
                LeaveOut("it does not say when it was taken (DATE-OBS): the comet cannot be followed on it");
                continue;
            }
            var moved = frame with { ToCanvas = frame.ToReference.Then(comet.Back(time, reference)) };
            if (Distance(moved) is var pixels && pixels > double.Hypot(frame.Frame.Info.Width, frame.Frame.Info.Height))
                LeaveOut(string.Create(CultureInfo.InvariantCulture, $"where the comet is held still it lies {pixels:0} pixels from the reference, beside it: are the places and times of the comet right?"));
            else
                placed.Add(moved);

            void LeaveOut(string why) => leaveOut(new LeftOutFrame(frame.Frame.Path, why) { Quality = frame.Quality });
        }
        return placed;
    }

    /// <summary>A comet may lie beside the picture while its tail is on it; one that is further away was not meant.</summary>
    private static void CheckPlace((double X, double Y) place, InspectedFrame reference)
    {
        var (width, height) = (reference.Info.Width, reference.Info.Height);
        if (place.X < -width || place.X > 2 * width || place.Y < -height || place.Y > 2 * height)
            throw new StackException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"By the two places that were told, the comet was at {place.X:0}, {place.Y:0} when the reference '{reference.Path}' was taken, far from its {width}×{height} pixels. Are the places and times right? Times are UTC."),
                []);
    }

    /// <summary>How far the middle of a frame comes to lie from where it would on the reference itself.</summary>
    private static double Distance(RegisteredFrame frame)
    {
        var (x, y) = ((frame.Frame.Info.Width - 1) / 2.0, (frame.Frame.Info.Height - 1) / 2.0);
        var there = frame.ToCanvas.ToReference(x, y);
        return double.Hypot(there.X - x, there.Y - y);
    }
}
