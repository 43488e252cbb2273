using System.Globalization;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Kinds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AstroJobs.Cli.Commands;

/// <summary>The hidden verb: a worker. <c>work STORE ID LOCKS</c> is written by the executor, never by hand, so it passes the parser by.</summary>
internal static class WorkCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var environment = AstroJobsEnvironment.Read(Environment.GetEnvironmentVariable, arguments[0]);
        var engine = new JobEngine(environment, TimeProvider.System);
        using var logging = LoggerFactory.Create(static builder =>
        {
            builder.Services.AddSingleton<ConsoleFormatter, TaskLogFormatter>();
            builder.AddConsole(static console =>
            {
                console.FormatterName = TaskLogFormatter.FormatterName;
                console.LogToStandardErrorThreshold = LogLevel.Trace;
            });
        });
        var worker = engine.CreateWorker(JobKinds.CreateAll(), logging.CreateLogger("astrojobs"));
        await worker.RunAsync(JobId.Parse(arguments[1]), int.Parse(arguments[2], CultureInfo.InvariantCulture)).ConfigureAwait(false);
        return ExitCode.Ok;
    }
}
