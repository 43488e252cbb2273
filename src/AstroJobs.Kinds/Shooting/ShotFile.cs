using System.Text.Json.Serialization;
using AstroJobs.Kinds.Cameras;

namespace AstroJobs.Kinds.Shooting;

/// <summary>A file that a shot became.</summary>
/// <param name="Frame">Its number, from 1.</param>
/// <param name="File">Its name in the output folder.</param>
/// <param name="TakenAt">UTC start of the exposure.</param>
/// <param name="ExposureSeconds">Null where the camera chose it and did not say.</param>
public sealed record ShotFile(int Frame, string File, DateTimeOffset TakenAt, [property: JsonPropertyName("exposure_s")] double? ExposureSeconds)
{
    internal static ShotFile Of(int frame, CapturedFile file) => new(frame, Path.GetFileName(file.Path), file.TakenAt, file.Exposure?.TotalSeconds);
}
