namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>The frames that can be stacked, and what the others are laid on.</summary>
/// <param name="Frames">In their order.</param>
/// <param name="Notes">What a person should know about how they lie.</param>
internal sealed record RegisteredFrames(IReadOnlyList<RegisteredFrame> Frames, RegisteredFrame Reference, IReadOnlyList<string> Notes);
