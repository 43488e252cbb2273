using AstroJobs.Jobs;
using AstroJobs.Jobs.Running;

namespace AstroJobs.Cli.Commands;

/// <summary>The hidden verb: tells a program that a job has ended. <c>notify PROGRAM ARGS…</c> is written by the engine, never by hand.</summary>
internal static class NotifyCommand
{
    /// <summary>stderr is the job's log; its name may be another by now, and the job may be gone.</summary>
    private const string Log = "/proc/self/fd/2";

    public static async Task<int> RunAsync(IReadOnlyList<string> program)
    {
        var environment = AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable);
        using var log = new TaskLog(Log, environment.LogMaxBytes, TimeProvider.System, isStandard: true);
        await new Notifier(log, TimeProvider.System, environment.OnFinishPatience).RunAsync(program).ConfigureAwait(false);
        return ExitCode.Ok;
    }
}
