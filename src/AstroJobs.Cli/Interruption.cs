using System.Runtime.InteropServices;

namespace AstroJobs.Cli;

/// <summary>SIGINT or SIGTERM to a command that is at work: the first one cancels it, another one ends it at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

    public CancellationToken Token => _source.Token;

    /// <summary>128 and the number of the signal that came first.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Interrupted;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return; // the default action
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGTERM)
            ExitCode = Cli.ExitCode.Terminated;
        _source.Cancel();
    }
}
