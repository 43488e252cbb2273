using System.Text.Json.Serialization;

namespace AstroJobs.Imaging.Stacking.Live;

/// <summary>What a live stack knows besides its pixels.</summary>
/// <param name="Recipe">Of the request: what another one left is of no use.</param>
/// <param name="Pixels">Name of the file that holds the pixels of just these frames.</param>
/// <param name="ReferencePath">The first frame that could be used.</param>
internal sealed record LiveState(
    string Recipe, string Pixels, string ReferencePath, FrameInfo ReferenceInfo, IReadOnlyList<LiveFrame> Frames, IReadOnlyList<LeftOutFrame> LeftOut);

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LiveState))]
internal sealed partial class LiveJson : JsonSerializerContext;
