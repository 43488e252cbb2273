using System.Text.Json.Serialization;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Pictures;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(PictureManifest))]
internal sealed partial class PicturesJson : JsonSerializerContext;
