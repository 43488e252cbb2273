using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AstroJobs.Cli.Output;

/// <summary>What <c>--verbose</c> shows: the engine's own steps on stderr, a line each, with UTC times.</summary>
internal static class EngineLog
{
    /// <summary>Disposed, it has written all.</summary>
    public static ILoggerFactory Open() => LoggerFactory.Create(static builder => builder
        .AddConsole(static console =>
        {
            console.FormatterName = ConsoleFormatterNames.Simple;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        })
        .AddSimpleConsole(static line =>
        {
            line.SingleLine = true;
            line.UseUtcTimestamp = true;
            line.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        }));
}
