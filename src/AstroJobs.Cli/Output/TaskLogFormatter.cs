using System.Globalization;
using AstroJobs.Jobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AstroJobs.Cli.Output;

/// <summary>A line of task.log: UTC time with milliseconds, the level where it is not plain information, the message.</summary>
internal sealed class TaskLogFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "task-log";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(UtcTime.Text(DateTimeOffset.UtcNow));
        textWriter.Write(logEntry.LogLevel switch
        {
            LogLevel.Warning => " warning ",
            LogLevel.Error or LogLevel.Critical => " error ",
            _ => " ",
        });
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
            textWriter.WriteLine(exception);
    }
}
