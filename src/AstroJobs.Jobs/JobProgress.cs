using System.Text.Json.Serialization;

namespace AstroJobs.Jobs;

/// <summary>How far a job has come.</summary>
/// <param name="Current">Steps finished, 0 … <paramref name="Total"/>.</param>
/// <param name="Total">Steps in all; null while unknown.</param>
/// <param name="Phase">One word for what goes on: capture, read, register, integrate, write.</param>
/// <param name="Message">One line for a person.</param>
public sealed record JobProgress(long Current, long? Total, [property: JsonPropertyOrder(1)] string? Phase, [property: JsonPropertyOrder(2)] string? Message)
{
    /// <summary>0 … 100 with one decimal; null while the total is unknown.</summary>
    public double? Percent => Total is > 0 ? Math.Round(Math.Clamp(100.0 * Current / Total.Value, 0, 100), 1) : null;
}
