using System.Text.Json.Serialization;

namespace AstroJobs.Kinds.Burst;

/// <summary>A file of a burst.</summary>
/// <param name="Frame">Its number, from 1.</param>
/// <param name="File">Its name in the output folder.</param>
/// <param name="TakenAt">UTC start of the exposure.</param>
public sealed record BurstFile(int Frame, string File, DateTimeOffset TakenAt, [property: JsonPropertyName("exposure_s")] double ExposureSeconds);
