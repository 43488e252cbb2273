using System.Runtime.InteropServices;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>
/// Brings the background of each frame, place by place, to what the middle one of all frames has there: x − own(x, y) + median of all(x, y). A cloud that drifts
/// through is not in the picture any more, and the stars before and behind it stay.
/// </summary>
internal sealed class LocalFit
{
    private const int Step = 16; // pixels between which a background is taken to be straight

    private readonly SkyMesh[] _own;
    private readonly FrameMap[] _maps;
    private readonly SkyMesh _target;

    private LocalFit(SkyMesh[] own, StripPlan plan, IReadOnlyList<RegisteredFrame> frames, SkyOnly? sky)
    {
        (_own, _maps) = (own, [.. frames.Select(frame => frame.ToCanvas)]);
        _target = TargetOf(plan, frames, sky);
    }

    /// <param name="sky">Leaves the ground out; null where there is none.</param>
    /// <param name="checkpoint">Keeps what was measured; null for nothing.</param>
    public static LocalFit Of(
        StripPlan plan, Integration integration, IReadOnlyList<RegisteredFrame> frames, SkyOnly? sky, StackCheckpoint? checkpoint, IProgress<StackProgress>? progress, CancellationToken cancellation)
    {
        float[] Measure() => SkyMeshes.Measure(plan, frames, sky, progress, cancellation);
        var levels = checkpoint?.Remember(KeptPart.Backgrounds, checkpoint.RecipeOf(plan, integration, frames), Measure) ?? Measure();
        return new LocalFit(SkyMeshes.Of(levels, frames), plan, frames, sky);
    }

    /// <summary>In place.</summary>
    /// <param name="row">Samples of the result from (<paramref name="left"/>, <paramref name="y"/>) on.</param>
    public void Apply(int frame, int channel, int left, int y, Span<float> row)
    {
        var before = Difference(frame, channel, left, y);
        for (var x = 0; x < row.Length; x += Step)
        {
            var next = Difference(frame, channel, left + x + Step, y);
            var slope = (next - before) / Step;
            for (var i = x; i < Math.Min(row.Length, x + Step); i++)
                row[i] += before + (slope * (i - x));
            before = next;
        }
    }

    private float Difference(int frame, int channel, int x, int y)
    {
        var (u, v) = _maps[frame].ToFrame(x, y);
        return double.IsNaN(u) ? 0 : _target.At(channel, x, y) - _own[frame].At(channel, u, v);
    }

    /// <summary>In cells of the result; of each the frames that show its middle.</summary>
    private SkyMesh TargetOf(StripPlan plan, IReadOnlyList<RegisteredFrame> frames, SkyOnly? sky)
    {
        var grid = new SkyMeshGrid(plan.Width, plan.Height);
        var levels = new float[grid.Columns * grid.Rows * plan.Channels];
        var shown = new List<float>();
        for (var cell = 0; cell < levels.Length; cell++)
        {
            var (channel, place) = Math.DivRem(cell, grid.Columns * grid.Rows);
            var (row, column) = Math.DivRem(place, grid.Columns);
            var (x, y) = ((grid.Left(column) + grid.Left(column + 1) - 1) / 2.0, (grid.Top(row) + grid.Top(row + 1) - 1) / 2.0);
            shown.Clear();
            for (var i = 0; i < frames.Count; i++)
            {
                var ((u, v), info) = (_maps[i].ToFrame(x, y), frames[i].Frame.Info);
                if (u >= 0 && v >= 0 && u < info.Width && v < info.Height && sky?.Shows(i, x, y) != false)
                    shown.Add(_own[i].At(channel, u, v));
            }
            shown.Sort();
            levels[cell] = shown.Count == 0 ? float.NaN : (float)ClippedStatistics.Median(CollectionsMarshal.AsSpan(shown));
        }
        return SkyMesh.Smooth(levels, grid.Columns, grid.Rows, plan.Width, plan.Height);
    }
}
