using System.Globalization;
using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Statistics;
using AstroJobs.Imaging.Threads;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>Measures the backgrounds of frames, one look at each.</summary>
internal static class SkyMeshes
{
    private const int Stride = 3; // odd: all four places of a mosaic are seen

    /// <returns>The levels of all cells of all frames, one frame after the other; NaN is no data.</returns>
    public static float[] Measure(StackSession session, StackPass pass, SkyOnly? sky)
    {
        var (plan, frames) = (pass.Plan, pass.Frames);
        var levels = new float[frames.Count][];
        var done = 0;
        Crew.Run(plan.Threads, frames.Count, (_, i, token) =>
        {
            using var rows = new FrameRows(frames[i].Frame.Info.Width, plan.Demosaic);
            levels[i] = Measure(frames[i].Frame, sky, rows, token);
            var count = Interlocked.Increment(ref done);
            session.Tell(StackPhase.Normalize, count, frames.Count, string.Create(CultureInfo.InvariantCulture, $"Background of frame {count}/{frames.Count} measured"));
        }, session.Cancellation);
        return [.. levels.SelectMany(frame => frame)];
    }

    /// <param name="levels">As they were measured.</param>
    /// <returns>One a frame, in its own pixels.</returns>
    public static SkyMesh[] Of(float[] levels, IReadOnlyList<RegisteredFrame> frames)
    {
        var (meshes, first) = (new SkyMesh[frames.Count], 0);
        for (var i = 0; i < meshes.Length; i++)
        {
            var info = frames[i].Frame.Info;
            var grid = SkyMeshGrid.Fine(info.Width, info.Height);
            var next = first + (grid.Cells * frames[i].Frame.Channels);
            meshes[i] = SkyMesh.Smooth(grid, levels[first..next]);
            first = next;
        }
        return meshes;
    }

    private static float[] Measure(InspectedFrame frame, SkyOnly? sky, FrameRows rows, CancellationToken cancellation)
    {
        var grid = SkyMeshGrid.Fine(frame.Info.Width, frame.Info.Height);
        var levels = new float[grid.Cells * frame.Channels];
        var cells = Enumerable.Range(0, grid.Columns * frame.Channels).Select(_ => new List<float>()).ToArray();
        for (var row = 0; row < grid.Rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            var top = grid.Top(row);
            rows.Read(frame, top, grid.Top(row + 1) - top, (channel, y, samples) =>
            {
                for (var column = 0; column < grid.Columns && (y - top) % Stride == 0; column++)
                    Take(samples[..grid.Left(column + 1)], grid.Left(column), y, sky, cells[(channel * grid.Columns) + column]);
            });
            for (var channel = 0; channel < frame.Channels; channel++)
            {
                for (var column = 0; column < grid.Columns; column++)
                    levels[(((channel * grid.Rows) + row) * grid.Columns) + column] = Median(cells[(channel * grid.Columns) + column]);
            }
        }
        return levels;
    }

    private static void Take(ReadOnlySpan<float> row, int left, int y, SkyOnly? sky, List<float> cell)
    {
        for (var x = left; x < row.Length; x += Stride)
        {
            if (float.IsFinite(row[x]) && sky?.IsSky(x, y) != false)
                cell.Add(row[x]);
        }
    }

    /// <summary>Empties the cell.</summary>
    private static float Median(List<float> cell)
    {
        cell.Sort();
        var median = cell.Count == 0 ? float.NaN : (float)ClippedStatistics.Median(CollectionsMarshal.AsSpan(cell));
        cell.Clear();
        return median;
    }
}
