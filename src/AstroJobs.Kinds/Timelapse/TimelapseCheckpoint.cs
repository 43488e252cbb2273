namespace AstroJobs.Kinds.Timelapse;

/// <summary>How far a series has come: saved after each shot, for people to look at. The shots themselves stand in the <see cref="TimelapseJournal"/>.</summary>
/// <param name="First">The time that the schedule is counted from; it stands in for a damaged head of the journal.</param>
/// <param name="Shots">How many are over, taken or not.</param>
/// <param name="Seconds">How long all attempts together have run.</param>
internal sealed record TimelapseCheckpoint(int Version, DateTimeOffset First, int Shots, int Taken, int Failed, int Missed, double Seconds);
