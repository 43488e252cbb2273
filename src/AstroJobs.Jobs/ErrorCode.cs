namespace AstroJobs.Jobs;

/// <summary>The error codes callers may match on. They never change their meaning.</summary>
public static class ErrorCode
{
    public const string Usage = "usage";
    public const string BadInput = "bad_input";
    public const string ImageNotFound = "image_not_found";
    public const string JobNotFound = "job_not_found";
    public const string CheckpointNotFound = "checkpoint_not_found";
    public const string AmbiguousId = "ambiguous_id";
    public const string JobNotReady = "job_not_ready";
    public const string JobFailed = "job_failed";
    public const string JobCancelled = "job_cancelled";
    public const string JobRunning = "job_running";
    public const string NotCancellable = "not_cancellable";
    public const string NotRetryable = "not_retryable";
    public const string NotResumable = "not_resumable";
    public const string NotPausable = "not_pausable";
    public const string Busy = "busy";
    public const string Timeout = "timeout";
    public const string WaitTimeout = "wait_timeout";
    public const string WorkerLost = "worker_lost";
    public const string Interrupted = "interrupted";
    public const string DependencyFailed = "dependency_failed";
    public const string Corrupt = "corrupt";
    public const string IoError = "io_error";
    public const string DiskFull = "disk_full";
    public const string ToolMissing = "tool_missing";
    public const string ToolFailed = "tool_failed";
    public const string LibraryMissing = "library_missing";
    public const string NotSolved = "not_solved";
    public const string CameraNotFound = "camera_not_found";
    public const string CameraBusy = "camera_busy";
    public const string CameraFailed = "camera_failed";
    public const string Internal = "internal";
}
