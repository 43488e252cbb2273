using System.Text.Json.Serialization;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Rendering.Background;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Kinds.Stack;

/// <summary>The JSON of the kind <c>stack</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(UtcTimeConverter),
        typeof(SecondsConverter),
        typeof(WordConverter<StackMode>),
        typeof(WordConverter<StackRejection>),
        typeof(WordConverter<StackNormalization>),
        typeof(WordConverter<StackWeighting>),
        typeof(WordConverter<StackAlignment>),
        typeof(WordConverter<CosmeticCorrection>),
        typeof(WordConverter<DemosaicMethod>),
        typeof(WordConverter<MasterKind>),
        typeof(WordConverter<WhiteBalance>),
        typeof(WordConverter<BackgroundModel>),
        typeof(WordConverter<TrailFade>),
        typeof(WordConverter<PreviewStretch>),
        typeof(WordConverter<TransformModel>),
        typeof(WordConverter<StackFraming>),
        typeof(WordConverter<ResamplingKernel>),
        typeof(WordConverter<KeptPart>),
    ])]
[JsonSerializable(typeof(StackParameters))]
[JsonSerializable(typeof(StackResult))]
[JsonSerializable(typeof(StackCheckpointMark))]
internal sealed partial class StackJson : JsonSerializerContext;
