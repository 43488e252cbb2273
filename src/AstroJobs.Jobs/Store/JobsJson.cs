using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroJobs.Jobs.Store;

/// <summary>How every JSON file of the store is written: snake_case, one line, times in UTC with milliseconds, durations in seconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    Converters = [typeof(JobIdConverter), typeof(JobIdsConverter), typeof(JobStateConverter), typeof(UtcTimeConverter), typeof(SecondsConverter), typeof(RawJsonConverter)])]
[JsonSerializable(typeof(JobSpec))]
[JsonSerializable(typeof(JobStatus))]
public sealed partial class JobsJson : JsonSerializerContext;
