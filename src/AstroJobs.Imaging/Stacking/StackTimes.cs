namespace AstroJobs.Imaging.Stacking;

/// <summary>How long the phases of a stack took.</summary>
/// <param name="Masters">Making masters, or finding them in the cache.</param>
/// <param name="Read">Decoding and finding stars.</param>
/// <param name="Write">Finishing included.</param>
public sealed record StackTimes(TimeSpan Masters, TimeSpan Read, TimeSpan Register, TimeSpan Integrate, TimeSpan Write);
