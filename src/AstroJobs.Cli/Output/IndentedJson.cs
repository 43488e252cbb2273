using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroJobs.Cli.Output;

/// <summary>Documents of unknown shape, for people.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class IndentedJson : JsonSerializerContext;
