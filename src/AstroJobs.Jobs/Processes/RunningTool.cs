using System.ComponentModel;
using System.Text;
using AstroJobs.Jobs.Running;
using Medallion.Shell;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Processes;

/// <summary>An outside program while it runs: it can be told something, heard, signalled, and stopped with all it started. Disposing stops it.</summary>
public sealed class RunningTool : IAsyncDisposable
{
    private const int KeepOutputBytes = 4 << 20;
    private const int KeepErrorBytes = 8192;

    /// <summary>A grandchild may keep the pipes open: where nothing comes for so long after the tool itself has ended, nothing is waited for.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(2);

    /// <summary>And where something comes without end.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(30);

    /// <summary>A process that waits for a dead disk cannot even be killed.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    private readonly Tool _tool;
    private readonly Command _command;
    private readonly MarkedProcesses _processes;
    private readonly ProcessIdentity? _identity;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly LinePump _output;
    private readonly LinePump _error;
    private readonly CancellationTokenSource _draining = new();
    private readonly Task _pumps;
    private bool _ended;

    private RunningTool(Tool tool, Command command, string mark, ILogger log, TimeProvider time, ToolEars ears)
    {
        (_tool, _command, _log, _time) = (tool, command, log, time);
        _identity = ProcessIdentity.TryRead(command.ProcessId);
        _processes = MarkedProcesses.OfTool(mark, _identity);
        command.StandardOutput.StopBuffering(); // a program that prints faster than its lines are written waits, instead of filling the memory
        command.StandardError.StopBuffering();
        _output = new LinePump(command.StandardOutput.BaseStream, KeepOutputBytes, line => Hear(line, ears.OutputLine), time, ears.Output);
        _error = new LinePump(command.StandardError.BaseStream, KeepErrorBytes, line => Hear(line, ears.ErrorLine), time);
        _pumps = Task.WhenAll(_output.RunAsync(_draining.Token), _error.RunAsync(_draining.Token));
        Exit = command.Process.WaitForExitAsync(CancellationToken.None); // the command's own task also waits for whoever inherited the pipes
    }

    /// <summary>Complete when the program has ended; what it started may live on.</summary>
    public Task Exit { get; }

    /// <exception cref="JobException"><c>tool_missing</c>.</exception>
    public static RunningTool Start(Tool tool, string folder, ILogger log, TimeProvider time, ToolEars ears)
    {
        var mark = Guid.NewGuid().ToString("N");
        try
        {
            using var _ = new BrokenPipeDefault();
            var command = Command.Run(tool.Program, tool.Arguments, options => options
                .WorkingDirectory(tool.WorkingFolder ?? folder)
                .EnvironmentVariables(tool.Environment)
                .EnvironmentVariable(ToolRunner.Mark, mark)
                .DisposeOnExit(false));
            log.LogInformation("Started {Program} (pid {Pid}): {Arguments}", tool.Program, command.ProcessId, string.Join(' ', tool.Arguments));
            return new RunningTool(tool, command, mark, log, time, ears);
        }
        catch (Win32Exception error)
        {
            throw new JobException(ErrorCode.ToolMissing, $"Cannot start '{tool.Program}': {error.Message}.", "Install it, or give its full path.", error);
        }
    }

    /// <summary>Writes a line to its stdin; one that reads nothing any more is not waited for.</summary>
    public Task WriteLineAsync(string line) => TryAsync(async input =>
    {
        await input.WriteAsync(Encoding.UTF8.GetBytes(line + "\n")).ConfigureAwait(false);
        await input.FlushAsync().ConfigureAwait(false);
    });

    /// <summary>Its stdin is at its end.</summary>
    public Task CloseInputAsync() => TryAsync(input =>
    {
        _command.StandardInput.Close();
        return Task.CompletedTask;
    });

    /// <summary>Gives it what the <see cref="Tool"/> has for its stdin, which is at its end after that.</summary>
    internal Task FeedAsync(CancellationToken cancellation) => TryAsync(async input =>
    {
        using var ended = _command.StandardInput; // whatever happens to the feeder, the program must not wait for more
        if (_tool.Feed is not null)
            await _tool.Feed(input, cancellation).ConfigureAwait(false);
        else if (_tool.Input is not null)
            await input.WriteAsync(Encoding.UTF8.GetBytes(_tool.Input), cancellation).ConfigureAwait(false);
    });

    /// <summary>Sends SIGUSR1 to the program alone.</summary>
    public void SignalUser1() => Signal(Signals.User1);

    /// <summary>Sends SIGINT to the program alone, for one that then ends by itself.</summary>
    public void Interrupt() => Signal(Signals.Interrupt);

    /// <inheritdoc cref="Interrupt"/>
    public void Terminate() => Signal(Signals.Terminate);

    /// <summary>The stop ladder: SIGINT, SIGTERM, SIGKILL, each to all that the tool started, with the tool's grace in between.</summary>
    public async Task StopAsync()
    {
        foreach (var signal in (int[])[Signals.Interrupt, Signals.Terminate])
        {
            MarkedProcesses.Signal(_processes.Alive(), signal);
            for (var started = _time.GetTimestamp(); _time.GetElapsedTime(started) < _tool.Grace;)
            {
                if (_processes.Alive().Count == 0)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(20), _time).ConfigureAwait(false);
            }
        }
        // Again and again: what is being killed may have started another child behind our look.
        for (var started = _time.GetTimestamp(); _time.GetElapsedTime(started) < KillPatience && _processes.Alive() is { Count: > 0 } alive;)
        {
            MarkedProcesses.Signal(alive, Signals.Kill);
            await Task.Delay(TimeSpan.FromMilliseconds(5), _time).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for its end and for all that it has said.</summary>
    public async Task<ToolResult> EndAsync()
    {
        await Exit.ConfigureAwait(false);
        var exitCode = _command.Process.ExitCode;
        await DrainAsync().ConfigureAwait(false);
        if (!_ended)
            _log.LogInformation("{Program} ended with exit code {ExitCode}", _tool.Program, exitCode);
        _ended = true;
        return new ToolResult(exitCode, _output.Kept, _output.IsComplete, _error.Kept);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Exit.IsCompleted)
            await StopAsync().ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        _output.Dispose();
        _error.Dispose();
        _draining.Dispose();
        ((IDisposable)_command).Dispose();
    }

    private async Task TryAsync(Func<Stream, Task> write)
    {
        try
        {
            await write(_command.StandardInput.BaseStream).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // It has ended, or closed its stdin: it wants no input.
        }
    }

    private void Signal(int signal)
    {
        if (_identity is { } process)
            Signals.Send(process.Pid, process.StartTicks, signal);
    }

    private void Hear(string line, Action<string>? listener)
    {
        _log.LogInformation("{Line}", line);
        listener?.Invoke(line);
    }

    /// <summary>What the tool itself has printed is still being read, on a busy machine for long: so as long as something comes, within bounds.</summary>
    private async Task DrainAsync()
    {
        var started = _time.GetTimestamp();
        for (var seen = -1L; !_pumps.IsCompleted && _output.Total + _error.Total > seen && _time.GetElapsedTime(started) < LongestDrain;)
        {
            seen = _output.Total + _error.Total;
            await Task.WhenAny(_pumps, Task.Delay(DrainPatience, CancellationToken.None)).ConfigureAwait(false);
        }
        await _draining.CancelAsync().ConfigureAwait(false);
        try
        {
            await _pumps.ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException)
        {
            if (!_ended)
                _log.LogWarning("The end of the output was not read: {Reason}", error.Message);
        }
    }
}
