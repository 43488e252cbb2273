using System.Text.Json.Serialization;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>The JSON of the journal: what a line does not say is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter), typeof(WordConverter<ShotStatus>), typeof(WordConverter<MissedReason>)])]
[JsonSerializable(typeof(TimelapseEntry))]
internal sealed partial class TimelapseLines : JsonSerializerContext;
