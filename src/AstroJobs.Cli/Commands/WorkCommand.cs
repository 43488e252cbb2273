using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Running;
using AstroJobs.Kinds;

namespace AstroJobs.Cli.Commands;

/// <summary>The hidden verb: a worker. <c>work STORE ID LOCKS</c> is written by the executor, never by hand, so it passes the parser by.</summary>
internal static class WorkCommand
{
    public static int Run(string[] arguments)
    {
        var environment = AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable, arguments[0]);
        var engine = new JobEngine(environment, TimeProvider.System);
        var id = JobId.Parse(arguments[1]);
        using var log = new TaskLog(engine.Store.Open(id).Log, environment.LogMaxBytes, TimeProvider.System, isStandard: true);
        var worker = engine.CreateWorker(JobKinds.CreateAll(), log);
        worker.Run(id, int.Parse(arguments[2], CultureInfo.InvariantCulture));
        return ExitCode.Ok;
    }
}
