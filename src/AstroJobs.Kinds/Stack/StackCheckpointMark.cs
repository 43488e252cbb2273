using AstroJobs.Imaging.Stacking.Checkpoints;

namespace AstroJobs.Kinds.Stack;

/// <summary>How far a stack has come, for people; what it goes on from lies beside it in <c>work/stack</c>.</summary>
/// <param name="Part">Kept last.</param>
/// <param name="Frames">Read, with their stars.</param>
/// <param name="Rows">Of that part that are finished, from the top.</param>
public sealed record StackCheckpointMark(KeptPart Part, int Frames, int Rows);
