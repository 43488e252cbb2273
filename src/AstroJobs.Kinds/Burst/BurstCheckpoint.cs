namespace AstroJobs.Kinds.Burst;

/// <summary>How far a burst has come: saved after each frame. The frames themselves stand in the <see cref="BurstJournal"/>.</summary>
/// <param name="Frames">How many are over, taken or failed: the next one has the number after this.</param>
/// <param name="Missed">Starts of the interval that passed while a frame was not over.</param>
/// <param name="Seconds">How long all attempts together have run.</param>
public sealed record BurstCheckpoint(int Frames, int Missed, double Seconds);
