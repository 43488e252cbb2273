using System.Text.Json.Serialization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Kinds.Stack.Report;

namespace AstroJobs.Kinds.Stack;

/// <summary>output/result.json of a stack.</summary>
/// <param name="Output">Name of the stacked picture in the output folder.</param>
/// <param name="Preview">Name of the stretched picture to look at.</param>
/// <param name="Thumbnail">Name of its small copy.</param>
/// <param name="Report">Name of the page that shows all this to a person.</param>
/// <param name="Normalization">How frames were brought to the sky of the reference; auto has become what was done.</param>
/// <param name="Rejection">What was left out of the mean or sum.</param>
/// <param name="Requested">Inputs in all: used and left out.</param>
/// <param name="Reference">The frame on which the others were laid.</param>
/// <param name="Channels">1, or 3 for colour.</param>
/// <param name="TotalExposureSeconds">Null when not every used frame says its exposure.</param>
/// <param name="CanvasLeft">Column of the reference that is the picture's first.</param>
/// <param name="CanvasTop">Row of the reference that is the picture's first.</param>
/// <param name="Autocrop">What the picture was cut from; null where it was not.</param>
/// <param name="CoverageMap">Name of the picture that counts the frames at each pixel; null without.</param>
/// <param name="Notes">What a person should know about the result.</param>
/// <param name="Calibration">Null when the lights were taken as they are.</param>
/// <param name="Finish">What was done to the result once all frames were in it.</param>
/// <param name="PeakMemoryBytes">The most that the worker process had in memory at a time.</param>
public sealed record StackResult(
    string Output,
    string Preview,
    string Thumbnail,
    string Report,
    StackMode Mode,
    StackNormalization Normalization,
    StackWeighting Weights,
    StackResultRejection Rejection,
    StackAlignment Align,
    int Requested,
    int Used,
    string Reference,
    int Width,
    int Height,
    int Channels,
    [property: JsonPropertyName("total_exposure_s")] double? TotalExposureSeconds,
    IReadOnlyList<StackResultFrame> Frames,
    StackFraming Framing,
    int CanvasLeft,
    int CanvasTop,
    StackResultCut? Autocrop,
    string? CoverageMap,
    ResamplingKernel? Resample,
    double? Drizzle,
    [property: JsonPropertyName("pixfrac")] double? PixelFraction,
    string? WeightsMap,
    IReadOnlyList<StackResultLeftOut> LeftOut,
    IReadOnlyList<string> Notes,
    StackCalibration? Calibration,
    StackResultFinish Finish,
    StackTimings Timings,
    long? PeakMemoryBytes)
{
    internal static StackResult Of(StackReport report, StackParameters parameters, string preview, TimeSpan total, long? peakMemory) => new(
        parameters.OutputName,
        preview,
        StackRun.ThumbnailName,
        StackReportFile.Name,
        parameters.Mode,
        report.Normalization,
        report.Weighting,
        StackResultRejection.Of(report.Rejection),
        parameters.Align,
        report.Used.Count + report.LeftOut.Count,
        report.Used.Count,
        report.Reference,
        report.Width,
        report.Height,
        report.Channels,
        report.TotalExposure?.TotalSeconds,
        [.. report.Used.Select(StackResultFrame.Of)],
        parameters.Framing,
        report.Canvas.Left,
        report.Canvas.Top,
        StackResultCut.Of(report.Canvas.Cut),
        StackRun.HasCoverage(parameters) ? StackRun.CoverageName : null,
        parameters.Drizzle is null ? parameters.Resample : null,
        parameters.Drizzle,
        parameters.Drizzle is null ? null : parameters.PixelFraction,
        parameters.Drizzle is null ? null : StackRun.WeightsName,
        [.. report.LeftOut.Select(StackResultLeftOut.Of)],
        report.Notes,
        StackCalibration.Of(report.Calibration),
        StackResultFinish.Of(report.Finish),
        StackTimings.Of(report.Times, total),
        peakMemory);
}
