using System.Text.Json.Serialization;
using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Kinds.Stack;

/// <summary>How long each phase took, in seconds.</summary>
public sealed record StackTimings(
    [property: JsonPropertyName("masters_s")] double Masters,
    [property: JsonPropertyName("read_s")] double Read,
    [property: JsonPropertyName("register_s")] double Register,
    [property: JsonPropertyName("integrate_s")] double Integrate,
    [property: JsonPropertyName("write_s")] double Write,
    [property: JsonPropertyName("total_s")] double Total)
{
    internal static StackTimings Of(StackTimes times, TimeSpan total) => new(
        Seconds(times.Masters), Seconds(times.Read), Seconds(times.Register), Seconds(times.Integrate), Seconds(times.Write), Seconds(total));

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
