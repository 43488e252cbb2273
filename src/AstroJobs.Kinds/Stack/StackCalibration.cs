using System.Text.Json.Serialization;
using AstroJobs.Imaging.Calibration;

namespace AstroJobs.Kinds.Stack;

/// <summary>What the lights were put right with, in result.json.</summary>
/// <param name="BiasLevel">The number given in place of a bias.</param>
/// <param name="DarkScaleMin">The least factor of the dark over the frames; null without a dark.</param>
/// <param name="DefectivePixels">Hot and cold pixels found in the dark.</param>
public sealed record StackCalibration(
    IReadOnlyList<StackCalibration.Master> Masters,
    double? BiasLevel,
    double? DarkScaleMin,
    double? DarkScaleMax,
    CosmeticCorrection Cosmetic,
    int DefectivePixels)
{
    internal static StackCalibration? Of(CalibrationReport? report) => report is null ? null : new(
        [.. report.Masters.Select(master => new Master(
            master.Kind, master.Files, master.First, master.IsCached, master.Exposure?.TotalSeconds, master.Gain, master.Iso, master.SensorTemperatureC, master.Level, master.Noise))],
        report.BiasLevel,
        report.DarkScales is { } least ? Math.Round(least.Least, 4) : null,
        report.DarkScales is { } greatest ? Math.Round(greatest.Greatest, 4) : null,
        report.Cosmetic,
        report.DefectivePixels);

    /// <param name="Files">How many frames it was made of; 1 for a master that was given.</param>
    /// <param name="First">The first of them.</param>
    /// <param name="Cached">An earlier stack had made it.</param>
    /// <param name="Level">Of its samples, whole range 0 … 1; of a flat 1.</param>
    /// <param name="Noise">Standard deviation from pixel to neighbouring pixel, in the same unit.</param>
    public sealed record Master(
        MasterKind Kind,
        int Files,
        string First,
        bool Cached,
        [property: JsonPropertyName("exposure_s")] double? ExposureSeconds,
        double? Gain,
        int? Iso,
        double? TemperatureC,
        double Level,
        double Noise);
}
