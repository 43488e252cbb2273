namespace AstroJobs.Jobs.Tests.Attempts;

/// <summary>What may happen to a job between two looks at its folder.</summary>
internal enum AttemptStep
{
    Start,
    DieStarting,
    Report,
    Finish,
    Fail,
    FailForGood,
    Die,
    DieTryingAgain,
    Look,
    Cancel,

    /// <summary>The worker fails in the moment in which it is asked to stop.</summary>
    CancelTooLate,

    Retry,
    Resume,

    /// <summary>Stale cancel files.</summary>
    AskOldAttemptsToStop,

    Delete,
}
