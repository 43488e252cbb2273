using System.Text.Json.Serialization;

namespace AstroJobs.Kinds.Extract;

/// <summary>Where the time went, seconds.</summary>
public sealed record ExtractTimings(
    [property: JsonPropertyName("stars_s")] double Stars,
    [property: JsonPropertyName("solve_s")] double Solve,
    [property: JsonPropertyName("pictures_s")] double Pictures,
    [property: JsonPropertyName("total_s")] double Total);
