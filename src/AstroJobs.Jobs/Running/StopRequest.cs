using System.Runtime.InteropServices;

namespace AstroJobs.Jobs.Running;

/// <summary>Hears when a worker is asked to stop: by SIGINT, SIGTERM or SIGHUP, or by the cancel file alone, looked for once a second (the caller may be on another host).</summary>
internal sealed class StopRequest : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly List<IDisposable> _sources = [];
    private readonly string _cancelFile;

    public StopRequest(string cancelFile, TimeProvider time)
    {
        _cancelFile = cancelFile;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            _sources.Add(PosixSignalRegistration.Create(signal, OnSignal));
        _sources.Add(time.CreateTimer(_ => Look(), null, LookInterval, LookInterval));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The signal that came first, if one did.</summary>
    public PosixSignal? Signal { get; private set; }

    /// <summary>A user asked for it; a signal without this is the machine going down or a stranger.</summary>
    public bool IsCancel => File.Exists(_cancelFile);

    public void Look()
    {
        if (IsCancel)
            _source.Cancel();
    }

    public void Dispose()
    {
        _sources.ForEach(static source => source.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true; // not the default action: the worker ends by itself and says how
        Signal ??= context.Signal;
        _source.Cancel();
    }
}
