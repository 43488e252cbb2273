namespace AstroJobs.Kinds.Stack;

/// <summary>How far a stack has come, for people; what it goes on from lies beside it in <c>work/stack</c>.</summary>
/// <param name="Frames">Read, with their stars.</param>
/// <param name="Rows">Of the result that are finished, from the top.</param>
public sealed record StackCheckpointMark(int Frames, int Rows);
