namespace AstroJobs.Imaging.Stacking.Live;

/// <summary>What became of a frame that came.</summary>
/// <param name="Reason">Why it is not in the picture; null when it is.</param>
/// <param name="IsUnreadable">It may still be being written: it is not counted as left out yet.</param>
/// <param name="Stars">Found on it.</param>
public readonly record struct LiveOutcome(string? Reason, bool IsUnreadable, int Stars);
