using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AstroJobs.Jobs.Running;
using Medallion.Shell;
using Medallion.Shell.Streams;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Processes;

/// <summary>Runs a <see cref="Tool"/>: no shell, stdin at its end, its lines in the log as they come, and nothing of it left behind when it is stopped.</summary>
internal sealed class ToolRunner(ILogger log, TimeProvider time)
{
    private const int KeepOutputBytes = 4 << 20;
    private const int KeepErrorBytes = 8192;

    /// <summary>All that a tool starts carries its number, also when it leaves the session.</summary>
    public const string Mark = "ASTROJOBS_TOOL";

    /// <summary>A grandchild may keep the pipes open: where nothing comes for so long after the tool itself has ended, nothing is waited for.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(2);

    /// <summary>And where something comes without end.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    /// <summary>A process that waits for a dead disk cannot even be killed.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    /// <exception cref="JobException"><c>tool_missing</c>, or <c>timeout</c>.</exception>
    /// <exception cref="OperationCanceledException">It was stopped because the job was cancelled, or its time is over.</exception>
    public async Task<ToolResult> RunAsync(Tool tool, string folder, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var mark = Guid.NewGuid().ToString("N");
        using var command = Start(tool, folder, mark);
        log.LogInformation("Started {Program} (pid {Pid}): {Arguments}", tool.Program, command.ProcessId, string.Join(' ', tool.Arguments));
        command.StandardOutput.StopBuffering(); // a program that prints faster than its lines are written waits, instead of filling the memory
        command.StandardError.StopBuffering();
        using var output = new LinePump(command.StandardOutput.BaseStream, KeepOutputBytes, line => log.LogInformation("{Line}", line), time);
        using var error = new LinePump(command.StandardError.BaseStream, KeepErrorBytes, line => log.LogInformation("{Line}", line), time);
        using var draining = new CancellationTokenSource();
        var pumps = Task.WhenAll(output.RunAsync(draining.Token), error.RunAsync(draining.Token));
        using var ended = new CancellationTokenSource();
        var feeding = Task.Run(() => FeedAsync(command.StandardInput, tool, ended.Token), CancellationToken.None); // a write to a full pipe blocks its thread
        var stopped = await WaitAsync(tool, command, mark, cancellation).ConfigureAwait(false);
        await command.Process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        var exitCode = command.Process.ExitCode;
        await ended.CancelAsync().ConfigureAwait(false);
        await DrainAsync(pumps, () => output.Total + error.Total, draining).ConfigureAwait(false);
        log.LogInformation("{Program} ended with exit code {ExitCode}", tool.Program, exitCode);
        if (tool.Feed is not null && stopped == StopReason.None)
            await feeding.ConfigureAwait(false); // plain input is not waited for: one that reads nothing may have a child that keeps the pipe open
        return stopped switch
        {
            StopReason.Cancelled => throw new OperationCanceledException(cancellation),
            StopReason.Timeout => throw new JobException(ErrorCode.Timeout, $"{tool.Program} did not end within {tool.Timeout!.Value.TotalSeconds:0.#} s and was stopped.", "See task.log for what it said last."),
            _ => new ToolResult(exitCode, output.Kept, output.IsComplete, error.Kept),
        };
    }

    private static async Task FeedAsync(ProcessStreamWriter standardInput, Tool tool, CancellationToken cancellation)
    {
        try
        {
            using var ended = standardInput; // whatever happens to the feeder, the program must not wait for more
            if (tool.Feed is not null)
                await tool.Feed(standardInput.BaseStream, cancellation).ConfigureAwait(false);
            else if (tool.Input is not null)
                await standardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(tool.Input), cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It has ended, or closed its stdin: it wants no input.
        }
    }

    private static Command Start(Tool tool, string folder, string mark)
    {
        try
        {
            using var _ = new BrokenPipeDefault();
            return Command.Run(tool.Program, tool.Arguments, options => options
                .WorkingDirectory(tool.WorkingFolder ?? folder)
                .EnvironmentVariables(tool.Environment)
                .EnvironmentVariable(Mark, mark)
                .DisposeOnExit(false));
        }
        catch (Win32Exception error)
        {
            throw new JobException(ErrorCode.ToolMissing, $"Cannot start '{tool.Program}': {error.Message}.", "Install it, or give its full path.", error);
        }
    }

    private async Task<StopReason> WaitAsync(Tool tool, Command command, string mark, CancellationToken cancellation)
    {
        var stop = Task.Delay(tool.Timeout ?? Timeout.InfiniteTimeSpan, time, cancellation);
        var exit = command.Process.WaitForExitAsync(CancellationToken.None); // the command's own task also waits for whoever inherited the pipes
        if (await Task.WhenAny(exit, stop).ConfigureAwait(false) == exit)
            return StopReason.None;
        var reason = cancellation.IsCancellationRequested ? StopReason.Cancelled : StopReason.Timeout;
        log.LogWarning("Stopping {Program}: {Reason}", tool.Program, reason == StopReason.Cancelled ? "the job is to end" : "its time is over");
        await StopAsync(MarkedProcesses.OfTool(mark, ProcessIdentity.TryRead(command.ProcessId)), tool.Grace).ConfigureAwait(false);
        return reason;
    }

    /// <summary>The stop ladder: SIGINT, SIGTERM, SIGKILL, each to all that the tool started, with the tool's grace in between.</summary>
    private async Task StopAsync(MarkedProcesses processes, TimeSpan grace)
    {
        foreach (var signal in (int[])[Signals.Interrupt, Signals.Terminate])
        {
            MarkedProcesses.Signal(processes.Alive(), signal);
            for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < grace;)
            {
                if (processes.Alive().Count == 0)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(20), time).ConfigureAwait(false);
            }
        }
        // Again and again: what is being killed may have started another child behind our look.
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < KillPatience && processes.Alive() is { Count: > 0 } alive;)
        {
            MarkedProcesses.Signal(alive, Signals.Kill);
            await Task.Delay(TimeSpan.FromMilliseconds(5), time).ConfigureAwait(false);
        }
    }

    /// <summary>What the tool itself has printed is still being read, on a busy machine for long: so as long as something comes, within bounds.</summary>
    private async Task DrainAsync(Task pumps, Func<long> total, CancellationTokenSource draining)
    {
        var started = time.GetTimestamp();
        for (var seen = -1L; !pumps.IsCompleted && total() > seen && time.GetElapsedTime(started) < LongestDrain;)
        {
            seen = total();
            await Task.WhenAny(pumps, Task.Delay(DrainPatience, CancellationToken.None)).ConfigureAwait(false);
        }
        await draining.CancelAsync().ConfigureAwait(false);
        try
        {
            await pumps.ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            log.LogWarning("The end of the output was not read: {Reason}", error.Message);
        }
    }

    private enum StopReason
    {
        None,
        Cancelled,
        Timeout,
    }
}
