using System.Text.Json;
using System.Text.Json.Serialization;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Extract;

/// <summary>The JSON of the kind <c>extract</c>; what is not known is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter), typeof(WordConverter<SolverChoice>), typeof(WordConverter<ScaleUnits>)])]
[JsonSerializable(typeof(ExtractParameters))]
[JsonSerializable(typeof(ExtractResult))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ExtractJson : JsonSerializerContext;
