using System.Globalization;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Drizzling;
using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>Makes the result strip by strip on all threads and hands the strips on from the top down.</summary>
internal static class Integrator
{
    /// <returns>What was rejected of each frame; empty when nothing is.</returns>
    public static IReadOnlyList<RejectionCount> Run(StackSession session, StackPass pass, StripSink output)
    {
        var plan = pass.Plan;
        var makers = new ITileMaker?[plan.Threads];
        var strips = new StripBuffers?[plan.Threads];
        var turns = new Turnstile();
        var finished = output.Finished;
        var rejected = finished.Rejected;
        try
        {
            Crew.Run(plan.Threads, plan.Strips - finished.Strips, (worker, turn, token) =>
            {
                var index = finished.Strips + turn;
                var maker = makers[worker] ??= plan.Drizzle is null ? new TileMaker(pass) : new DrizzleMaker(pass);
                var strip = strips[worker] ??= new StripBuffers(plan);
                var before = maker.Counts.ToArray();
                foreach (var tile in plan.TilesOf(index))
                    maker.Make(tile, strip, token);
                turns.Pass(turn, () =>
                {
                    Write(plan, index, strip, output);
                    rejected = Sum(rejected, before, maker.Counts);
                    output.Keep(new KeptStrips(index + 1, rejected));
                    session.Tell(StackPhase.Integrate, index + 1, plan.Strips, string.Create(
                        CultureInfo.InvariantCulture, $"Row {(index * plan.Rows) + plan.RowsOf(index)}/{plan.Height} integrated"));
                }, token);
            }, session.Cancellation);
            return rejected;
        }
        finally
        {
            foreach (var maker in makers)
                maker?.Dispose();
            foreach (var strip in strips)
                strip?.Dispose();
        }
    }

    /// <summary>With what one strip added.</summary>
    private static IReadOnlyList<RejectionCount> Sum(IReadOnlyList<RejectionCount> sum, RejectionCount[] before, IReadOnlyList<RejectionCount> after) =>
        [.. after.Select((count, frame) => (frame < sum.Count ? sum[frame] : default) + (count - before[frame]))];

    private static void Write(StripPlan plan, int index, StripBuffers strip, StripSink output)
    {
        var samples = plan.RowsOf(index) * plan.Width;
        for (var channel = 0; channel < plan.Channels; channel++)
        {
            var start = (long)channel * samples;
            output.Write(channel, index * plan.Rows, strip.Result.Slice(start, samples));
            if (plan.HasMaps)
                output.WriteRejected(channel, index * plan.Rows, strip.Low!.Slice(start, samples), strip.High!.Slice(start, samples));
        }
        for (var channel = 0; channel < plan.Channels && strip.Weights is not null; channel++)
            output.WriteWeights(channel, index * plan.Rows, strip.Weights.Slice((long)channel * samples, samples));
        if (plan.HasCoverage)
            output.WriteCoverage(index * plan.Rows, strip.Coverage!.Slice(0, samples));
    }
}
