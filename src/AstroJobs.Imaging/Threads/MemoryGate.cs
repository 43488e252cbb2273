namespace AstroJobs.Imaging.Threads;

/// <summary>Holds workers back while what is in hand would not fit the budget. One is always let in: a frame larger than the budget is still read.</summary>
internal sealed class MemoryGate(long budgetBytes)
{
    private readonly object _gate = new();
    private long _taken;

    public void Enter(long bytes, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(Wake);
        lock (_gate)
        {
            while (_taken > 0 && _taken + bytes > budgetBytes)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }
            _taken += bytes;
        }
    }

    public void Leave(long bytes)
    {
        lock (_gate)
        {
            _taken -= bytes;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
