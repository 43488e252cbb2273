using System.Globalization;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Output;

/// <summary>How a result says that it is one, so that a later stack of the same folder does not take it for a frame.</summary>
internal static class StackProduct
{
    private const string Software = "AstroJobs stack";

    public static bool Is(FrameMetadata metadata) =>
        metadata.StackCount is > 1 || metadata.Software?.StartsWith(Software, StringComparison.Ordinal) == true;

    /// <summary>The story of the result: the reference's, with what changed by stacking.</summary>
    public static FrameMetadata Describe(
        StackRequest request, Integration integration, IReadOnlyList<FrameMetadata> all, InspectedFrame reference, CalibrationReport? calibration, IReadOnlyList<string> notes)
    {
        return reference.Info.Metadata with
        {
            Bayer = null,
            StackCount = all.Count,
            Exposure = TotalExposure(all),
            DateObs = all.Min(metadata => metadata.DateObs),
            DateEnd = all.Max(metadata => metadata.DateEnd ?? (metadata.DateObs + metadata.Exposure)),
            SensorTemperatureC = all.All(metadata => metadata.SensorTemperatureC is not null) ? Math.Round(all.Average(metadata => metadata.SensorTemperatureC!.Value), 2) : null,
            Gain = OnlyOne(all.Select(metadata => metadata.Gain)),
            Iso = OnlyOne(all.Select(metadata => metadata.Iso)),
            Filter = all.Select(metadata => metadata.Filter).OfType<string>().Distinct().ToArray() is { Length: > 0 } filters ? string.Join('+', filters) : null,
            Software = Software,
            History =
            [
                .. reference.Info.Metadata.History,
                .. calibration?.History() ?? [],
                string.Create(CultureInfo.InvariantCulture, $"{all.Count} frames stacked: {integration.Mode.ToString().ToLowerInvariant()}"),
                request.Alignment == StackAlignment.Stars
                    ? $"aligned by stars on {Path.GetFileName(reference.Path)}, {Words(request.Registration)}"
                    : request.Alignment == StackAlignment.Surface
                        ? $"aligned by their pictures on {Path.GetFileName(reference.Path)}, {Words(request.Registration)}"
                        : "not aligned",
                .. Comet(request.Registration.Comet),
                .. request.Registration.Drizzle is null && reference.IsMosaic ? new[] { $"mosaic made colour by {Words(request.Demosaic)}" } : [],
                .. integration.Normalization == StackNormalization.None ? [] : integration.Normalization == StackNormalization.Local ? ["normalized: the background of each frame, place by place, to the median of all"] : new[] { $"normalized: {Words(integration.Normalization)} (median, biweight scatter)" },
                .. integration.Weighting == StackWeighting.None ? [] : new[] { $"weighed: {integration.Weighting.ToString().ToLowerInvariant()}" },
                .. integration.Rejects ? new[] { Describe(integration.Rejection, integration.Limits) } : [],
                .. request.Landscape is null ? [] : new[] { "the ground as the camera stood, joined by a mask" },
                .. notes,
            ],
        };
    }

    /// <summary>What all frames say; null where they differ.</summary>
    private static T? OnlyOne<T>(IEnumerable<T?> said)
        where T : struct => said.Distinct().ToArray() is [var only] ? only : null;

    private static string[] Comet(CometMotion? comet) => comet is null
        ? []
        : [string.Create(CultureInfo.InvariantCulture, $"held on a comet that moves {comet.SpeedX * 3600:0.00} px right and {comet.SpeedY * 3600:0.00} px down an hour")];

    private static string Words(RegistrationRequest registration) => registration switch
    {
        { Drizzle: { } drizzle } => string.Create(CultureInfo.InvariantCulture, $"drizzled to {drizzle.Scale:0.##} times the pixels with drops of {drizzle.PixelFraction:0.##}"),
        { Kernel: ResamplingKernel.Lanczos4 } => "Lanczos-4",
        { Kernel: ResamplingKernel.Lanczos3 } => "Lanczos-3",
        _ => registration.Kernel.ToString().ToLowerInvariant(),
    };

    private static string Words(StackNormalization normalization) => normalization switch
    {
        StackNormalization.AdditiveScaling => "additive with scaling",
        StackNormalization.MultiplicativeScaling => "multiplicative with scaling",
        _ => normalization.ToString().ToLowerInvariant(),
    };

    private static string Words(StackRejection rejection) => rejection switch
    {
        StackRejection.MedianSigma => "median sigma",
        StackRejection.LinearFit => "linear fit",
        _ => rejection.ToString().ToLowerInvariant(),
    };

    private static string Describe(StackRejection rejection, RejectionLimits limits) => rejection switch
    {
        StackRejection.Percentile => string.Create(CultureInfo.InvariantCulture, $"rejected: percentile, {limits.Low} of the median below and {limits.High} above"),
        StackRejection.Gesd => string.Create(CultureInfo.InvariantCulture, $"rejected: generalised ESD, up to {limits.Low} of the samples, significance {limits.High}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"rejected: {Words(rejection)}, {limits.Low} sigma below and {limits.High} above"),
    };

    private static string Words(DemosaicMethod method) => method switch
    {
        DemosaicMethod.Rcd => "RCD",
        DemosaicMethod.Malvar => "Malvar, He and Cutler's filters",
        _ => "bilinear interpolation",
    };

    public static TimeSpan? TotalExposure(IReadOnlyList<FrameMetadata> frames) =>
        frames.All(frame => frame.Exposure is not null) ? frames.Aggregate(TimeSpan.Zero, (sum, frame) => sum + frame.Exposure!.Value) : null;
}
