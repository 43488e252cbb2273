using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>Leaves the ground out row by row, and remembers the last one: the next channel has the same. One worker's own.</summary>
/// <param name="width">Samples of the longest row.</param>
internal sealed class SkyRow(SkyOnly sky, int width) : IDisposable
{
    private readonly PixelBuffer _ground = new(width);
    private (int Frame, int Left, int Y, int Width) _row = (-1, 0, 0, 0);

    /// <summary>Ground becomes NaN, no data.</summary>
    /// <param name="row">Samples of the result from (<paramref name="left"/>, <paramref name="y"/>) on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(int frame, int left, int y, Span<float> row)
    {
        var ground = _ground.Slice(0, row.Length);
        if (_row != (frame, left, y, row.Length))
        {
            _row = (frame, left, y, row.Length);
            sky.Fill(frame, left, y, ground);
        }
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var mask = new Vector<float>(ground[x..]);
            Vector.ConditionalSelect(Vector.Equals(mask, mask), new Vector<float>(row[x..]), mask).CopyTo(row[x..]);
        }
        for (; x < row.Length; x++)
            row[x] = float.IsNaN(ground[x]) ? float.NaN : row[x];
    }

    public void Dispose() => _ground.Dispose();
}
