namespace AstroJobs.Kinds.Stack;

/// <summary>One file to stack.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Named">The caller named this very file; false when a folder, a pattern or another job gave it.</param>
public sealed record StackFrame(string Path, bool Named);
