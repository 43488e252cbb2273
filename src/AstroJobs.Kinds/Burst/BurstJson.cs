using System.Text.Json.Serialization;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Kinds.Burst;

/// <summary>The JSON of the kind <c>burst</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(SecondsConverter), typeof(UtcTimeConverter), typeof(RawJsonConverter), typeof(WordConverter<FrameType>), typeof(WordConverter<SensorLayout>)])]
[JsonSerializable(typeof(BurstParameters))]
[JsonSerializable(typeof(BurstResult))]
[JsonSerializable(typeof(BurstEntry))]
[JsonSerializable(typeof(BurstBeginning))]
[JsonSerializable(typeof(BurstCheckpoint))]
internal sealed partial class BurstJson : JsonSerializerContext;
