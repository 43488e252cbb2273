using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Processes;

/// <summary>Runs a <see cref="Tool"/> to its end: no shell, stdin at its end, its lines in the log as they come, and nothing of it left behind when it is stopped.</summary>
public sealed class ToolRunner(ILogger log, TimeProvider time)
{
    /// <summary>All that a tool starts carries its number, also when it leaves the session.</summary>
    internal const string Mark = "ASTROJOBS_TOOL";

    /// <exception cref="JobException"><c>tool_missing</c>, or <c>timeout</c>.</exception>
    /// <exception cref="OperationCanceledException">It was stopped because the job was cancelled, or its time is over.</exception>
    public async Task<ToolResult> RunAsync(Tool tool, string folder, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var running = RunningTool.Start(tool, folder, log, time, new ToolEars());
        await using (running.ConfigureAwait(false))
        {
            using var ended = new CancellationTokenSource();
            var feeding = Task.Run(() => running.FeedAsync(ended.Token), CancellationToken.None); // a write to a full pipe blocks its thread
            var stopped = await WaitAsync(tool, running, cancellation).ConfigureAwait(false);
            await running.Exit.ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            var result = await running.EndAsync().ConfigureAwait(false);
            if (tool.Feed is not null && stopped == StopReason.None)
                await feeding.ConfigureAwait(false); // plain input is not waited for: one that reads nothing may have a child that keeps the pipe open
            return stopped switch
            {
                StopReason.Cancelled => throw new OperationCanceledException(cancellation),
                StopReason.Timeout => throw new JobException(ErrorCode.Timeout, $"{tool.Program} did not end within {tool.Timeout!.Value.TotalSeconds:0.#} s and was stopped.", "See task.log for what it said last."),
                _ => result,
            };
        }
    }

    private async Task<StopReason> WaitAsync(Tool tool, RunningTool running, CancellationToken cancellation)
    {
        var stop = Task.Delay(tool.Timeout ?? Timeout.InfiniteTimeSpan, time, cancellation);
        if (await Task.WhenAny(running.Exit, stop).ConfigureAwait(false) == running.Exit)
            return StopReason.None;
        var reason = cancellation.IsCancellationRequested ? StopReason.Cancelled : StopReason.Timeout;
        log.LogWarning("Stopping {Program}: {Reason}", tool.Program, reason == StopReason.Cancelled ? "the job is to end" : "its time is over");
        await running.StopAsync().ConfigureAwait(false);
        return reason;
    }

    private enum StopReason
    {
        None,
        Cancelled,
        Timeout,
    }
}
