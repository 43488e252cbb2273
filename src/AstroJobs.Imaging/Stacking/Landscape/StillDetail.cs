using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Statistics;
using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>
/// Tells by the frames, as the camera stood, where something stands still: there a step from one pixel to the next but one is the same on every frame, so that its mean over
/// n frames is far above its scatter divided by √n. A star that passes has a mean of 1/n of its light and a scatter of 1/√n, which is no more than noise has;
/// a cloud, however slowly it drifts, has soft edges. Only single hot pixels stand still in a sky.
/// </summary>
internal static class StillDetail
{
    private const double Sigmas = 6;
    private const double Passing = 8; // variances of its square: noise of a few frames hardly ever comes to that
    private const double Steps = 2; // of whole numbers: smaller ones are their rounding, which stands still where a bright sky has no noise

    /// <param name="side">Of a square, pixels.</param>
    /// <returns>Of each square, row by row, the parts of its pixels, 0 … 1, that show something that stands still, and something that passes.</returns>
    public static (double Still, double Moving)[] Measure(StripPlan plan, IReadOnlyList<RegisteredFrame> frames, int side, int columns, int rows, CancellationToken cancellation)
    {
        var shares = new (double, double)[columns * rows];
        Crew.Run(plan.Threads, rows, (_, row, token) => MeasureBand(plan, frames, side, row, shares.AsMemory(row * columns, columns), token), cancellation);
        return shares;
    }

    private static void MeasureBand(StripPlan plan, IReadOnlyList<RegisteredFrame> frames, int side, int row, Memory<(double, double)> shares, CancellationToken cancellation)
    {
        var (width, samples) = (plan.Width, side * plan.Width);
        using var rows = new FrameRows(width, plan.Demosaic);
        using var grey = new PixelBuffer(samples);
        using var across = new StepStatistics(samples);
        using var down = new StepStatistics(samples);
        foreach (var frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            var plane = grey.Slice(0, samples);
            plane.Clear();
            rows.Read(frame.Frame, row * side, side, (channel, y, line) => Add(grey.Slice((long)(y - (row * side)) * width, width), line));
            across.Add(plane, 2);
            down.Add(plane, 2 * width);
        }
        var least = Steps * plan.Channels * (frames[0].Frame.Info.Format == SampleFormat.UInt8 ? 1 / 255.0 : 0);
        for (var column = 0; column < shares.Length; column++)
            shares.Span[column] = Share(across, down, frames.Count, column * side, side, width, least);
    }

    private static void Add(Span<float> grey, ReadOnlySpan<float> line)
    {
        for (var x = 0; x < line.Length; x++)
            grey[x] += line[x];
    }

    /// <param name="left">First column of the square.</param>
    private static (double Still, double Moving) Share(StepStatistics across, StepStatistics down, int frames, int left, int side, int width, double least)
    {
        var (still, moving, scatters) = (new bool[side * side], new bool[side * side], new float[side * side]);
        foreach (var steps in new[] { across, down })
        {
            var (firstX, firstY) = steps == across && left == 0 ? (2, 0) : steps == across ? (0, 0) : (0, 2);
            var count = 0;
            for (var y = firstY; y < side; y++)
            {
                for (var x = firstX; x < side; x++)
                    scatters[count++] = steps.Variance((y * width) + left + x, frames);
            }
            Array.Sort(scatters, 0, count);
            var floor = Math.Max(0.5 * ClippedStatistics.Median(scatters.AsSpan(0, count)), Math.Max(least * least / 24, 1e-14));
            for (var y = firstY; y < side; y++)
            {
                for (var x = firstX; x < side; x++)
                {
                    var at = (y * width) + left + x;
                    var (mean, variance) = (steps.Mean(at, frames), steps.Variance(at, frames));
                    still[(y * side) + x] |= Math.Abs(mean) > least && mean * mean * frames > Sigmas * Sigmas * Math.Max(variance, floor);
                    moving[(y * side) + x] |= variance > Passing * floor && variance * 4 > least * least;
                }
            }
        }
        return (still.Count(isStill => isStill) / (double)still.Length, moving.Count(isMoving => isMoving) / (double)moving.Length);
    }
}
