using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>
/// The background that all frames are brought to: in each cell of the result the median of the frames that show its middle. Where so many frames have ended that
/// their median would be that of another part of the night, it goes on from the cells beside by as much as it changes on those that are left: there is no step.
/// </summary>
internal static class SkyTarget
{
    private const double Enough = 0.75; // of the most frames that any cell has

    /// <param name="grid">Of the result.</param>
    /// <param name="own">The background of each frame, in its own pixels.</param>
    /// <param name="sky">Leaves the ground out; null where there is none.</param>
    public static SkyMesh Of(SkyMeshGrid grid, IReadOnlyList<RegisteredFrame> frames, SkyMesh[] own, SkyOnly? sky)
    {
        int[] reached = [.. Enumerable.Range(0, grid.Cells).Select(cell => frames.Count(frame => PlaceOn(frame, grid, cell) is not null))];
        var levels = new float[grid.Cells * own[0].Channels];
        for (var channel = 0; channel < own[0].Channels; channel++)
        {
            float[][] shown = [.. frames.Select((frame, i) => LevelsOn(frame, own[i], channel, grid, sky))];
            Join(grid, reached, shown, levels.AsSpan(channel * grid.Cells, grid.Cells));
        }
        return SkyMesh.Smooth(grid, levels);
    }

    /// <returns>Where the middle of a cell of the result lies on a frame; null where it is not on it.</returns>
    public static (double X, double Y)? PlaceOn(RegisteredFrame frame, SkyMeshGrid grid, int cell)
    {
        var (x, y) = grid.MiddleOf(cell);
        var (u, v) = frame.ToCanvas.ToFrame(x, y);
        return u >= 0 && v >= 0 && u < frame.Frame.Info.Width && v < frame.Frame.Info.Height ? (u, v) : null;
    }

    /// <summary>A frame's background in the cells of the result; NaN where it does not show their middle.</summary>
    private static float[] LevelsOn(RegisteredFrame frame, SkyMesh own, int channel, SkyMeshGrid grid, SkyOnly? sky)
    {
        var levels = new float[grid.Cells];
        for (var cell = 0; cell < levels.Length; cell++)
            levels[cell] = PlaceOn(frame, grid, cell) is { } place && sky?.IsSky(place.X, place.Y) != false ? own.At(channel, place.X, place.Y) : float.NaN;
        return levels;
    }

    /// <param name="reached">How many frames each cell lies on, ground or sky.</param>
    /// <param name="shown">By each frame in each cell; NaN where it shows no sky.</param>
    /// <param name="levels">NaN where no frame shows any.</param>
    private static void Join(SkyMeshGrid grid, int[] reached, float[][] shown, Span<float> levels)
    {
        float[] medians = [.. Enumerable.Range(0, grid.Cells).Select(cell => Median(shown.Select(frame => frame[cell])))];
        levels.Fill(float.NaN);
        for (var most = MostOpen(reached, medians, levels); most > 0; most = MostOpen(reached, medians, levels))
        {
            for (var cell = 0; cell < reached.Length; cell++)
            {
                if (float.IsNaN(levels[cell]) && reached[cell] >= Enough * most)
                    levels[cell] = medians[cell];
            }
            while (GoOn(grid, shown, levels))
            {
            }
        }
    }

    /// <summary>How many frames reach the best of the cells that have no level yet and could have one.</summary>
    private static int MostOpen(int[] reached, float[] medians, ReadOnlySpan<float> levels)
    {
        var most = 0;
        for (var cell = 0; cell < reached.Length; cell++)
            most = float.IsNaN(levels[cell]) && float.IsFinite(medians[cell]) ? Math.Max(most, reached[cell]) : most;
        return most;
    }

    /// <summary>One cell further in each direction.</summary>
    /// <returns>Whether there was one.</returns>
    private static bool GoOn(SkyMeshGrid grid, float[][] shown, Span<float> levels)
    {
        var before = levels.ToArray();
        var found = false;
        for (var cell = 0; cell < before.Length; cell++)
        {
            if (!float.IsNaN(before[cell]))
                continue;
            float[] guesses =
            [
                .. Beside(grid, cell).Where(next => !float.IsNaN(before[next]))
                    .Select(next => before[next] + Median(shown.Select(frame => frame[cell] - frame[next]))).Where(float.IsFinite),
            ];
            if (guesses.Length > 0)
                (levels[cell], found) = (guesses.Average(), true);
        }
        return found;
    }

    private static IEnumerable<int> Beside(SkyMeshGrid grid, int cell)
    {
        var (row, column) = Math.DivRem(cell, grid.Columns);
        if (column > 0)
            yield return cell - 1;
        if (column < grid.Columns - 1)
            yield return cell + 1;
        if (row > 0)
            yield return cell - grid.Columns;
        if (row < grid.Rows - 1)
            yield return cell + grid.Columns;
    }

    /// <summary>Of those that are numbers; NaN where none is.</summary>
    private static float Median(IEnumerable<float> values)
    {
        List<float> known = [.. values.Where(float.IsFinite)];
        known.Sort();
        return known.Count == 0 ? float.NaN : (float)ClippedStatistics.Median(CollectionsMarshal.AsSpan(known));
    }
}
