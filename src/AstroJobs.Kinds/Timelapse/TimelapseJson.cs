using System.Text.Json.Serialization;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>The JSON of the kind <c>timelapse</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [
        typeof(SecondsConverter), typeof(UtcTimeConverter), typeof(RawJsonConverter), typeof(WordConverter<FrameType>), typeof(WordConverter<SensorLayout>),
        typeof(WordConverter<TimelapseMode>), typeof(WordConverter<ShotStatus>), typeof(WordConverter<MissedReason>)])]
[JsonSerializable(typeof(TimelapseParameters))]
[JsonSerializable(typeof(TimelapseResult))]
[JsonSerializable(typeof(TimelapseCheckpoint))]
internal sealed partial class TimelapseJson : JsonSerializerContext;
