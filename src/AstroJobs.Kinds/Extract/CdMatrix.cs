using System.Text.Json.Serialization;

namespace AstroJobs.Kinds.Extract;

/// <summary>The linear part of a solution under its FITS names.</summary>
public sealed record CdMatrix(
    [property: JsonPropertyName("CD1_1")] double Xx,
    [property: JsonPropertyName("CD1_2")] double Xy,
    [property: JsonPropertyName("CD2_1")] double Yx,
    [property: JsonPropertyName("CD2_2")] double Yy);
