using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

/// <summary>Registered frames without pixels, for what is decided by where they lie.</summary>
internal static class MadeFrames
{
    public static RegisteredFrame At(PixelMap toReference, int width, int height)
    {
        var info = new FrameInfo(width, height, 1, SampleFormat.Float32, FrameMetadata.None);
        var inspected = new InspectedFrame(0, "made.fits", info, new StarField(width, height, [], 0.1, 0.01, 1), [], Store: null!);
        return new RegisteredFrame(inspected, FrameMap.Of(toReference, TransformModel.Similarity), RmsPixels: 0, Inliers: 10);
    }

    /// <summary>Moved so far right and down.</summary>
    public static RegisteredFrame Moved(double dx, double dy, int width, int height) => At(new PixelMap(1, 0, dx, 0, 1, dy), width, height);

    /// <summary>Turned about its middle, which comes to lie so far right and down.</summary>
    public static RegisteredFrame Turned(double degrees, double dx, double dy, int width, int height)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var (cx, cy) = ((width - 1) / 2.0, (height - 1) / 2.0);
        var turn = PixelMap.Similarity(cosine, sine, 0, 0, mirrored: false);
        var (x, y) = turn.Map(cx, cy);
        return At(turn with { C = cx - x + dx, F = cy - y + dy }, width, height);
    }
}
