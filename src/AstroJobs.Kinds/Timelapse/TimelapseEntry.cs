namespace AstroJobs.Kinds.Timelapse;

/// <summary>A line of the journal: its head, the start of a shot, or the record of one.</summary>
/// <param name="Version">Head: of the journal's form.</param>
/// <param name="First">Head: the time that the schedule is counted from.</param>
/// <param name="Begun">The number of a shot that the camera is asked for now.</param>
/// <param name="At">When that is.</param>
internal sealed record TimelapseEntry(int? Version = null, DateTimeOffset? First = null, int? Begun = null, DateTimeOffset? At = null, TimelapseShot? Shot = null);
