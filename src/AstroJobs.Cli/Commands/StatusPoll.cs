using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Commands;

/// <summary>
/// <c>status ID</c> in its plainest form, from a program, about a job that has ended or whose worker lives: what a backend asks every
/// second all night. Answered before the parser is built, which would take longer than all the rest; everything else goes the full way.
/// </summary>
internal static class StatusPoll
{
    /// <returns>The exit code; null when this is not such a poll, or when the job cannot be read: the full way says why.</returns>
    public static int? TryAnswer(string[] arguments)
    {
        var isPlain = arguments is ["status", _] or ["status", "--job-id", _];
        if (!isPlain || !JobId.TryParse(arguments[^1], out var id) || StandardFiles.OutputIsTerminal)
            return null;
        var store = new JobStore(AstroJobsEnvironment.FindJobsFolder(Environment.GetEnvironmentVariable));
        if (TryLook(store, id) is not { } stored)
            return null;
        var isSaid = StandardFiles.TryWriteOutput([.. "{\"ok\":true,"u8, .. stored.AsSpan(stored.IndexOf((byte)'{') + 1), (byte)'\n']);
        DispatchIfAnyWaits(store);
        return isSaid ? ExitCode.Ok : ExitCode.Failed;
    }

    private static byte[]? TryLook(JobStore store, JobId id)
    {
        try
        {
            return JobEngine.LookRaw(store.Open(id));
        }
        catch (Exception error) when (error is JobException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void DispatchIfAnyWaits(JobStore store)
    {
        try
        {
            if (JobEngine.HasQueue(store))
                new JobEngine(AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable), TimeProvider.System).Dispatch();
        }
        catch (Exception error) when (error is JobException or IOException or UnauthorizedAccessException)
        {
            // The caller has its answer; who may start jobs here starts them.
        }
    }
}
