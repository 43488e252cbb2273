using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroJobs.Kinds.Run;

/// <summary>The JSON of the kind <c>run</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunParameters))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RunJson : JsonSerializerContext;
