namespace AstroJobs.Jobs;

/// <summary>What becomes of a job that cannot start at once.</summary>
public enum IfBusy
{
    /// <summary>It waits for its turn.</summary>
    Queue,

    /// <summary>It is refused and leaves nothing behind.</summary>
    Fail,
}
