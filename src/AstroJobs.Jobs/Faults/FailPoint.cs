namespace AstroJobs.Jobs.Faults;

/// <summary>The places in the program where <see cref="FailPoints"/> can make a process die. The first word says whose step it is; a test takes each one in turn.</summary>
public enum FailPoint
{
    SubmitBegun,
    SubmitFolderMade,
    SubmitFolderLocked,
    SubmitPrepared,
    SubmitKeyGiven,
    SubmitSpecWritten,
    SubmitStatusWritten,
    SubmitFolderSynced,
    SubmitQueued,
    SubmitRenamed,
    SubmitStoreSynced,
    SubmitReleased,
    SubmitDispatched,
    SubmitAnswering,

    DispatchTurnTaken,
    DispatchSlotsTaken,
    DispatchJobClaimed,
    DispatchStatusMarked,
    DispatchWorkerSpawned,
    DispatchEntryRemoved,

    WorkerLocksAdopted,
    WorkerStatusRead,
    WorkerBegun,
    WorkerReserveMade,
    WorkerResultWritten,
    WorkerKindEnded,
    WorkerReserveFreed,
    WorkerEndRecorded,
    WorkerScratchCleared,
    WorkerLocksReleased,
    WorkerDispatched,

    FileWritten,
    FileSynced,
    FileRenamed,
    FileFolderSynced,

    AttemptRecorded,
    AttemptQueued,
    AttemptBegun,
    AttemptTidied,

    CancelRequested,
    CancelSignalled,
    CancelKilled,
    CancelClaimed,
    CancelRecorded,

    DeleteClaimed,
    DeleteUnqueued,
    DeleteTrashed,
    DeleteSynced,

    MendClaimed,
    MendLostRecorded,
    MendQueuedAgain,

    CameraFrameCame,
    CameraFrameNamed,

    StackFrameKept,
    StackGroundKept,
    StackMaskKept,
    StackSkyKept,
    StackPassKept,
    StackStripKept,
}
