using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>A frame's place in the scratch file.</summary>
internal readonly record struct KeptSamples(long Offset, long Bytes, ScratchFormat Format);
