using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>A frame and where it lies on the reference.</summary>
internal sealed record RegisteredFrame(InspectedFrame Frame, FrameMap ToReference, double RmsPixels, int Inliers)
{
    /// <summary>Where it lies on the result.</summary>
    public FrameMap ToCanvas { get; init; } = ToReference;

    /// <summary>Its pixels are those of a result of this size.</summary>
    public bool IsInPlaceOn(int width, int height) => ToCanvas.IsIdentity && (Frame.Info.Width, Frame.Info.Height) == (width, height);

    /// <summary>The median of how much brighter it shows a star than the reference does.</summary>
    public double FluxRatio { get; init; } = 1;

    /// <summary>Part of the reference's brightest stars that should be on it and were not found, 0 … 1.</summary>
    public double MissingStars { get; init; }

    /// <summary>Of a picture without stars.</summary>
    public double? Sharpness { get; init; }

    public FrameQuality Quality { get; init; } = new();

    /// <summary>How its middle lies on the reference.</summary>
    public PixelMap Pose => ToReference.Near((Frame.Info.Width - 1) / 2.0, (Frame.Info.Height - 1) / 2.0);

    /// <summary>The same further right and down on the result.</summary>
    public RegisteredFrame Moved(double dx, double dy) => dx == 0 && dy == 0 ? this : this with { ToCanvas = ToCanvas.Then(new PixelMap(1, 0, dx, 0, 1, dy)) };

    /// <param name="reference">On which it was laid.</param>
    /// <param name="index">Of the frame in the integration.</param>
    /// <param name="rejected">One a frame; empty when nothing is rejected.</param>
    public StackedFrame Describe(FrameInfo reference, StackAlignment alignment, Integration integration, int index, IReadOnlyList<RejectionCount> rejected)
    {
        var (info, field) = (Frame.Info, Frame.Field);
        var pose = Pose;
        var (x, y) = pose.Map((info.Width - 1) / 2.0, (info.Height - 1) / 2.0);
        return new StackedFrame(
            Frame.Path,
            info.Width,
            info.Height,
            alignment == StackAlignment.Stars ? field.Stars.Count : null,
            field.Fwhm,
            field.Eccentricity,
            field.Background,
            field.Noise,
            x - ((reference.Width - 1) / 2.0),
            y - ((reference.Height - 1) / 2.0),
            pose.RotationDegrees,
            pose.Scale,
            pose.IsMirrored,
            RmsPixels,
            Inliers,
            info.Metadata.Exposure,
            integration.Weights.IsEmpty ? 1 : integration.Weights.Span[index],
            integration.Normalization == StackNormalization.None || integration.Fits.Count == 0
                ? []
                : [.. integration.Fits[index].Select(fit => new FrameScaling(fit.Factor, fit.Offset))],
            rejected.Count > 0 ? rejected[index].LowShare : null,
            rejected.Count > 0 ? rejected[index].HighShare : null,
            ToReference.Model,
            Quality);
    }
}
