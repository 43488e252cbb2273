using System.Globalization;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Makes the result strip by strip on all threads and hands the strips on from the top down.</summary>
internal static class Integrator
{
    /// <returns>What was rejected of each frame; empty when nothing is.</returns>
    public static IReadOnlyList<RejectionCount> Run(
        StripPlan plan,
        Integration integration,
        IReadOnlyList<RegisteredFrame> frames,
        StackOutput output,
        IProgress<StackProgress>? progress,
        CancellationToken cancellation)
    {
        var makers = new TileMaker?[plan.Threads];
        var strips = new StripBuffers?[plan.Threads];
        var turns = new Turnstile();
        try
        {
            Crew.Run(plan.Threads, plan.Strips, (worker, index, token) =>
            {
                var maker = makers[worker] ??= new TileMaker(plan, integration, frames);
                var strip = strips[worker] ??= new StripBuffers(plan);
                foreach (var tile in plan.TilesOf(index))
                    maker.Make(tile, strip, token);
                turns.Pass(index, () => Write(plan, index, strip, output, progress), token);
            }, cancellation);
            return Sum(makers.OfType<TileMaker>(), frames.Count);
        }
        finally
        {
            foreach (var maker in makers)
                maker?.Dispose();
            foreach (var strip in strips)
                strip?.Dispose();
        }
    }

    private static IReadOnlyList<RejectionCount> Sum(IEnumerable<TileMaker> makers, int frames)
    {
        var counted = makers.Select(maker => maker.Counts).Where(counts => counts.Count > 0).ToArray();
        return counted.Length == 0 ? [] : [.. Enumerable.Range(0, frames).Select(frame => counted.Aggregate(default(RejectionCount), (sum, counts) => sum + counts[frame]))];
    }

    private static void Write(StripPlan plan, int index, StripBuffers strip, StackOutput output, IProgress<StackProgress>? progress)
    {
        var samples = plan.RowsOf(index) * plan.Width;
        for (var channel = 0; channel < plan.Channels; channel++)
        {
            var start = (long)channel * samples;
            output.Write(channel, index * plan.Rows, strip.Result.Slice(start, samples));
            if (plan.HasMaps)
                output.WriteRejected(channel, index * plan.Rows, strip.Low!.Slice(start, samples), strip.High!.Slice(start, samples));
        }
        progress?.Report(new StackProgress(index + 1, plan.Strips, StackPhase.Integrate, string.Create(
            CultureInfo.InvariantCulture, $"Row {(index * plan.Rows) + plan.RowsOf(index)}/{plan.Height} integrated")));
    }
}
