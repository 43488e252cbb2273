using System.Text.Json.Serialization;
using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Kinds.Stack;

/// <summary>What was left out of the mean, in result.json.</summary>
/// <param name="Method">What was done: auto has become winsorized or none.</param>
/// <param name="RejectedLow">Part of all samples, 0 … 1, left out as too dark.</param>
/// <param name="RejectedHigh">The same as too bright.</param>
/// <param name="LowMap">Name of the picture of how many frames were left out as too dark; null when it was not asked for.</param>
/// <param name="HighMap">The same as too bright.</param>
public sealed record StackResultRejection(
    StackRejection Method,
    double? Low,
    double? High,
    double? RejectedLow,
    double? RejectedHigh,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LowMap,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? HighMap)
{
    internal static StackResultRejection Of(RejectionReport report) => new(
        report.Method,
        report.Limits?.Low,
        report.Limits?.High,
        Rounded(report.Low),
        Rounded(report.High),
        Path.GetFileName(report.Maps?.Low),
        Path.GetFileName(report.Maps?.High));

    private static double? Rounded(double? share) => share is { } known ? Math.Round(known, 7) : null;
}
