using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Tests.Threads;

public sealed class CrewTests
{
    [Test]
    public void Every_item_is_worked_once_and_passes_the_turnstile_in_order([Values(1, 3, 8)] int threads)
    {
        var passed = new List<int>();
        var turns = new Turnstile();
        Crew.Run(threads, 200, (_, item, token) => turns.Pass(item, () => passed.Add(item), token), CancellationToken.None);
        Assert.That(passed, Is.EqualTo(Enumerable.Range(0, 200)));
    }

    [Test, CancelAfter(20_000)]
    public void A_failure_stops_those_that_wait_for_it_and_is_thrown_as_it_was(CancellationToken token)
    {
        var turns = new Turnstile();
        Assert.That(
            () => Crew.Run(4, 100, (_, item, stop) =>
            {
                if (item == 5)
                    throw new ImageException("torn");
                turns.Pass(item, () => { }, stop);
            }, token),
            Throws.TypeOf<ImageException>().With.Message.EqualTo("torn"));
    }

    [Test, CancelAfter(20_000)]
    public void Cancelling_ends_the_work(CancellationToken token)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(token);
        Assert.That(
            () => Crew.Run(2, 1000, (_, item, _) =>
            {
                if (item == 10)
                    cancel.Cancel();
            }, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }
}
