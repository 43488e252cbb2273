using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Tests.Threads;

public sealed class MemoryGateTests
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(100);

    [Test, CancelAfter(60_000)]
    public async Task Who_does_not_fit_waits_until_enough_have_left(CancellationToken cancellation)
    {
        var gate = new MemoryGate(10);
        gate.Enter(4, cancellation);
        gate.Enter(6, cancellation); // just fits
        var third = Task.Run(() => gate.Enter(5, cancellation), cancellation);
        gate.Leave(4);
        await Task.Delay(AWhile, cancellation);
        Assert.That(third.IsCompleted, Is.False, "four are not five");
        gate.Leave(6);
        await third;
    }

    [Test, CancelAfter(60_000)]
    public void One_is_always_let_in(CancellationToken cancellation)
    {
        var gate = new MemoryGate(10);
        gate.Enter(1000, cancellation);
        gate.Leave(1000);
        gate.Enter(1000, cancellation);
    }

    [Test, CancelAfter(60_000)]
    public async Task Who_waits_is_cancelled(CancellationToken cancellation)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var gate = new MemoryGate(10);
        gate.Enter(10, cancellation);
        var second = Task.Run(() => gate.Enter(1, cancel.Token), cancellation);
        await Task.Delay(AWhile, cancellation);
        await cancel.CancelAsync();
        Assert.That(() => second, Throws.InstanceOf<OperationCanceledException>());
    }
}
