using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>The background that all frames are brought to: in each cell of the result the median of the frames that show its middle.</summary>
internal static class SkyTarget
{
    /// <param name="grid">Of the result.</param>
    /// <param name="own">The background of each frame, in its own pixels.</param>
    /// <param name="sky">Leaves the ground out; null where there is none.</param>
    public static SkyMesh Of(SkyMeshGrid grid, IReadOnlyList<RegisteredFrame> frames, SkyMesh[] own, SkyOnly? sky)
    {
        var levels = new float[grid.Cells * own[0].Channels];
        var shown = new List<float>();
        for (var i = 0; i < levels.Length; i++)
        {
            var (channel, cell) = Math.DivRem(i, grid.Cells);
            shown.Clear();
            for (var frame = 0; frame < frames.Count; frame++)
            {
                if (PlaceOn(frames[frame], grid, cell) is { } place && sky?.IsSky(place.X, place.Y) != false)
                    shown.Add(own[frame].At(channel, place.X, place.Y));
            }
            shown.Sort();
            levels[i] = shown.Count == 0 ? float.NaN : (float)ClippedStatistics.Median(CollectionsMarshal.AsSpan(shown));
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
}
