using System.Text.Json.Serialization;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Kinds.Capture;

/// <summary>The JSON of the kind <c>capture</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(SecondsConverter), typeof(UtcTimeConverter), typeof(RawJsonConverter), typeof(WordConverter<FrameType>), typeof(WordConverter<SensorLayout>)])]
[JsonSerializable(typeof(CaptureParameters))]
[JsonSerializable(typeof(CaptureResult))]
internal sealed partial class CaptureJson : JsonSerializerContext;
