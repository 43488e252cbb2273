using System.Text.Json.Serialization;
using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Kinds.Video;

/// <summary>The JSON of the kind <c>video</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(WordConverter<PictureStretch>)])]
[JsonSerializable(typeof(VideoParameters))]
[JsonSerializable(typeof(VideoResult))]
internal sealed partial class VideoJson : JsonSerializerContext;
