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
    /// <returns>The exit code; null when this is not such a poll.</returns>
    public static int? TryAnswer(string[] arguments)
    {
        var isPlain = arguments is ["status", _] or ["status", "--job-id", _];
        if (!isPlain || !JobId.TryParse(arguments[^1], out var id) || StandardFiles.OutputIsTerminal)
            return null;
        var store = new JobStore(AstroJobsEnvironment.FindJobsFolder(Environment.GetEnvironmentVariable));
        if (JobEngine.LookRaw(store.Open(id)) is not { } stored)
            return null;
        var isSaid = StandardFiles.TryWriteOutput([.. "{\"ok\":true,"u8, .. stored.AsSpan(stored.IndexOf((byte)'{') + 1), (byte)'\n']);
        if (JobEngine.HasQueue(store))
            new JobEngine(AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable), TimeProvider.System).Dispatch();
        return isSaid ? ExitCode.Ok : ExitCode.Failed;
    }
}
