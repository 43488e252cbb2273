using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary>The hidden verb: the process that waits for the time of timed jobs. <c>alarm STORE</c> is written by the engine, never by hand.</summary>
internal static class AlarmCommand
{
    public static int Run(string store)
    {
        new JobEngine(AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable, store), TimeProvider.System).RunAlarm();
        return ExitCode.Ok;
    }
}
