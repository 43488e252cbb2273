using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>
/// Brings the background of frames, place by place, to what the middle one of all frames has there: x − own(x, y) + median of all(x, y). A cloud that drifts
/// through is not in the picture any more, and the stars before and behind it stay.
/// </summary>
internal sealed class LocalFit
{
    // Clear skies differ by a thirtieth of the noise, as well as a glance tells them: a frame is left as it is until 2 % of its cells are off by seven times that.
    private const double EvenSigmas = 0.25;
    private const double FewCells = 0.02;

    // Stars behind a cloud are brought back to full light; so is its noise. Beyond this a sample makes the mean worse.
    private const float MostGain = 1.25f;

    private readonly FrameMap?[] _maps;
    private readonly SkyMesh[] _own;
    private readonly SkyMesh _target;
    private readonly int _step;
    private readonly SkyVeil[] _veils;

    /// <param name="maps">Of the frames that are brought there; null for one that stays as it is.</param>
    /// <param name="step">Pixels between which a background is taken to be straight.</param>
    /// <param name="veils">Over the stars of each frame; empty where nobody looked.</param>
    private LocalFit(FrameMap?[] maps, SkyMesh[] own, SkyMesh target, int step, SkyVeil[] veils) =>
        (_maps, _own, _target, _step, _veils) = (maps, own, target, step, veils);

    /// <summary>Of all frames, after another look at each.</summary>
    /// <param name="sky">Leaves the ground out; null where there is none.</param>
    public static LocalFit Of(StackSession session, StackPass pass, SkyOnly? sky)
    {
        var (plan, _, frames) = pass;
        float[] Measure() => SkyMeshes.Measure(session, pass, sky);
        var own = SkyMeshes.Of(session.Checkpoint?.Remember(KeptPart.Backgrounds, session.Checkpoint.RecipeOf(pass), Measure) ?? Measure(), frames);
        var grid = SkyMeshGrid.Fine(plan.Width, plan.Height);
        return new LocalFit([.. frames.Select(frame => frame.ToCanvas)], own, TargetOf(grid, plan.Channels, frames, own, sky), StepOf(grid), []);
    }

    /// <summary>
    /// Of frames whose background, as the first look told it, has another shape than that of the others: a cloud, the glow of a town. Where the stars
    /// are dimmed with it they are brought back to their light, and samples behind a cloud too thick for that are left out.
    /// </summary>
    /// <returns>Null when there is no such frame.</returns>
    public static LocalFit? OfUneven(StackPass pass, InspectedFrame reference)
    {
        var (plan, frames, fits) = (pass.Plan, pass.Frames, pass.Integration.Fits);
        if (frames.Any(frame => frame.Frame.Background is null))
            return null;
        SkyMesh[] own = [.. frames.Select((frame, i) => frame.Frame.Background!.Fitted(fits.Count == 0 ? [] : fits[i]))];
        var grid = SkyMeshGrid.Coarse(plan.Width, plan.Height);
        var target = TargetOf(grid, plan.Channels, frames, own, null);
        double[][] brighter = [.. frames.Select((frame, i) => BrighterCells(grid, frame, own[i], target))];
        var even = EvenSigmas * reference.Levels.Average(level => level.Scatter);
        FrameMap?[] maps = [.. frames.Select((frame, i) => brighter[i].Count(cell => Math.Abs(cell) > even) > FewCells * brighter[i].Length ? frame.ToCanvas : null)];
        if (maps.All(map => map is null))
            return null;
        var pairing = new StarPairing(reference.Field, StarDimming.PairReach);
        var veils = frames.Select((frame, i) => maps[i] is not { } map ? default : VeilOf(frame, pairing, brighter[i], (u, v) =>
        {
            var (x, y) = map.ToReference(u, v);
            return Brighter(own[i], target, x, y, u, v);
        }));
        return new LocalFit(maps, own, target, StepOf(grid), [.. veils]);
    }

    /// <summary>Whether a frame's samples are changed.</summary>
    public bool Changes(int frame) => _maps[frame] is not null;

    /// <summary>In place.</summary>
    /// <param name="row">Samples of the result from (<paramref name="left"/>, <paramref name="y"/>) on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(int frame, int channel, int left, int y, Span<float> row)
    {
        if (_maps[frame] is not { } map)
            return;
        var isVeiled = _veils.Length > 0 && _veils[frame].Dimming > 0;
        var before = At(map, frame, channel, left, y);
        for (var x = 0; x < row.Length; x += _step)
        {
            var next = At(map, frame, channel, left + x + _step, y);
            var part = row.Slice(x, Math.Min(_step, row.Length - x));
            if (isVeiled)
                Brighten(part, before, (next - before) / _step);
            else
                AddRamp(part, before.Y, (next.Y - before.Y) / _step);
            before = next;
        }
    }

    /// <summary>x · factor + offset, both straight along the row; NaN where the factor is too large.</summary>
    private static void Brighten(Span<float> row, Vector2 start, Vector2 slope)
    {
        var i = 0;
        var (factors, offsets) = (Vector<float>.Indices * slope.X, Vector<float>.Indices * slope.Y);
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var factor = new Vector<float>(start.X + (slope.X * i)) + factors;
            var fitted = (new Vector<float>(row[i..]) * factor) + (new Vector<float>(start.Y + (slope.Y * i)) + offsets);
            Vector.ConditionalSelect(Vector.GreaterThan(factor, new Vector<float>(MostGain)), new Vector<float>(float.NaN), fitted).CopyTo(row[i..]);
        }
        for (; i < row.Length; i++)
        {
            var (factor, offset) = (start.X + (slope.X * i), start.Y + (slope.Y * i));
            row[i] = factor > MostGain ? float.NaN : (row[i] * factor) + offset;
        }
    }

    private static void AddRamp(Span<float> row, float start, float slope)
    {
        var i = 0;
        var steps = Vector<float>.Indices * slope;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(row[i..]) + (new Vector<float>(start + (slope * i)) + steps)).CopyTo(row[i..]);
        for (; i < row.Length; i++)
            row[i] += start + (slope * i);
    }

    /// <returns>Factor and offset of a sample there: own(x, y) becomes the target, and light above it what it was before the cloud.</returns>
    private Vector2 At(FrameMap map, int frame, int channel, int x, int y)
    {
        var (u, v) = map.ToFrame(x, y);
        if (double.IsNaN(u))
            return Vector2.UnitX;
        var (own, target) = (_own[frame].At(channel, u, v), _target.At(channel, x, y));
        if (_veils.Length == 0 || _veils[frame] is not { Dimming: > 0 } veil)
            return new Vector2(1, target - own);
        var left = Math.Clamp(veil.LeftAt(Brighter(_own[frame], _target, x, y, u, v)), 1 / (2 * MostGain), 1);
        var gain = (float)(1 / left);
        return new Vector2(gain, target - (gain * own));
    }

    /// <summary>How much brighter a frame's sky is than that of the others, the mean of the channels.</summary>
    private static double Brighter(SkyMesh own, SkyMesh target, double x, double y, double u, double v)
    {
        var sum = 0.0;
        for (var channel = 0; channel < own.Channels; channel++)
            sum += own.At(channel, u, v) - target.At(channel, x, y);
        return sum / own.Channels;
    }

    /// <summary>The same in the cells of the result that the frame shows.</summary>
    private static double[] BrighterCells(SkyMeshGrid grid, RegisteredFrame frame, SkyMesh own, SkyMesh target)
    {
        var cells = new List<double>();
        for (var cell = 0; cell < grid.Cells; cell++)
        {
            var (x, y) = grid.MiddleOf(cell);
            if (PlaceOn(frame, grid, cell) is { } place)
                cells.Add(Brighter(own, target, x, y, place.X, place.Y));
        }
        cells.Sort();
        return [.. cells];
    }

    /// <param name="cells">How much brighter they are, in order: the darkest of them are taken to be clear.</param>
    private static SkyVeil VeilOf(RegisteredFrame frame, StarPairing reference, double[] cells, Func<double, double, double> brighter)
    {
        var clear = cells[(int)(FewCells * (cells.Length - 1))];
        return new SkyVeil(clear, StarDimming.Of(frame, reference, (u, v) => brighter(u, v) - clear));
    }

    /// <summary>About a third of a cell, in whole vectors.</summary>
    private static int StepOf(SkyMeshGrid grid) => Math.Max(1, ((grid.Side / 3) + 4) / 8) * 8;

    /// <summary>In cells of the result; of each the frames that show its middle.</summary>
    private static SkyMesh TargetOf(SkyMeshGrid grid, int channels, IReadOnlyList<RegisteredFrame> frames, SkyMesh[] own, SkyOnly? sky)
    {
        var levels = new float[grid.Cells * channels];
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

    /// <returns>Where the middle of a cell lies on a frame; null where it is not on it.</returns>
    private static (double X, double Y)? PlaceOn(RegisteredFrame frame, SkyMeshGrid grid, int cell)
    {
        var (x, y) = grid.MiddleOf(cell);
        var (u, v) = frame.ToCanvas.ToFrame(x, y);
        return u >= 0 && v >= 0 && u < frame.Frame.Info.Width && v < frame.Frame.Info.Height ? (u, v) : null;
    }
}
