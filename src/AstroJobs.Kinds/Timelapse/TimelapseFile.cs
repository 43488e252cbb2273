using System.Text.Json.Serialization;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>A file of a series.</summary>
/// <param name="Shot">Its shot's number, from 1.</param>
/// <param name="File">Its name in the output folder.</param>
/// <param name="TakenAt">UTC start of the shot.</param>
/// <param name="ExposureSeconds">Null where the camera chose it.</param>
public sealed record TimelapseFile(int Shot, string File, DateTimeOffset TakenAt, [property: JsonPropertyName("exposure_s")] double? ExposureSeconds);
