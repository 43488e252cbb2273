namespace AstroJobs.Imaging.Stacking.Live;

/// <summary>A frame in the picture.</summary>
/// <param name="Metadata">Without its history.</param>
internal sealed record LiveFrame(StackedFrame Frame, FrameMetadata Metadata);
