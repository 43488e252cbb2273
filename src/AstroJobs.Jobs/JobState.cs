namespace AstroJobs.Jobs;

/// <summary>queued → processing → done | error | cancelled; queued → cancelled | error. The last three are final.</summary>
public enum JobState
{
    Queued,
    Processing,
    Done,
    Error,
    Cancelled,
}
