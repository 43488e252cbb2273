using AstroJobs.Jobs;

namespace AstroJobs.Cli;

/// <summary>What the process says to its caller when it ends.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int NotReady = 4;
    public const int Busy = 5;
    public const int WrongState = 6;
    public const int Missing = 7;
    public const int Timeout = 124;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    public static int For(string errorCode) => errorCode switch
    {
        ErrorCode.Usage or ErrorCode.BadInput or ErrorCode.ImageNotFound => Usage,
        ErrorCode.JobNotFound or ErrorCode.AmbiguousId or ErrorCode.CheckpointNotFound => NotFound,
        ErrorCode.JobNotReady => NotReady,
        ErrorCode.Busy => Busy,
        ErrorCode.NotCancellable or ErrorCode.NotRetryable or ErrorCode.NotResumable or ErrorCode.NotPausable or ErrorCode.JobRunning => WrongState,
        ErrorCode.ToolMissing or ErrorCode.LibraryMissing or ErrorCode.CameraNotFound => Missing,
        ErrorCode.WaitTimeout => Timeout,
        _ => Failed,
    };

    /// <summary>How a job ended, as an exit code.</summary>
    public static int For(JobStatus status) => status.State switch
    {
        JobState.Done => Ok,
        JobState.Error or JobState.Cancelled => Failed,
        _ => Timeout,
    };
}
