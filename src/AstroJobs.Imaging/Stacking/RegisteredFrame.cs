using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>A frame and where it lies on the reference.</summary>
internal sealed record RegisteredFrame(InspectedFrame Frame, FrameMap ToReference, double RmsPixels, int Inliers)
{
    public bool IsInPlace => ToReference.IsIdentity;

    /// <summary>The median of how much brighter it shows a star than the reference does.</summary>
    public double FluxRatio { get; init; } = 1;

    /// <summary>How its middle lies on the reference.</summary>
    public PixelMap Pose => ToReference.Near((Frame.Info.Width - 1) / 2.0, (Frame.Info.Height - 1) / 2.0);

    /// <param name="index">Of the frame in the integration.</param>
    /// <param name="rejected">One a frame; empty when nothing is rejected.</param>
    public StackedFrame Describe(int width, int height, StackAlignment alignment, Integration integration, int index, IReadOnlyList<RejectionCount> rejected)
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
            x - ((width - 1) / 2.0),
            y - ((height - 1) / 2.0),
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
            ToReference.Model);
    }
}
