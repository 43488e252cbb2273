namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>What one frame is asked to be.</summary>
/// <param name="Index">Number of the frame, from 0: drift, noise, satellites and clouds follow from it.</param>
/// <param name="Iso">100 … 25600: 0.8 electrons an ADU (16 bits) at 100, half of it at 200, and so on.</param>
public readonly record struct SimulatedExposure(int Index, TimeSpan Exposure, int Iso = 400, FrameType Type = FrameType.Light);
