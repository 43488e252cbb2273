using System.Text.Json;
using System.Text.Json.Serialization;

namespace AstroJobs.Cli.Output;

/// <summary>Documents of unknown shape, on one line.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class CliJson : JsonSerializerContext;
