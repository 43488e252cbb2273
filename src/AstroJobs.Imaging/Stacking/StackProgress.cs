namespace AstroJobs.Imaging.Stacking;

/// <summary>How far a stack has come.</summary>
/// <param name="Current">Steps of this phase that are finished, 0 … <paramref name="Total"/>.</param>
/// <param name="Message">One line for a person.</param>
public readonly record struct StackProgress(int Current, int Total, StackPhase Phase, string Message);
