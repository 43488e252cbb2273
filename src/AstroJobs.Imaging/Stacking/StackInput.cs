namespace AstroJobs.Imaging.Stacking;

/// <summary>One picture to stack.</summary>
/// <param name="IsNamed">The caller named this very file; one that was found in a folder is left out when it is itself a stack of ours.</param>
public readonly record struct StackInput(string Path, bool IsNamed = true);
