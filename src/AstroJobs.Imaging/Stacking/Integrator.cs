using System.Globalization;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Makes the result strip by strip on all threads and hands the strips on from the top down.</summary>
internal static class Integrator
{
    /// <param name="write">Gets a channel, the first row and whole rows; never called by two threads at a time.</param>
    public static void Run(
        StripPlan plan, StackMode mode, IReadOnlyList<RegisteredFrame> frames, RowSink write, IProgress<StackProgress>? progress, CancellationToken cancellation)
    {
        var makers = new TileMaker?[plan.Threads];
        var strips = new PixelBuffer?[plan.Threads];
        var turns = new Turnstile();
        try
        {
            Crew.Run(plan.Threads, plan.Strips, (worker, index, token) =>
            {
                var maker = makers[worker] ??= new TileMaker(plan, mode, frames);
                var strip = strips[worker] ??= new PixelBuffer((long)plan.Rows * plan.Width * plan.Channels);
                foreach (var tile in plan.TilesOf(index))
                    maker.Make(tile, strip, token);
                turns.Pass(index, () => Write(plan, index, strip, write, progress), token);
            }, cancellation);
        }
        finally
        {
            foreach (var maker in makers)
                maker?.Dispose();
            foreach (var strip in strips)
                strip?.Dispose();
        }
    }

    private static void Write(StripPlan plan, int index, PixelBuffer strip, RowSink write, IProgress<StackProgress>? progress)
    {
        var samples = plan.RowsOf(index) * plan.Width;
        for (var channel = 0; channel < plan.Channels; channel++)
            write(channel, index * plan.Rows, strip.Slice((long)channel * samples, samples));
        progress?.Report(new StackProgress(index + 1, plan.Strips, StackPhase.Integrate, string.Create(
            CultureInfo.InvariantCulture, $"Row {(index * plan.Rows) + plan.RowsOf(index)}/{plan.Height} integrated")));
    }
}
