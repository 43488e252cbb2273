using System.Runtime.InteropServices;

namespace AstroJobs.Jobs.Running;

/// <summary>Hears when a worker is asked to stop: by SIGINT, SIGTERM or SIGHUP, by the cancel file alone, looked for once a second (the caller may be on another host), or by the end of its time.</summary>
internal sealed class StopRequest : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly List<IDisposable> _sources = [];
    private readonly string _cancelFile;
    private readonly TimeProvider _time;

    public StopRequest(string cancelFile, TimeProvider time)
    {
        (_cancelFile, _time) = (cancelFile, time);
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            _sources.Add(PosixSignalRegistration.Create(signal, OnSignal));
        _sources.Add(time.CreateTimer(_ => Look(), null, LookInterval, LookInterval));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The signal that came first, if one did.</summary>
    public PosixSignal? Signal { get; private set; }

    /// <summary>A user asked for it; a signal without this is the machine going down or a stranger.</summary>
    public bool IsCancel => File.Exists(_cancelFile);

    public bool IsTimedOut { get; private set; }

    public void Look()
    {
        if (IsCancel)
            Cancel();
    }

    /// <summary>Asks it to stop after this time, counted from now. Not by the clock on the wall, which somebody may set.</summary>
    public void StopAfter(TimeSpan timeout) => _sources.Add(_time.CreateTimer(_ => TimeOut(), null, timeout, Timeout.InfiniteTimeSpan));

    public void Dispose()
    {
        _sources.ForEach(static source => source.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true; // not the default action: the worker ends by itself and says how
        Signal ??= context.Signal;
        Cancel();
    }

    private void TimeOut()
    {
        IsTimedOut = true;
        Cancel();
    }

    private void Cancel()
    {
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself: a timer that is disposed may be in the middle of its call.
        }
    }
}
