using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Drizzling;

/// <summary>
/// Tells which samples do not belong on a tile of a drizzled result: those further from the model there than so many deviations of their noise and
/// what the model itself changes by from pixel to pixel, since a star that is drawn a little sharper or aside is still one (driz_cr's rule: Fruchter and Hook 2002). One worker's own.
/// </summary>
internal sealed class DrizzleJudge(DrizzleModel model, StripPlan plan, RejectionLimits limits) : IDisposable
{
    private const int Border = 4; // pixels of the model around the tile
    private const double Slopes = 1.2;

    private readonly double _scale = plan.Drizzle!.Scale;
    private readonly PixelBuffer _patch = new(SamplesOf(plan));
    private readonly PixelBuffer _row = new(model.Width);
    private int _left;
    private int _top;
    private int _width;
    private int _height;

    public static long BytesFor(StripPlan plan) => (SamplesOf(plan) + plan.Width) * sizeof(float);

    /// <summary>Takes the model's part under a tile in hand.</summary>
    public void Begin(StackTile tile)
    {
        (_left, _top) = (Math.Max(0, (int)(tile.Left / _scale) - Border), Math.Max(0, (int)(tile.Top / _scale) - Border));
        _width = Math.Min(model.Width, (int)((tile.Left + tile.Width) / _scale) + Border) - _left;
        _height = Math.Min(model.Height, (int)((tile.Top + tile.Height) / _scale) + Border) - _top;
        var row = _row.Slice(0, model.Width);
        for (var channel = 0; channel < plan.Channels; channel++)
        {
            for (var y = 0; y < _height; y++)
            {
                model.ReadRows(channel, _top + y, row);
                row.Slice(_left, _width).CopyTo(_patch.Slice((((long)channel * _height) + y) * _width, _width));
            }
        }
    }

    /// <param name="x">Column of the result on which the sample falls.</param>
    /// <param name="value">The sample as it goes into the result.</param>
    /// <param name="noise">Of a sample of the sky.</param>
    /// <param name="sky">Its level: what is brighter is noisier, by its root.</param>
    /// <returns>Below 0: too dark; above: too bright; 0: it belongs there, or nobody knows.</returns>
    public int Judge(int channel, double x, double y, float value, double noise, double sky)
    {
        var (u, v) = (((x - ((_scale - 1) / 2)) / _scale) - _left, ((y - ((_scale - 1) / 2)) / _scale) - _top);
        var (column, row) = ((int)Math.Round(u), (int)Math.Round(v));
        if (column < 1 || row < 1 || column >= _width - 1 || row >= _height - 1)
            return 0;
        var patch = _patch.Slice((long)channel * _width * _height, _width * _height);
        var at = (row * _width) + column;
        var (here, left, right, above, below) = (patch[at], patch[at - 1], patch[at + 1], patch[at - _width], patch[at + _width]);
        var slope = Math.Max(Math.Max(Math.Abs(here - left), Math.Abs(here - right)), Math.Max(Math.Abs(here - above), Math.Abs(here - below)));
        // A plane through the pixel and its neighbours: between pixels a slope is nearer the truth than the nearest pixel.
        var expected = here + ((u - column) * (right - left) / 2) + ((v - row) * (below - above) / 2);
        var sigma = noise * Math.Sqrt(sky > 0 ? Math.Max(1, expected / sky) : 1);
        var difference = value - expected;
        return difference > (limits.High * sigma) + (Slopes * slope) ? 1 : -difference > (limits.Low * sigma) + (Slopes * slope) ? -1 : 0; // NaN is neither
    }

    public void Dispose()
    {
        _patch.Dispose();
        _row.Dispose();
    }

    private static long SamplesOf(StripPlan plan)
    {
        var scale = plan.Drizzle!.Scale;
        return (long)((plan.Rows / scale) + (2 * Border) + 6) * (long)((plan.TileWidth / scale) + (2 * Border) + 6) * plan.Channels;
    }
}
