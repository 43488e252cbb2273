namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>What a run that goes on need not do again.</summary>
/// <param name="Part">What was kept last.</param>
/// <param name="Frames">So many were read.</param>
/// <param name="Rows">So many of that part are finished, from the top.</param>
public sealed record KeptWork(KeptPart Part, int Frames, int Rows);
