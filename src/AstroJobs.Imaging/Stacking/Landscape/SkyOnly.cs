using System.Runtime.CompilerServices;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>Leaves the ground out of frames that are laid on their stars, where it would be smeared over the sky.</summary>
/// <param name="sky">Of the frames as the camera stood.</param>
/// <param name="frames">Laid on the stars.</param>
internal sealed class SkyOnly(SkyMask sky, IReadOnlyList<RegisteredFrame> frames)
{
    private const int Step = 8; // pixels over which a map is taken to be straight

    private readonly FrameMap[] _maps = [.. frames.Select(frame => frame.ToCanvas)];

    /// <summary>Whether a frame shows sky at one of its places.</summary>
    public bool IsSky(double x, double y) => sky.IsSky(x, y);

    /// <summary>NaN where a frame shows ground, 0 where sky.</summary>
    /// <param name="row">Places of the result from (<paramref name="left"/>, <paramref name="y"/>) on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int frame, int left, int y, Span<float> row)
    {
        var (u, v) = _maps[frame].ToFrame(left, y);
        for (var x = 0; x < row.Length; x += Step)
        {
            var (nextU, nextV) = _maps[frame].ToFrame(left + x + Step, y);
            var (du, dv) = ((nextU - u) / Step, (nextV - v) / Step);
            for (var i = 0; i < Math.Min(Step, row.Length - x); i++)
                row[x + i] = sky.IsSky(u + (i * du), v + (i * dv)) ? 0 : float.NaN;
            (u, v) = (nextU, nextV);
        }
    }
}
