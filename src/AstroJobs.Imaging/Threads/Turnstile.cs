namespace AstroJobs.Imaging.Threads;

/// <summary>Lets workers pass one at a time in the order of their numbers.</summary>
internal sealed class Turnstile
{
    private readonly object _gate = new();
    private int _turn;

    public void Pass(int number, Action action, CancellationToken cancellation)
    {
        using var wake = cancellation.Register(Wake);
        lock (_gate)
        {
            while (_turn != number)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(_gate);
            }
            action();
            _turn++;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }
}
