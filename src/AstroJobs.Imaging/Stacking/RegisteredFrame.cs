using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>A frame and where it lies on the reference.</summary>
internal sealed record RegisteredFrame(InspectedFrame Frame, PixelMap ToReference, double RmsPixels, int Inliers)
{
    public bool IsInPlace => ToReference == PixelMap.Identity;

    /// <param name="index">Of the frame in the integration.</param>
    /// <param name="rejected">One a frame; empty when nothing is rejected.</param>
    public StackedFrame Describe(int width, int height, StackAlignment alignment, Integration integration, int index, IReadOnlyList<RejectionCount> rejected)
    {
        var (info, field) = (Frame.Info, Frame.Field);
        var (x, y) = ToReference.Map((info.Width - 1) / 2.0, (info.Height - 1) / 2.0);
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
            ToReference.RotationDegrees,
            ToReference.Scale,
            ToReference.IsMirrored,
            RmsPixels,
            Inliers,
            info.Metadata.Exposure,
            integration.Weights.IsEmpty ? 1 : integration.Weights.Span[index],
            integration.Normalization == StackNormalization.None || integration.Fits.Count == 0
                ? []
                : [.. integration.Fits[index].Select(fit => new FrameScaling(fit.Factor, fit.Offset))],
            rejected.Count > 0 ? rejected[index].LowShare : null,
            rejected.Count > 0 ? rejected[index].HighShare : null);
    }
}
