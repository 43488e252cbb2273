using System.Numerics;
using System.Runtime.CompilerServices;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Landscape;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>
/// Brings the background of frames, place by place, to what the middle one of all frames has there: x − own(x, y) + median of all(x, y). A cloud that drifts
/// through is not in the picture any more, and the stars before and behind it stay.
/// </summary>
internal sealed class LocalFit
{
    // Stars behind a cloud are brought back to full light; so is its noise. Beyond this a sample makes the mean worse.
    private const float MostGain = 1.25f;

    private readonly FrameMap?[] _maps;
    private readonly SkyMesh[] _own;
    private readonly SkyMesh _target;
    private readonly int _step;
    private readonly SkyVeil[] _veils;

    /// <param name="maps">Of the frames that are brought there; null for one that stays as it is.</param>
    /// <param name="own">The background of each frame, in its own pixels.</param>
    /// <param name="target">What they become, in pixels of the result.</param>
    /// <param name="veils">Over the stars of each frame; empty where nobody looked.</param>
    public LocalFit(FrameMap?[] maps, SkyMesh[] own, SkyMesh target, SkyVeil[] veils) =>
        (_maps, _own, _target, _step, _veils) = (maps, own, target, StepOf(target.Grid), veils);

    /// <summary>Of all frames, after another look at each.</summary>
    /// <param name="sky">Leaves the ground out; null where there is none.</param>
    public static LocalFit Of(StackSession session, StackPass pass, SkyOnly? sky)
    {
        var frames = pass.Frames;
        float[] Measure() => SkyMeshes.Measure(session, pass, sky);
        var own = SkyMeshes.Of(session.Checkpoint?.Remember(KeptPart.Backgrounds, session.Checkpoint.RecipeOf(pass), Measure) ?? Measure(), frames);
        var grid = SkyMeshGrid.Fine(pass.Plan.Width, pass.Plan.Height);
        return new LocalFit([.. frames.Select(frame => frame.ToCanvas)], own, SkyTarget.Of(grid, frames, own, sky), []);
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
        var before = OnResult(map, frame, channel, left, y);
        for (var x = 0; x < row.Length; x += _step)
        {
            var next = OnResult(map, frame, channel, left + x + _step, y);
            var part = row.Slice(x, Math.Min(_step, row.Length - x));
            if (isVeiled)
                Brighten(part, before, (next - before) / _step);
            else
                AddRamp(part, before.Y, (next.Y - before.Y) / _step);
            before = next;
        }
    }

    /// <summary>In place, of every so many-th sample, such as those of one colour of a mosaic.</summary>
    /// <param name="row">Samples of the frame from (<paramref name="left"/>, <paramref name="y"/>) on.</param>
    /// <param name="first">Of those that are changed.</param>
    public void ApplyToFrame(int frame, int channel, int left, int y, Span<float> row, int first, int every)
    {
        if (_maps[frame] is not { } map)
            return;
        var knot = left / _step * _step; // the same however the result is cut
        var before = OnFrame(map, frame, channel, knot, y);
        for (var i = first; i < row.Length; knot += _step)
        {
            var next = OnFrame(map, frame, channel, knot + _step, y);
            for (; i < row.Length && left + i < knot + _step; i += every)
            {
                var fit = Vector2.Lerp(before, next, (left + i - knot) / (float)_step);
                row[i] = Changed(row[i], fit.X, fit.Y);
            }
            before = next;
        }
    }

    private static float Changed(float sample, float factor, float offset) => factor > MostGain ? float.NaN : (sample * factor) + offset;

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
            row[i] = Changed(row[i], start.X + (slope.X * i), start.Y + (slope.Y * i));
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

    private Vector2 OnResult(FrameMap map, int frame, int channel, int x, int y) => Fit(frame, channel, map.ToFrame(x, y), (x, y));

    private Vector2 OnFrame(FrameMap map, int frame, int channel, int x, int y) => Fit(frame, channel, (x, y), map.ToReference(x, y));

    /// <returns>Factor and offset of a sample there: own(x, y) becomes the target, and light above it what it was before the cloud.</returns>
    private Vector2 Fit(int frame, int channel, (double X, double Y) onFrame, (double X, double Y) onResult)
    {
        if (double.IsNaN(onFrame.X) || double.IsNaN(onResult.X))
            return Vector2.UnitX;
        var (own, target) = (_own[frame].At(channel, onFrame.X, onFrame.Y), _target.At(channel, onResult.X, onResult.Y));
        if (_veils.Length == 0 || _veils[frame] is not { Dimming: > 0 } veil)
            return new Vector2(1, target - own);
        var left = Math.Clamp(veil.LeftAt(_own[frame].BrighterThan(_target, onFrame, onResult)), 1 / (2 * MostGain), 1);
        var gain = (float)(1 / left);
        return new Vector2(gain, target - (gain * own));
    }

    /// <summary>Pixels between which a background is taken to be straight: about a third of a cell, in whole vectors.</summary>
    private static int StepOf(SkyMeshGrid grid) => Math.Max(1, ((grid.Side / 3) + 4) / 8) * 8;
}
