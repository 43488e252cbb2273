using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>A failure of the file system, for people.</summary>
internal static class IoFailure
{
    private const int NoSpace = 28; // ENOSPC: .NET's IOException carries errno as its HResult

    public static JobError Explain(Exception error) => error is IOException { HResult: NoSpace }
        ? new JobError(ErrorCode.DiskFull, error.Message, "Free some space, then try again.")
        : new JobError(ErrorCode.IoError, error.Message, "`astrojobs doctor` looks at the folder of jobs.");
}
