namespace AstroJobs.Kinds.Timelapse;

/// <summary>Why the time of a shot passed without it.</summary>
public enum MissedReason
{
    /// <summary>An earlier shot was not over.</summary>
    Busy,

    /// <summary>The series was paused.</summary>
    Paused,

    /// <summary>No worker ran: killed, the power went, or the job waited for its turn.</summary>
    NotRunning,

    /// <summary>The clock was set forward past it, or the machine slept.</summary>
    ClockJump,

    /// <summary>The machine, or a warm-up, was too slow.</summary>
    Late,
}
