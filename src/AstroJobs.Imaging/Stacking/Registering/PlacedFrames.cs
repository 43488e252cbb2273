namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>The frames that become the picture, laid on it.</summary>
/// <param name="Frames">In their order.</param>
/// <param name="Canvas">Which part of the reference's plane the picture shows; of no meaning without frames.</param>
/// <param name="Notes">What a person should know about how they lie.</param>
internal sealed record PlacedFrames(IReadOnlyList<RegisteredFrame> Frames, RegisteredFrame Reference, StackCanvas Canvas, IReadOnlyList<string> Notes);
