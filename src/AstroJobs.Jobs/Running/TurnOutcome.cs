namespace AstroJobs.Jobs.Running;

/// <summary>What came of a job's turn.</summary>
internal enum TurnOutcome
{
    /// <summary>It holds its slots now.</summary>
    Started,

    /// <summary>It waits for something other than slots, another job for example.</summary>
    Waits,

    /// <summary>It does not stand in the line any more, and will not run.</summary>
    Ended,

    /// <summary>It waits for nothing but its slots.</summary>
    Blocked,
}
