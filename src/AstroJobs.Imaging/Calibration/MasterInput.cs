using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Calibration;

/// <summary>A calibration frame after its first look.</summary>
/// <param name="Scale">Makes its samples those of a light; 1 but for floats that count to 65535.</param>
/// <param name="Black">A flat's sensor's own, where neither bias nor dark flats say it.</param>
/// <param name="Gain">Makes the mean of a flat 1 once its offset is off; 1 for all else.</param>
internal sealed record MasterInput(FrameInfo Info, FrameStore Store, float Scale, float Black, float Gain);
