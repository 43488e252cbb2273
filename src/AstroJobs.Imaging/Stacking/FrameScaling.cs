namespace AstroJobs.Imaging.Stacking;

/// <summary>How the samples of one channel were brought to the reference's: factor · x + offset.</summary>
public readonly record struct FrameScaling(double Factor, double Offset);
