namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>What a run that goes on need not do again.</summary>
/// <param name="Frames">So many were read.</param>
/// <param name="Rows">So many of the result are finished, from the top.</param>
public sealed record KeptWork(int Frames, int Rows);
