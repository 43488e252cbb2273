using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>One walk over the frames that makes a picture.</summary>
/// <param name="Frames">As they are laid on it.</param>
internal sealed record StackPass(StripPlan Plan, Integration Integration, IReadOnlyList<RegisteredFrame> Frames);
