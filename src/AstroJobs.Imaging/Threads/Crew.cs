namespace AstroJobs.Imaging.Threads;

/// <summary>
/// Some threads that work off a numbered list in its order. The first failure stops all and is thrown as it was; cancellation likewise.
/// (Parallel.For hands out ranges instead, and then a strip could wait for one that nobody has begun.)
/// </summary>
internal static class Crew
{
    /// <param name="work">Gets the worker's number, 0 … threads − 1, the item's, and a token that also tells that another worker failed.</param>
    public static void Run(int threads, int items, Action<int, int, CancellationToken> work, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var next = -1;
        var crew = Enumerable.Range(0, Math.Min(threads, items))
            .Select(worker => Task.Factory.StartNew(() => Work(worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        Task.WhenAll(crew).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
        // Of several failures those that only heard of another come last.
        crew.Where(task => task.IsFaulted).OrderBy(task => task.Exception!.InnerException is OperationCanceledException).FirstOrDefault()?.GetAwaiter().GetResult();

        void Work(int worker)
        {
            var finished = false;
            try
            {
                for (var item = Interlocked.Increment(ref next); item < items && !stop.IsCancellationRequested; item = Interlocked.Increment(ref next))
                    work(worker, item, stop.Token);
                finished = true;
            }
            finally
            {
                if (!finished)
                    stop.Cancel();
            }
        }
    }
}
